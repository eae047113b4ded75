-- Hot spots: when something needs a decision. Before the first rule is saved the standard ones hold.

create table hot_spot_rule (
    cause text primary key not null,
    at_least bigint not null,
    within_days bigint,
    weight bigint not null,
    most bigint not null
);

-- The few tasks whose leads ask for time are found among all.
create index task_asked_until on task (asked_until);
