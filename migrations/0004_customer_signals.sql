-- What customers do and say: usage per day, incidents, survey answers. Health is computed from these.

create table usage_daily (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid not null,
  day date not null,
  api_calls bigint not null default 0,
  logins integer not null default 0,
  active_users integer,
  seats_entitled integer,
  features_used integer,
  features_available integer,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index usage_daily_source_key on usage_daily (source, source_id);
create unique index usage_daily_account_day on usage_daily (account_id, day);

create table incident (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid,
  severity text not null check (severity in ('critical', 'high', 'medium', 'low')),
  status text not null check (status in ('open', 'resolved')),
  title text,
  impact text,
  started_at timestamptz not null,
  resolved_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index incident_source_key on incident (source, source_id);
create index incident_account_started on incident (account_id, started_at);

create table survey_response (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid,
  contact_id uuid,
  ticket_id uuid,
  kind text not null check (kind in ('csat', 'nps', 'ces')),
  score double precision not null,
  comment text,
  responded_at timestamptz not null,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index survey_response_source_key on survey_response (source, source_id);
create index survey_response_account on survey_response (account_id, responded_at);
