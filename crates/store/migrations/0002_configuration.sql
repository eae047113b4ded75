-- What a pack brings: directives, priorities, items, forms, indicators, targets, templates.

create table setting (
    key text primary key not null,
    value text not null
);

create table pack (
    code text primary key not null,
    version text not null,
    sha256 text not null,
    imported_ms bigint not null
);

create table directive (
    code text primary key not null,
    position bigint not null,
    number text not null,
    kind text not null,
    issuer_vi text not null,
    issuer_en text not null,
    date text,
    title_vi text not null,
    title_en text not null,
    implements text
);

create table priority (
    code text primary key not null,
    name_vi text not null,
    name_en text not null,
    reason_vi text not null,
    reason_en text not null,
    owner_vi text not null,
    owner_en text not null,
    directive text not null,
    position bigint not null
);

create table item (
    id bigint primary key not null,
    code text not null unique,
    name_vi text not null,
    name_en text not null,
    measure_vi text not null,
    measure_en text not null,
    scale bigint not null,
    over_units text not null,
    over_time text not null,
    classes text not null
);

create table form (
    code text primary key not null,
    position bigint not null,
    name_vi text not null,
    name_en text not null,
    frequency text not null,
    calendar text not null,
    assignment text not null,
    items text not null,
    due_days_after bigint not null
);

create table indicator (
    code text primary key not null,
    position bigint not null,
    priority text,
    name_vi text not null,
    name_en text not null,
    measure_vi text not null,
    measure_en text not null,
    formula text not null,
    shape text not null,
    decimals bigint not null,
    direction text not null,
    frequency text not null,
    publicity text not null,
    note_vi text not null,
    note_en text not null,
    headline boolean not null
);

create table target (
    indicator text not null references indicator (code),
    unit bigint not null references unit (id),
    period text not null,
    position bigint not null unique,
    trajectory text not null,
    primary key (indicator, unit, period)
);

create table target_version (
    indicator text not null,
    unit bigint not null,
    period text not null,
    date text not null,
    value text not null,
    reason text not null,
    directive text not null,
    primary key (indicator, unit, period, date),
    foreign key (indicator, unit, period) references target (indicator, unit, period)
);

create table report_template (
    code text primary key not null,
    position bigint not null,
    body text not null
);
