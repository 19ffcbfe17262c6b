-- What was simulated in a store of the demo, and the rows that were changed for it, so that a reset puts back exactly
-- what was there. Both are empty everywhere else.

create table simulation_step (
  id uuid primary key,
  kind text not null check (kind in ('pulse', 'outage')),
  -- null: all accounts
  account_id uuid,
  -- pulses are counted, so that each draws other numbers and a repeated series draws the same
  number integer not null,
  at timestamptz not null
);

-- Usage as it was before the first simulated change. A day that the simulation added has no row here.
create table simulation_original (
  -- of the row in usage_daily
  id uuid primary key,
  account_id uuid not null,
  original jsonb not null
);
