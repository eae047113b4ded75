-- When reminders disturb nobody, how they go out beside the pages, and to people of which roles.

alter table urging_policy add column quiet_from bigint not null default 20;
alter table urging_policy add column quiet_until bigint not null default 7;
-- Lists of codes, as JSON; no role for everybody.
alter table urging_policy add column channels text not null default '["mail","hook"]';
alter table urging_policy add column roles text not null default '[]';
