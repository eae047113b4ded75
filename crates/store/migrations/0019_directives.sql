-- What a directive replaces and amends, and from when to when it holds.

alter table directive add column replaces text;
alter table directive add column amends text;
alter table directive add column term_from text;
alter table directive add column term_to text;
