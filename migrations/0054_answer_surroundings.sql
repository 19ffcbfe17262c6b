-- What stands around an answer: with which data it was computed, what came out (to tell the difference later), what
-- people thought of it, and files on their way into a conversation.

alter table answer add column data_version text;
-- of the model's prompt; null when no model took part
alter table answer add column prompt_version text;
-- the answer that this one was drilled, filtered or run again from
alter table answer add column parent_id uuid;
-- numbers by hash of their group; no words (see interactions/answers/result-digest)
alter table answer add column result jsonb;
-- people name an answer by the end of its id
create index answer_short_id on answer (right(id::text, 8));

-- One opinion per person and answer; the last one counts.
create table feedback (
  answer_id uuid not null references answer (id) on delete cascade,
  person_id uuid not null,
  at timestamptz not null,
  helpful boolean not null,
  -- wrong-number | misunderstood | too-slow | other
  reason text check (reason in ('wrong-number', 'misunderstood', 'too-slow', 'other')),
  comment text,
  primary key (answer_id, person_id)
);
create index feedback_at on feedback (at);

-- Bytes of a file that the outbox is to share; gone once it is shared.
create table outbox_file (
  id uuid primary key,
  outbox_id uuid not null references outbox (id) on delete cascade,
  content bytea not null,
  created_at timestamptz not null default now()
);
create index outbox_file_outbox on outbox_file (outbox_id);
