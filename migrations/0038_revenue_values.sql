-- What customers are worth and what it costs to win them. Written by the analyser's step "revenue"; every amount stands
-- in the currency beside it, and amounts in different currencies are never added.

-- One row per customer and currency.
create table account_value (
  id uuid primary key,
  account_id uuid not null,
  currency text,
  -- True for one row per customer: the currency with the most margin. Counts of customers count these.
  is_main boolean not null,
  became_customer_on date,
  -- Sales by line to date, what the lines with a known cost brought in and what these cost.
  sales_amount numeric(18, 2) not null,
  costed_amount numeric(18, 2) not null,
  sales_cost numeric(18, 2) not null,
  sales_margin numeric(18, 2) not null,
  -- Recurring revenue to date and now.
  recurring_amount numeric(18, 2) not null,
  mrr numeric(18, 2) not null,
  -- Margin to date, what is still to come, and both together.
  margin_to_date numeric(18, 2) not null,
  expected_margin numeric(18, 2),
  lifetime_value numeric(18, 2),
  -- In one case of ten it is less than the first, in one of ten more than the second.
  lifetime_value_low numeric(18, 2),
  lifetime_value_high numeric(18, 2),
  -- Margin per month now.
  monthly_margin numeric(18, 2) not null,
  is_active boolean not null,
  -- In the window of catalogue/commerce.yml, in every currency.
  orders_in_window integer not null,
  how text not null,
  as_of timestamptz not null
);
create index account_value_account on account_value (account_id);

-- One row per currency and day on which the analyser looked.
create table unit_economics (
  id uuid primary key,
  currency text,
  day date not null,
  window_days integer not null,
  customers integer not null,
  active_customers integer not null,
  average_lifetime_value numeric(18, 2),
  monthly_margin numeric(18, 2),
  monthly_churn_rate double precision,
  new_customers integer not null,
  acquisition_cost numeric(18, 2),
  acquisition_cost_per_customer numeric(18, 2),
  lifetime_value_ratio double precision,
  payback_months double precision,
  how text not null
);
create index unit_economics_day on unit_economics (day);

-- How the recurring revenue moved, one row per whole month and currency.
create table mrr_month (
  id uuid primary key,
  month date not null,
  currency text,
  opening numeric(18, 2) not null,
  new numeric(18, 2) not null,
  expansion numeric(18, 2) not null,
  contraction numeric(18, 2) not null,
  churn numeric(18, 2) not null,
  reactivation numeric(18, 2) not null,
  closing numeric(18, 2) not null,
  growth double precision,
  net_retention double precision
);
create index mrr_month_month on mrr_month (month);

-- What a product sold and cost, one row per month and currency.
create table product_month (
  id uuid primary key,
  product_id uuid not null,
  month date not null,
  currency text,
  lines integer not null,
  orders integer not null,
  buyers integer not null,
  units double precision not null,
  amount numeric(18, 2) not null,
  costed_amount numeric(18, 2) not null,
  cost numeric(18, 2) not null,
  margin numeric(18, 2) not null
);
create index product_month_product on product_month (product_id, month);

-- Of the customers who first bought in a month, how many bought again within so many days; empty while it is too early.
create table buyer_cohort (
  month date primary key,
  buyers integer not null,
  buyers_90 integer,
  repeat_90 integer,
  buyers_365 integer,
  repeat_365 integer
);
