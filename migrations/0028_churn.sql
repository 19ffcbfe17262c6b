-- Who may leave: the model in use with all before it, its monthly training rows, and a score per account and day.

create table churn_model (
  id uuid primary key,
  created_at timestamptz not null,
  -- uncalibrated | base-rate | platt | fitted
  stage text not null,
  -- as people read it: Platt (34 events)
  state text not null,
  events integer not null,
  row_count integer not null,
  settings_version text not null,
  model jsonb not null
);
create index churn_model_created on churn_model (created_at desc);

-- What was known of an account at the beginning of a month; written once.
create table churn_snapshot (
  account_id uuid not null,
  day date not null,
  index_logit double precision,
  features jsonb not null,
  primary key (account_id, day)
);
create index churn_snapshot_day on churn_snapshot (day);

create table churn_score (
  account_id uuid not null,
  day date not null,
  computed_at timestamptz not null,
  model_id uuid not null,
  state text not null,
  -- within 90 days; the risk index while uncalibrated
  probability double precision not null,
  -- on the scale of the bands
  risk_index double precision not null,
  risk_band text not null check (risk_band in ('low', 'medium', 'high', 'critical')),
  priority text not null check (priority in ('low', 'medium', 'high', 'critical')),
  health double precision,
  support_risk double precision,
  arr numeric(18, 2),
  currency text,
  change_30d double precision,
  top_driver text,
  -- logit of the probability = base + sum of the points
  logit double precision not null,
  base double precision not null,
  contributions jsonb not null,
  primary key (account_id, day)
);
create index churn_score_day on churn_score (day);
