-- Stocktakes: a meeting with its agenda, the figures that were frozen for it, and what it forecast.

create table stocktake (
    id bigint primary key not null,
    unit bigint not null references unit (id),
    meeting text not null,
    day text not null,
    place text not null,
    chair text not null,
    period text not null,
    -- Lists, as JSON; no pack before it is frozen.
    items text not null,
    pack text,
    forecasts text not null,
    closed_on text
);

create index stocktake_unit on stocktake (unit, day);

-- Where a task was decided.
alter table brief add column stocktake bigint;
alter table brief add column stocktake_item bigint;
