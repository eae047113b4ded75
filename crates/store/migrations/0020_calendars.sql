-- Calendars that people subscribe to: one an account, known by the hash of the secret in its address.

create table calendar (
    account bigint primary key not null references account (id),
    secret text not null,
    made_ms bigint not null
);

create unique index calendar_secret on calendar (secret);
