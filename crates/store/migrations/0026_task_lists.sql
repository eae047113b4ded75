-- The list with which tasks were given, known by its hash: the same list of the same person counts once.

alter table brief add column list text;

create index brief_list on brief (list);
