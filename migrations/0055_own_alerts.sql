-- What somebody asked to be told about: a plan, a threshold, how often to look; told to that person alone.
create table own_alert (
  id uuid primary key,
  person_id uuid not null,
  -- the answer it was made from
  answer_id uuid,
  question text not null,
  plan jsonb not null,
  op text not null check (op in ('gt', 'gte', 'lt', 'lte')),
  threshold double precision not null,
  every_minutes integer not null,
  -- hashes of the groups that are beyond the threshold now; `[]` while all is well
  matched jsonb not null default '[]',
  -- counts the times it began; one message each
  episode integer not null default 0,
  next_at timestamptz not null,
  checked_at timestamptz,
  -- why the last look failed
  failed text,
  created_at timestamptz not null
);
create index own_alert_person on own_alert (person_id);
create index own_alert_due on own_alert (next_at);
