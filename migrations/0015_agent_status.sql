-- When agents were there: spans of a status, the last one open.

create table agent_status (
  id uuid primary key,
  source text not null,
  source_id text not null,
  person_id uuid not null,
  status text not null check (status in ('online', 'away', 'busy', 'offline')),
  started_at timestamptz not null,
  ended_at timestamptz,
  duration_seconds integer,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create index agent_status_person on agent_status (person_id, started_at);
