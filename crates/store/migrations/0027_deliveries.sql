-- Urging by mail: a person's address with the language of their mails, and the reminders of a run on
-- their way to a person.

alter table account add column mail text;
alter table account add column mail_lang text;

create table delivery (
    id bigint primary key not null,
    run bigint not null,
    account bigint references account (id),
    state text not null,
    tries bigint not null,
    next_ms bigint not null,
    noted_ms bigint not null,
    tried_ms bigint,
    answer bigint
);

create unique index delivery_once on delivery (run, account);

create index delivery_of_account on delivery (account, id);

create index delivery_due on delivery (state, next_ms);
