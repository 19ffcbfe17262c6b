-- What the analyser found. Rebuilt by every run from the records above.

create table sla_clock (
  id uuid primary key,
  ticket_id uuid not null,
  account_id uuid,
  assignee_id uuid,
  team_id uuid,
  metric text not null check (metric in ('first_response', 'next_response', 'update', 'resolution')),
  cycle integer not null default 1,
  policy text not null,
  calendar text not null,
  calendar_version text not null,
  priority text,
  target_seconds integer not null,
  started_at timestamptz not null,
  -- instants at which 75 %, 90 % and 100 % of the target are used, if nothing changes; null while paused
  warn_at timestamptz,
  urgent_at timestamptz,
  due_at timestamptz,
  state text not null check (state in ('running', 'paused', 'met', 'breached', 'cancelled')),
  -- breached and still open: not stopped yet
  stopped_at timestamptz,
  breached_at timestamptz,
  used_seconds integer not null,
  computed_at timestamptz not null
);
create unique index sla_clock_ticket on sla_clock (ticket_id, metric, cycle);
create index sla_clock_due on sla_clock (due_at) where stopped_at is null;
create index sla_clock_warn on sla_clock (warn_at) where stopped_at is null;
create index sla_clock_started on sla_clock (started_at);

create table health_score (
  account_id uuid not null,
  profile text not null,
  day date not null,
  computed_at timestamptz not null,
  -- null when less than half of the weights have data: not scored is not zero
  score double precision,
  band text,
  coverage double precision not null,
  components jsonb not null,
  primary key (account_id, profile, day)
);
create index health_score_day on health_score (profile, day);

create table anomaly (
  id uuid primary key,
  series text not null,
  segment text not null default '',
  grain text not null,
  bucket_start timestamptz not null,
  observed double precision not null,
  expected double precision not null,
  lower_bound double precision not null,
  upper_bound double precision not null,
  score double precision not null,
  direction text not null check (direction in ('above', 'below')),
  detected_at timestamptz not null
);
create unique index anomaly_bucket on anomaly (series, segment, grain, bucket_start);

-- The analyser's statements that alert rules are evaluated against; one row per kind and subject, replaced by each run.
create table finding (
  id uuid primary key,
  kind text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_label text not null,
  account_id uuid,
  owner_id uuid,
  team_id uuid,
  value double precision not null,
  observed_at timestamptz not null,
  facts jsonb not null,
  evidence jsonb not null,
  chart jsonb,
  run_id uuid not null,
  computed_at timestamptz not null
);
create unique index finding_subject on finding (kind, subject_id);

create table analysis_run (
  id uuid primary key,
  started_at timestamptz not null,
  finished_at timestamptz,
  state text not null check (state in ('running', 'done', 'failed')),
  as_of timestamptz not null,
  report jsonb not null default '{}'
);
create index analysis_run_started on analysis_run (started_at desc);
