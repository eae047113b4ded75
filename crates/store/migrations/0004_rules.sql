-- What figures must keep: the bounds of items, in their own digits, and the rules of forms.

alter table item add column minimum bigint not null default 0;

alter table item add column maximum bigint;

alter table form add column rules text not null default '[]';
