-- Attachments: photographs beside figures, known by the SHA-256 of their bytes.

create table attachment (
    sha256 text primary key not null,
    picture text not null,
    width bigint not null,
    height bigint not null,
    -- What the salts of its commitments in the ledger are made from.
    seed bytea not null,
    content bytea not null
);

-- Who brought it, and when last; only what one has brought, one may name.
create table attachment_brought (
    attachment text not null references attachment (sha256),
    account bigint not null references account (id),
    brought_ms bigint not null,
    primary key (attachment, account)
);

create index attachment_brought_account on attachment_brought (account);

create table submission_attachment (
    submission text not null references submission (id),
    number bigint not null,
    attachment text not null references attachment (sha256),
    primary key (submission, number)
);

create index submission_attachment_attachment on submission_attachment (attachment);

create table draft_attachment (
    form text not null,
    unit bigint not null,
    period text not null,
    number bigint not null,
    attachment text not null references attachment (sha256),
    primary key (form, unit, period, number),
    foreign key (form, unit, period) references draft (form, unit, period) on delete cascade
);

create index draft_attachment_attachment on draft_attachment (attachment);
