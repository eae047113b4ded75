-- Phones: what the clock of the sender's device said. It informs and decides nothing.

-- When the form was finished, by that clock.
alter table sending add column finished_ms bigint;

-- How far that clock was ahead of the server's when it sent; negative when it was behind.
alter table sending add column ahead_ms bigint;
