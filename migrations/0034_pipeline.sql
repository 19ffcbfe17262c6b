-- What the analyser says of the sales pipeline: the forecast, every open deal, stages over time, and how sales work.

-- What will be won, per month and quarter and currency; replaced by every run.
create table pipeline_forecast (
  id uuid primary key,
  currency text not null,
  period_kind text not null check (period_kind in ('month', 'quarter')),
  starts_on date not null,
  ends_on date not null,
  method text not null,
  won_so_far numeric(18, 2) not null,
  -- null: not enough history
  expected numeric(18, 2),
  low numeric(18, 2),
  high numeric(18, 2),
  backtests integer not null,
  mean_error double precision,
  -- won so far and what the open deals are worth by age and stage
  pipeline_expected numeric(18, 2),
  open_deals integer not null,
  stale_deals integer not null,
  note text not null,
  computed_at timestamptz not null
);

-- One row for each open deal.
create table deal_signal (
  opportunity_id uuid primary key,
  account_id uuid,
  owner_id uuid,
  amount numeric(18, 2),
  currency text,
  day date not null,
  age_days integer,
  stage_days integer,
  stale_after_days integer,
  is_stale boolean not null,
  -- chance to be won within 90 days; null: the age is not known or there is no history
  win_chance double precision,
  touches_30d integer not null,
  last_touch_at timestamptz,
  contacts_engaged integer not null,
  is_untouched boolean not null,
  computed_at timestamptz not null
);
create index deal_signal_account on deal_signal (account_id);
create index deal_signal_owner on deal_signal (owner_id);

-- Open deals on the first day of a month, by stage, and where they stood some time later.
create table stage_snapshot (
  id uuid primary key,
  day date not null,
  stage text not null,
  owner_id uuid,
  currency text,
  deals integer not null,
  amount numeric(18, 2),
  -- null: that time is not over yet
  judged integer,
  advanced integer,
  won integer,
  lost integer,
  computed_at timestamptz not null
);
create index stage_snapshot_day on stage_snapshot (day);

-- How long deals stay in a stage, and where they go from there.
create table stage_time (
  stage text primary key,
  place integer not null,
  entered integer not null,
  left_deals integer not null,
  advanced integer not null,
  won integer not null,
  lost integer not null,
  median_days double precision,
  p90_days double precision,
  computed_at timestamptz not null
);

-- Win rates of the whole, of reps, products and lead sources, drawn towards the whole where deals are few.
create table win_rate_estimate (
  id uuid primary key,
  segment_kind text not null check (segment_kind in ('all', 'rep', 'product', 'source')),
  segment text not null,
  person_id uuid,
  product_id uuid,
  decided_deals integer not null,
  won_deals integer not null,
  win_rate double precision,
  estimated_win_rate double precision,
  computed_at timestamptz not null
);

-- Money won per day by deals, win rate, amount and cycle, and quotas; one row per segment and currency.
create table sales_velocity (
  id uuid primary key,
  segment_kind text not null check (segment_kind in ('all', 'rep', 'product', 'source')),
  segment text not null,
  person_id uuid,
  product_id uuid,
  currency text not null,
  open_deals integer not null,
  open_amount numeric(18, 2) not null,
  won_deals integer not null,
  won_amount numeric(18, 2) not null,
  average_won numeric(18, 2),
  estimated_win_rate double precision,
  cycle_days double precision,
  velocity_per_day numeric(18, 2),
  quota numeric(18, 2),
  quota_won numeric(18, 2),
  quota_starts_on date,
  computed_at timestamptz not null
);
