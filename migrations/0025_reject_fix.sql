-- What to do about a rejected row.

alter table sync_reject add column fix text;
