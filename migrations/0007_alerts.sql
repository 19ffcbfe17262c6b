-- Alerts and what happened to them. At most one open alert per rule and fingerprint.

create table alert (
  id uuid primary key,
  rule_id text not null,
  fingerprint text not null,
  state text not null check (state in ('pending', 'firing', 'recovering', 'resolved')),
  severity text not null check (severity in ('critical', 'high', 'medium', 'low')),
  subject_kind text not null,
  subject_id text not null,
  subject_label text not null,
  account_id uuid,
  owner_id uuid,
  team_id uuid,
  labels jsonb not null,
  value double precision not null,
  -- the finding as it was when the alert fired: facts, evidence, chart
  snapshot jsonb not null,
  pending_at timestamptz not null,
  fired_at timestamptz,
  recovering_at timestamptz,
  resolved_at timestamptz,
  resolve_reason text,
  last_seen_at timestamptz not null,
  misses integer not null default 0,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  assigned_to uuid,
  silenced_until timestamptz,
  silenced_by uuid,
  -- counts every change; buttons carry it, so a late click on an old message is recognised
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index alert_open on alert (rule_id, fingerprint) where state <> 'resolved';
create index alert_state on alert (state, fired_at);
create index alert_subject on alert (subject_kind, subject_id);

create table alert_event (
  id uuid primary key,
  alert_id uuid not null,
  at timestamptz not null,
  -- pending | fired | recovering | resolved | severity-raised | acknowledged | snoozed | unsnoozed | assigned
  kind text not null,
  actor_id uuid,
  reason text not null,
  detail jsonb not null default '{}'
);
create index alert_event_alert on alert_event (alert_id, at);
