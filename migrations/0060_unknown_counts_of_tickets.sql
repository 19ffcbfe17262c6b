-- A source that counts neither replies nor reopenings leaves them unknown; nought would be told as if somebody had counted.

alter table ticket alter column reopens drop not null;
alter table ticket alter column reopens drop default;
alter table ticket alter column replies drop not null;
alter table ticket alter column replies drop default;
