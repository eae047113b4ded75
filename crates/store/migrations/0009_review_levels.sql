-- Levels of review: which levels of the tree judge a form, and how many have accepted a submission.

alter table form add column review text not null default '[]';

-- What was approved before came in files or was accepted by the one level there was.
alter table submission add column approvals bigint not null default 0;
