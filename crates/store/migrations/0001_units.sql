-- Units: one identity, dated versions, and what became of whom.

create table unit (
    id bigint primary key not null
);

create table unit_version (
    unit bigint not null references unit (id),
    valid_from text,
    valid_to text,
    code text not null,
    name text not null,
    kind text not null,
    level text not null,
    parent bigint references unit (id)
);

create index unit_version_unit on unit_version (unit);

create table succession (
    position bigint primary key not null,
    date text not null,
    change text not null,
    from_unit bigint references unit (id),
    to_unit bigint references unit (id),
    carries text not null,
    millionths bigint,
    instrument text not null,
    check ((carries = 'part') = (millionths is not null))
);

create table split_choice (
    position bigint primary key not null,
    from_unit bigint not null references unit (id),
    date text not null,
    item bigint,
    shares text not null,
    reason text not null
);
