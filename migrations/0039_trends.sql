-- Counts of this month against the same days of the month before, and of the last whole month against the one before it:
-- what changed by more than noise, what is steady, and where there is too little to tell.
create table trend (
  id uuid primary key,
  -- tickets_opened, deals_won, …; orders for products.
  series text not null,
  label text not null,
  product_id uuid,
  currency text,
  comparison text not null check (comparison in ('month_to_date', 'full_month')),
  from_day date not null,
  to_day date not null,
  before_from_day date not null,
  before_to_day date not null,
  count integer not null,
  count_before integer not null,
  -- The count before, for as many working days and weekends as now.
  expected double precision not null,
  change double precision,
  score double precision not null,
  dispersion double precision not null,
  amount numeric(18, 2),
  amount_before numeric(18, 2),
  amount_change double precision,
  amount_change_low double precision,
  amount_change_high double precision,
  verdict text not null check (verdict in ('up', 'down', 'steady', 'too_few')),
  sentence text not null,
  as_of timestamptz not null
);
create index trend_series on trend (series, comparison);
