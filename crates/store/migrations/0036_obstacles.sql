-- Why a mail server was not spoken to, so that whoever looks after it knows what to mend.

alter table delivery add column obstacle text;
