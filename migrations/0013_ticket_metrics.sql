-- Times of a ticket as its source measured them.

create table ticket_metric (
  id uuid primary key,
  source text not null,
  source_id text not null,
  ticket_id uuid not null,
  reply_minutes double precision,
  reply_business_minutes double precision,
  first_resolution_minutes double precision,
  first_resolution_business_minutes double precision,
  full_resolution_minutes double precision,
  full_resolution_business_minutes double precision,
  agent_wait_minutes double precision,
  agent_wait_business_minutes double precision,
  requester_wait_minutes double precision,
  requester_wait_business_minutes double precision,
  on_hold_minutes double precision,
  on_hold_business_minutes double precision,
  reopens integer,
  replies integer,
  measured_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create index ticket_metric_ticket on ticket_metric (ticket_id);
