-- Every question and what was answered, enough to run it again; and the audit trail.

create table answer (
  id uuid primary key,
  asked_at timestamptz not null,
  person_id uuid,
  platform text,
  conversation text,
  thread_id text,
  question text not null,
  -- answered | clarified | refused | failed
  outcome text not null,
  planner text,
  plan jsonb,
  sql_text text,
  sql_parameters jsonb,
  provenance jsonb,
  row_count integer,
  reason text,
  latency_ms integer,
  helpful boolean,
  feedback_reason text
);
create index answer_person on answer (person_id, asked_at desc);
create index answer_thread on answer (conversation, thread_id, asked_at desc);

create table audit_log (
  id uuid primary key,
  at timestamptz not null default now(),
  actor_id uuid,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'
);
create index audit_log_at on audit_log (at);
