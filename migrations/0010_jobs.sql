-- A tick of a scheduled job belongs to whoever inserts its slot first; the analyser also holds a lease with a
-- fencing token, so that a run that outlived its lease cannot write.

create table job_tick (
  job text not null,
  slot timestamptz not null,
  claimed_by text not null,
  claimed_at timestamptz not null default now(),
  finished_at timestamptz,
  outcome text,
  detail jsonb,
  primary key (job, slot)
);

create table job_lease (
  name text primary key,
  holder text not null,
  token bigint not null,
  expires_at timestamptz not null
);
