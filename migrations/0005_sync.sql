-- One row per import of a source, its rejects, and the staging area that a load passes through.

create table sync_run (
  id uuid primary key,
  source text not null,
  origin text not null,
  state text not null check (state in ('running', 'done', 'failed')),
  started_at timestamptz not null,
  finished_at timestamptz,
  rows_read bigint not null default 0,
  rows_stored bigint not null default 0,
  rows_unchanged bigint not null default 0,
  rows_rejected bigint not null default 0,
  -- per entity counts, value rules applied, warnings
  report jsonb not null default '{}'
);
create index sync_run_source on sync_run (source, started_at desc);

create table sync_reject (
  run_id uuid not null,
  ordinal integer not null,
  file text not null,
  line integer,
  field text,
  reason text not null,
  value text,
  primary key (run_id, ordinal)
);

create table import_stage (
  run_id uuid not null,
  entity text not null,
  ordinal bigint not null,
  record_id uuid not null,
  body jsonb not null,
  primary key (run_id, entity, ordinal)
);
