-- Forms change by versions: who fills them, what they ask in which parts, when they are due and
-- what their figures must keep, each from a day on. Public holidays count in deadlines.

create table form_version (
    form text not null references form (code),
    valid_from text not null,
    assignment text not null,
    sections text not null,
    due text not null,
    rules text not null,
    primary key (form, valid_from)
);

insert into form_version (form, valid_from, assignment, sections, due, rules)
select code, '', assignment, '[{"items":' || items || '}]', 'days-' || cast(due_days_after as text),
    rules
from form;

alter table form drop column assignment;
alter table form drop column items;
alter table form drop column due_days_after;
alter table form drop column rules;
alter table form add column ends text;

create table holiday (
    day text primary key not null,
    name_vi text not null,
    name_en text not null
);
