-- Difficulties: what stands in the way of a unit, as it stands, and every step it has taken.

create table difficulty (
    id bigint primary key not null,
    -- What a phone sent it under, and the SHA-256 of what it sent; none from a browser.
    parcel text,
    parcel_sha256 text,
    unit bigint not null references unit (id),
    account bigint references account (id),
    task bigint references task (id),
    trouble text not null,
    detail text not null,
    holder bigint not null references unit (id),
    due text not null,
    state text not null,
    asked_on text not null,
    answered_on text
);

create unique index difficulty_parcel on difficulty (parcel);

-- Numbered by the place of their entry in the ledger.
create table difficulty_step (
    number bigint primary key not null,
    difficulty bigint not null references difficulty (id),
    step text not null,
    account bigint references account (id),
    in_place_of bigint references account (id),
    done_ms bigint not null,
    holder bigint not null references unit (id),
    due text not null,
    words text not null
);

create index difficulty_step_difficulty on difficulty_step (difficulty, number);
