-- Tasks: what is asked in tasks that are given together, each task, and every step it has taken.

create table brief (
    id bigint primary key not null,
    issuer bigint not null references unit (id),
    directive text references directive (code),
    priority text references priority (code),
    indicator text references indicator (code),
    template text,
    part_of bigint,
    work text not null,
    detail text not null,
    responsibility text not null,
    product text not null,
    authority text not null,
    -- Numbers of units, and pairs of a name and a duty.
    helpers text not null,
    team text not null,
    account bigint references account (id),
    written_ms bigint not null
);

create table task (
    id bigint primary key not null,
    brief bigint not null references brief (id),
    lead bigint not null references unit (id),
    lead_account bigint references account (id),
    confirmer bigint not null references unit (id),
    confirmer_account bigint references account (id),
    state text not null,
    first_deadline text,
    deadline text,
    given_on text,
    acknowledged_ms bigint,
    handed_in_on text,
    asked_until text
);

create index task_brief on task (brief);

-- Numbered by the place of their entry in the ledger.
create table task_step (
    number bigint primary key not null,
    task bigint not null references task (id),
    step text not null,
    account bigint references account (id),
    in_place_of bigint references account (id),
    done_ms bigint not null,
    day text,
    words text not null
);

create index task_step_task on task_step (task, number);
