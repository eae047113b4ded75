-- Who an account is to an identity provider; none for those who sign in with a password alone.

alter table account add column issuer text;
alter table account add column subject text;

create unique index account_identity on account (issuer, subject);
