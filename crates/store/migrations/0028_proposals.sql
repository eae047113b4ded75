-- Proposals: what is suggested as a priority of a unit, its scores, and what was said about it.

create table proposal (
    id bigint primary key not null,
    unit bigint not null references unit (id),
    account bigint references account (id),
    name_vi text not null,
    name_en text not null,
    term_from bigint not null,
    term_to bigint not null,
    directive text references directive (code),
    opened_on text not null,
    state text not null
);

create index proposal_unit on proposal (unit);

-- Why, for each criterion, and the figure that shows it.
create table proposal_case (
    proposal bigint not null references proposal (id),
    criterion text not null,
    why text not null,
    indicator text references indicator (code),
    period text,
    primary key (proposal, criterion)
);

-- One of each who may score, in the place of what they gave before. The voter is whoever lent the role
-- under which it was given.
create table proposal_score (
    proposal bigint not null references proposal (id),
    voter bigint not null references account (id),
    account bigint not null references account (id),
    key_points bigint not null,
    key_reason text not null,
    urgent_points bigint not null,
    urgent_reason text not null,
    complained_points bigint not null,
    complained_reason text not null,
    scored_ms bigint not null,
    primary key (proposal, voter)
);

create table proposal_remark (
    id bigint primary key not null,
    proposal bigint not null references proposal (id),
    account bigint references account (id),
    in_place_of bigint references account (id),
    done_ms bigint not null,
    words text not null
);

create index proposal_remark_proposal on proposal_remark (proposal, id);
