-- Requests of the signed webhook that stored something, so that a request sent twice is stored once; and what keeps
-- the analysis of single events and the scheduled analyser from undoing each other's findings.

create table ingest_request (
  source text not null,
  idempotency_key text not null,
  -- SHA-256 of kind, options and body: the same key with another request is a mistake of the sender
  request_hash text not null,
  -- one signed request is taken under one key only
  signature text not null,
  kind text not null,
  status integer not null,
  -- the answer, byte for byte
  answer text not null,
  received_at timestamptz not null,
  -- ids of what the analyser has to look at; null once that is done
  touched jsonb,
  primary key (source, idempotency_key)
);
create unique index ingest_request_signature on ingest_request (source, signature);
create index ingest_request_received on ingest_request (received_at);
create index ingest_request_untouched on ingest_request (received_at) where touched is not null;

-- One row per kind of finding: locked by whoever writes findings of the kind or judges them.
create table finding_guard (
  kind text primary key,
  -- the analyser run that replaced them last; findings made since join it
  run_id uuid,
  locked_at timestamptz not null
);

-- Subjects that a look between two runs found to be well again: an older look must not bring their finding back.
create table finding_gone (
  kind text not null,
  subject_id text not null,
  observed_at timestamptz not null,
  primary key (kind, subject_id)
);

-- Whether a usage feed has come as far as a day is asked for every event that concerns a customer's health.
create index usage_daily_day on usage_daily (day);
