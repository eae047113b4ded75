-- The period whose figures a task asks about.

alter table brief add column period text;
