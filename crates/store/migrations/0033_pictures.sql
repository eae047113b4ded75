-- Pictures that units show with a priority, from before and after. Their bytes lie among the
-- attachments while the picture stands; taken back, they are gone unless something else names them.

create table priority_picture (
    id bigint primary key not null,
    priority text not null references priority (code),
    unit bigint not null references unit (id),
    side text not null,
    taken_on text not null,
    caption text not null,
    attachment text not null,
    account bigint references account (id),
    added_ms bigint not null,
    taken_back_by bigint references account (id),
    taken_back_ms bigint,
    taken_back_because text
);

create index priority_picture_priority on priority_picture (priority);
create index priority_picture_attachment on priority_picture (attachment);
