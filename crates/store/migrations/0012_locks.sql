-- Locks: after how many days a form takes no more figures, and what was decided about its periods.

alter table form add column lock_days bigint;

-- Only ever added to; without a last day it is a lock, with one an opening.
create table period_lock (
    id bigint primary key not null,
    form text not null references form (code),
    period text not null,
    unit bigint not null references unit (id),
    until text,
    account bigint references account (id),
    done_ms bigint not null,
    reason text not null
);

create index period_lock_form on period_lock (form, period);
