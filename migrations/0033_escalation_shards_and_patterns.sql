-- Hot shards that customer escalations speak of, and where escalations pile up.

create table hot_shard (
  -- Of the customer escalation.
  id uuid primary key,
  cluster text,
  table_name text,
  shard text,
  -- Load of the shard over the mean load of its table.
  skew_ratio double precision,
  computed_at timestamptz not null
);

create table escalation_pattern (
  id uuid primary key,
  dimension text not null check (dimension in ('account', 'category', 'weekday')),
  label text not null,
  account_id uuid,
  escalations integer not null,
  expected double precision not null,
  ratio double precision not null,
  -- Chance of so many or more, if this one were like the others.
  chance double precision not null,
  is_notable boolean not null,
  -- Days that are looked at, up to the moment of the run.
  days integer not null,
  computed_at timestamptz not null
);
create index escalation_pattern_account on escalation_pattern (account_id);
