-- How proposals were decided, and the priorities that were chosen from them.

create table proposal_decision (
    proposal bigint primary key not null references proposal (id),
    -- A directive of the register, or number and day of another document.
    directive text references directive (code),
    number text,
    date text,
    reason text not null,
    many_because text not null,
    account bigint references account (id),
    decided_on text not null
);

create table chosen_priority (
    code text primary key not null references priority (code),
    proposal bigint not null references proposal (id),
    unit bigint not null references unit (id),
    origin text not null,
    owner bigint not null references unit (id),
    head text not null,
    term_from bigint not null,
    term_to bigint not null,
    -- Codes with blanks between them, which codes do not have.
    indicators text not null,
    chosen_on text not null,
    ended_on text,
    ended_because text,
    successor text references priority (code)
);
