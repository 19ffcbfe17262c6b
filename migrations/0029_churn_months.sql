-- Customers that each month began with and lost, and what is expected of the next ones.
create table churn_month (
  id uuid primary key,
  month date not null,
  kind text not null check (kind in ('actual', 'running', 'forecast')),
  computed_at timestamptz not null,
  customers integer,
  lost integer,
  rate double precision,
  rolling_rate double precision,
  lower_rate double precision,
  upper_rate double precision,
  note text
);
create unique index churn_month_key on churn_month (kind, month);

-- Customers who have left, each with the last day of its last subscription.
create table churned_customer (
  account_id uuid primary key,
  left_on date not null,
  since date,
  computed_at timestamptz not null
);
create index churned_customer_left on churned_customer (left_on);
