-- Templates of tasks, from packs.

create table task_template (
    code text primary key not null,
    position bigint not null,
    priority text references priority (code),
    work_vi text not null,
    work_en text not null,
    lead text not null,
    product text not null,
    due text not null,
    due_said text not null
);
