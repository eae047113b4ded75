-- Forms that have given tasks, by what they sent: the same one again gives nothing more.

create table task_form (
    sha256 text primary key not null,
    brief bigint not null references brief (id)
);
