-- Collecting: drafts, how far a submission has come, and what was done with it by whom.

-- What came before this step came in files, and whoever took the files in answers for them.
alter table submission add column state text not null default 'approved';

alter table submission add column content text not null default 'figures';

create index submission_open on submission (state) where state <> 'approved';

create table draft (
    form text not null references form (code),
    unit bigint not null references unit (id),
    period text not null,
    version bigint not null,
    account bigint references account (id),
    saved_ms bigint not null,
    fields text not null,
    primary key (form, unit, period)
);

create table sending (
    submission text primary key not null references submission (id),
    sha256 text not null,
    doubts text not null
);

create table deed (
    number bigint primary key not null,
    submission text not null references submission (id),
    kind text not null,
    account bigint references account (id),
    done_ms bigint not null,
    reasons text not null
);

create index deed_submission on deed (submission);
