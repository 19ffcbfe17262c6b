-- Sales by line, subscriptions and how their revenue moves, and the rates that turn one currency into another.

create table sales_transaction (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid,
  product_id uuid,
  opportunity_id uuid,
  order_number text,
  quantity double precision,
  unit_price numeric(18, 2),
  discount numeric(18, 2),
  amount numeric(18, 2) not null,
  currency text,
  sold_at timestamptz not null,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index sales_transaction_source_key on sales_transaction (source, source_id);
create index sales_transaction_account on sales_transaction (account_id, sold_at);
create index sales_transaction_product on sales_transaction (product_id, sold_at);
create index sales_transaction_sold on sales_transaction (sold_at);

create table subscription (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid not null,
  product_id uuid,
  plan text,
  status text not null check (status in ('trial', 'active', 'past_due', 'cancelled')),
  mrr numeric(18, 2),
  currency text,
  seats integer,
  starts_on date,
  renews_on date,
  cancelled_on date,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index subscription_source_key on subscription (source, source_id);
create index subscription_account on subscription (account_id);

create table mrr_movement (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid not null,
  subscription_id uuid,
  kind text not null check (kind in ('new', 'expansion', 'contraction', 'churn', 'reactivation')),
  amount numeric(18, 2) not null,
  currency text,
  moved_on date not null,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index mrr_movement_source_key on mrr_movement (source, source_id);
create index mrr_movement_account on mrr_movement (account_id, moved_on);
create index mrr_movement_moved on mrr_movement (moved_on);

create table fx_rate (
  id uuid primary key,
  source text not null,
  source_id text not null,
  currency text not null,
  to_currency text not null,
  day date not null,
  rate double precision not null,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index fx_rate_source_key on fx_rate (source, source_id);
create index fx_rate_day on fx_rate (currency, to_currency, day);
