-- A directive may come in the place of several others, and change parts of several.

create table directive_reference (
    directive text not null references directive (code),
    -- `replaces` or `amends`.
    kind text not null,
    -- A code; the directive may come later.
    other text not null,
    position bigint not null,
    primary key (directive, kind, other)
);

insert into directive_reference (directive, kind, other, position)
    select code, 'replaces', replaces, 1 from directive where replaces is not null;
insert into directive_reference (directive, kind, other, position)
    select code, 'amends', amends, 1 from directive where amends is not null;

alter table directive drop column replaces;
alter table directive drop column amends;
