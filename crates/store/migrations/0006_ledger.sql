-- The ledger: what was done, the hashes of its tree, and its signed heads. Only ever added to.

create table ledger_entry (
    position bigint primary key not null,
    recorded_ms bigint not null,
    action text not null,
    noun text not null,
    subject text not null,
    unit bigint,
    account bigint,
    leaf bytea not null
);

create index ledger_entry_subject on ledger_entry (subject);

create table ledger_hash (
    position bigint primary key not null,
    hash bytea not null
);

create table checkpoint (
    size bigint primary key not null,
    signed text not null,
    made_ms bigint not null
);

-- What opens the commitments of an entry; forgotten when the person's data are erased.
create table commitment_salt (
    position bigint not null references ledger_entry (position),
    field text not null,
    salt bytea not null,
    primary key (position, field)
);
