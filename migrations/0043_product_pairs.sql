-- Products that are bought together, and what that suggests to customers who have one and not the other. Written anew by
-- each run of the analyser that sees a change.
create table product_pair (
  product_id uuid not null,
  other_id uuid not null,
  -- Baskets with the first product, with the other one, with both, and all of them.
  baskets integer not null,
  other_baskets integer not null,
  pair_baskets integer not null,
  all_baskets integer not null,
  -- Of the baskets with the first product, the share that holds the other one as well.
  confidence double precision not null,
  -- How many times more often than by chance.
  lift double precision not null,
  since date not null,
  as_of timestamptz not null,
  primary key (product_id, other_id)
);

create table cross_sell (
  account_id uuid not null,
  product_id uuid not null,
  -- The product they have that speaks for it most.
  because_id uuid not null,
  confidence double precision not null,
  pair_baskets integer not null,
  -- Sum of the confidences of everything they have that speaks for it.
  score double precision not null,
  position integer not null,
  as_of timestamptz not null,
  primary key (account_id, product_id)
);
