-- A stocktake that is not held: since when, and why.

alter table stocktake add column called_off_on text;
alter table stocktake add column called_off_for text;
