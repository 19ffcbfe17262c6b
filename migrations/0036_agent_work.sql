-- How work is spread over agents, and how they spent their days. Rebuilt by the analyser.

create table agent_workload (
  person_id uuid not null,
  -- local day of the run
  day date not null,
  team_id uuid,
  open_tickets integer not null,
  open_conversations integer not null,
  -- open work, each piece by the weight of its priority
  weighted_work double precision not null,
  -- of the team on that day; null where the team is too small to compare
  team_median double precision,
  state text not null check (state in ('balanced', 'overloaded', 'underutilised', 'unjudged')),
  computed_at timestamptz not null,
  primary key (person_id, day)
);
create index agent_workload_day on agent_workload (day);

create table agent_day (
  person_id uuid not null,
  day date not null,
  -- online or busy
  active_seconds double precision not null,
  -- online, not busy, and no conversation in hand
  idle_seconds double precision not null,
  away_seconds double precision not null,
  computed_at timestamptz not null,
  primary key (person_id, day)
);
create index agent_day_day on agent_day (day);
