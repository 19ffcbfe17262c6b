-- Accounts whose share of bad cases is far above that of all accounts; replaced as a whole by every run.

create table share_outlier (
  account_id uuid not null,
  measure text not null check (measure in ('negative_tickets', 'sla_breaches')),
  cases integer not null,
  hits integer not null,
  share double precision not null,
  -- lower end of the 95 % Wilson interval
  lower_bound double precision not null,
  portfolio_share double precision not null,
  -- one-sided test of two proportions, the account against all others, and its false discovery rate over accounts
  p_value double precision not null,
  q_value double precision not null,
  since timestamptz not null,
  computed_at timestamptz not null,
  primary key (account_id, measure)
);
