-- Deals, and every change of stage, amount and close date (Salesforce: OpportunityHistory).

create table opportunity (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid,
  owner_id uuid,
  product_id uuid,
  name text not null,
  stage text not null,
  amount numeric(18, 2),
  currency text,
  probability double precision,
  forecast_category text,
  opened_on date,
  close_date date,
  is_closed boolean not null default false,
  is_won boolean not null default false,
  type text,
  lead_source text,
  next_step text,
  db_requirements text,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index opportunity_source_key on opportunity (source, source_id);
create index opportunity_account on opportunity (account_id);
create index opportunity_owner_close on opportunity (owner_id, close_date);
create index opportunity_close on opportunity (close_date);

create table opportunity_stage_event (
  id uuid primary key,
  source text not null,
  source_id text not null,
  opportunity_id uuid not null,
  from_stage text,
  to_stage text not null,
  amount numeric(18, 2),
  prev_amount numeric(18, 2),
  close_date date,
  prev_close_date date,
  at timestamptz not null,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index opportunity_stage_event_source_key on opportunity_stage_event (source, source_id);
create index opportunity_stage_event_opportunity on opportunity_stage_event (opportunity_id, at);
