-- Support tickets, what happened to them, and customer escalations (the CE files).

create table ticket (
  id uuid primary key,
  source text not null,
  source_id text not null,
  number text,
  account_id uuid,
  contact_id uuid,
  product_id uuid,
  assignee_id uuid,
  team_id uuid,
  subject text,
  status text not null check (status in ('new', 'open', 'pending', 'hold', 'solved', 'closed')),
  priority text check (priority in ('urgent', 'high', 'normal', 'low')),
  source_status text,
  source_priority text,
  type text,
  channel text,
  category text,
  opened_at timestamptz not null,
  first_replied_at timestamptz,
  solved_at timestamptz,
  closed_at timestamptz,
  reopens integer not null default 0,
  replies integer not null default 0,
  sentiment_score double precision,
  escalated boolean not null default false,
  -- What the source says about its own SLA; ours is in sla_clock.
  source_sla_met boolean,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index ticket_source_key on ticket (source, source_id);
create index ticket_account_opened on ticket (account_id, opened_at);
create index ticket_assignee on ticket (assignee_id);
create index ticket_opened on ticket (opened_at);
create index ticket_updated on ticket (updated_at);

create table ticket_event (
  id uuid primary key,
  source text not null,
  source_id text not null,
  ticket_id uuid not null,
  actor_id uuid,
  -- created | status | priority | assignee | reply | comment | reopened | updated
  kind text not null,
  field text,
  old_value text,
  new_value text,
  public boolean,
  at timestamptz not null,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index ticket_event_source_key on ticket_event (source, source_id);
create index ticket_event_ticket on ticket_event (ticket_id, at);

create table customer_escalation (
  id uuid primary key,
  source text not null,
  source_id text not null,
  ce_number text not null,
  account_id uuid,
  ticket_id uuid,
  owner_id uuid,
  title text not null,
  priority text check (priority in ('urgent', 'high', 'normal', 'low')),
  source_priority text,
  category text,
  status text not null check (status in ('open', 'investigating', 'mitigated', 'monitoring', 'resolved', 'closed')),
  source_status text,
  issue text,
  root_cause text,
  technical_details text,
  impact text,
  action_plan text,
  sentiment text,
  sentiment_score double precision,
  opened_at timestamptz not null,
  resolved_at timestamptz,
  hot_shard jsonb,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index customer_escalation_source_key on customer_escalation (source, source_id);
create index customer_escalation_account on customer_escalation (account_id);
create index customer_escalation_opened on customer_escalation (opened_at);
