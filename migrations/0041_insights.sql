-- What is worth telling of a run: one row per kind and subject for as long as it lasts, with the rows it rests on.
create table insight (
  id uuid primary key,
  kind text not null,
  rule_id text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_label text not null,
  account_id uuid,
  owner_id uuid,
  team_id uuid,
  title text not null,
  sentence text not null,
  -- 0-100: what is told first
  importance double precision not null,
  value double precision not null,
  evidence jsonb not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- null while it lasts
  ended_at timestamptz
);
create unique index insight_lasting on insight (kind, subject_id) where ended_at is null;
create index insight_importance on insight (importance) where ended_at is null;

-- What happened, across all records, newest first: one row per event of a source row.
create table activity_event (
  id uuid primary key,
  kind text not null,
  at timestamptz not null,
  subject_kind text not null,
  subject_id uuid not null,
  headline text not null,
  account_id uuid,
  -- who sees it: the agent whose work it is, the rep whose customer or deal it is, the supervisor of this person
  owner_id uuid,
  rep_id uuid,
  lead_id uuid,
  team_id uuid
);
create index activity_event_subject on activity_event (subject_id);
create index activity_event_at on activity_event (at);
create index activity_event_account on activity_event (account_id, at);

-- The stage that each account was last seen in; a change of it is an event.
create table account_stage (
  account_id uuid primary key,
  stage text not null,
  seen_at timestamptz not null
);
