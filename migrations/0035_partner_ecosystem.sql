-- What the analyser says of partners: the deals that each has a part in, once per partner and deal, and their health.

create table partner_result (
  partner_id uuid not null,
  opportunity_id uuid not null,
  account_id uuid,
  owner_id uuid,
  -- the strongest part: sourced, then co_sell, then influenced
  part text not null check (part in ('sourced', 'co_sell', 'influenced')),
  amount numeric(18, 2),
  currency text,
  is_closed boolean not null,
  is_won boolean not null,
  close_date date,
  last_activity_at timestamptz,
  computed_at timestamptz not null,
  primary key (partner_id, opportunity_id)
);
create index partner_result_account on partner_result (account_id);

create table partner_health (
  partner_id uuid primary key,
  manager_id uuid,
  -- null when less than half of the weights have data
  score double precision,
  band text,
  coverage double precision not null,
  results_score double precision,
  pipeline_score double precision,
  activity_score double precision,
  enablement_score double precision,
  won_deals integer not null,
  open_deals integer not null,
  joint_accounts integer not null,
  activities_90d integer not null,
  last_activity_at timestamptz,
  -- days until the certification expires, negative when it has; null: none is known
  certification_days_left integer,
  enablement_stale boolean not null,
  computed_at timestamptz not null
);
