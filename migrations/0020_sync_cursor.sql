-- How far each stream of a live connector has been read. Written in the transaction that stores the page.

create table sync_cursor (
  source text not null,
  stream text not null,
  -- The connector's own value: a time, an opaque cursor, a page address; never a credential.
  cursor jsonb not null,
  rows_stored bigint not null default 0,
  updated_at timestamptz not null,
  -- The last time that the stream was read to its end.
  complete_at timestamptz,
  primary key (source, stream)
);
