-- Who may sign in, what they may do where, and the sessions they are signed in with.

create table account (
    id bigint primary key not null,
    login text not null unique,
    name text not null,
    state text not null,
    password text,
    one_time_secret bytea,
    one_time_step bigint not null,
    failures bigint not null,
    failed_ms bigint not null,
    created_ms bigint not null
);

create table role (
    code text primary key not null,
    name_vi text not null,
    name_en text not null,
    rights text not null,
    second_factor boolean not null,
    position bigint not null
);

create table access_grant (
    id bigint primary key not null,
    account bigint not null references account (id),
    role text not null references role (code),
    unit bigint references unit (id),
    valid_from text,
    valid_to text,
    delegated_by bigint references account (id),
    granted_by bigint references account (id),
    granted_ms bigint not null
);

create index access_grant_account on access_grant (account);

create table session (
    secret text primary key not null,
    id bigint not null unique,
    account bigint not null references account (id),
    device text not null,
    created_ms bigint not null,
    seen_ms bigint not null,
    ends_ms bigint not null,
    second_factor_ms bigint,
    form_secret text not null
);

create index session_account on session (account);

create table recovery_code (
    account bigint not null references account (id),
    hash text not null,
    used_ms bigint,
    primary key (account, hash)
);

create table invitation (
    secret text primary key not null,
    account bigint not null references account (id),
    ends_ms bigint not null,
    used_ms bigint
);
