-- Urging: when reminders are made, and every reminder that was.

create table urging_policy (
    subject text primary key not null,
    -- Days from the deadline, as a list of numbers.
    offsets text not null,
    every bigint,
    escalates_at bigint,
    lasts_days bigint not null
);

-- What is reminded of is named by its subject and thing: a task by its number, a form that is owed by
-- form, unit and period. Of a deadline each day of reminding is made once.
create table reminder (
    id bigint primary key not null,
    run bigint not null,
    subject text not null,
    thing text not null,
    deadline text not null,
    offset_days bigint not null,
    audience text not null,
    unit bigint not null references unit (id),
    account bigint references account (id),
    made_ms bigint not null
);

create unique index reminder_once on reminder (subject, thing, deadline, audience, offset_days);

create index reminder_unit on reminder (unit, id);
