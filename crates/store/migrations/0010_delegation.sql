-- Delegation: in whose place something was done.

alter table deed add column in_place_of bigint references account (id);
