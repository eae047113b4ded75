-- Answering plans: the unit that issued a directive, the plans that a directive asks units for, and what
-- was noted by hand of a unit's plan.

alter table directive add column issuer_unit text;

create table plan_call (
    directive text primary key not null references directive (code),
    issuer bigint not null references unit (id),
    -- The units, as a list of their numbers.
    units text not null,
    due text not null,
    asked_on text not null,
    ended_on text
);

create table plan_note (
    directive text not null references directive (code),
    unit bigint not null references unit (id),
    -- Nothing once the note was taken back.
    issued_on text,
    number text not null,
    primary key (directive, unit)
);
