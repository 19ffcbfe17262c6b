-- How long tickets kept their customers waiting and us working; one row per ticket that the analyser has looked at.
create table ticket_time (
  ticket_id uuid primary key,
  account_id uuid,
  assignee_id uuid,
  team_id uuid,
  opened_at timestamptz not null,
  -- solved for good; null: the times still grow and are those of computed_at
  stopped_at timestamptz,
  requester_wait_seconds bigint not null,
  requester_wait_business_seconds bigint,
  agent_work_seconds bigint not null,
  agent_work_business_seconds bigint,
  -- hours of the business seconds; null: no policy applies
  calendar text,
  calendar_version text,
  -- as in sla_clock
  rules_version text not null,
  computed_at timestamptz not null
);
create index ticket_time_open on ticket_time (ticket_id) where stopped_at is null;
create index ticket_time_stopped on ticket_time (stopped_at);
create index ticket_time_opened on ticket_time (opened_at);
