-- What other systems say of a customer's risk, what is done about it, and figures of other systems' reports.

create table account_assessment (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid not null,
  assessed_at timestamptz not null,
  health_score double precision,
  churn_probability double precision,
  priority text check (priority in ('critical', 'high', 'medium', 'low')),
  lifecycle_stage text,
  risk_factors jsonb,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index account_assessment_source_key on account_assessment (source, source_id);
create index account_assessment_account on account_assessment (account_id, assessed_at);

create table intervention (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid not null,
  owner_id uuid,
  opportunity_id uuid,
  kind text not null,
  title text,
  priority text check (priority in ('critical', 'high', 'medium', 'low')),
  status text not null check (status in ('open', 'in_progress', 'done', 'cancelled')),
  outcome text,
  due_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index intervention_source_key on intervention (source, source_id);
create index intervention_account on intervention (account_id);
create index intervention_owner on intervention (owner_id);

create table metric_snapshot (
  id uuid primary key,
  source text not null,
  source_id text not null,
  metric text not null,
  segment text,
  grain text not null check (grain in ('hour', 'day', 'week')),
  starts_at timestamptz not null,
  value double precision,
  sample_count integer,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index metric_snapshot_source_key on metric_snapshot (source, source_id);
create index metric_snapshot_metric on metric_snapshot (metric, grain, starts_at);
