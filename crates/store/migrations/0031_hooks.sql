-- Webhooks: addresses that the reminders of a unit and all below are sent to. The secret is sealed.

create table hook (
    id bigint primary key not null,
    unit bigint not null references unit (id),
    address text not null,
    language text not null,
    secret bytea not null,
    made_ms bigint not null,
    ended_ms bigint
);

create index hook_of_unit on hook (unit);

alter table delivery add column hook bigint references hook (id);

create unique index delivery_to_hook_once on delivery (run, hook);

-- What a run has reminded of, whoever it is for.
create index reminder_of_run on reminder (run, id);
