-- Answers that somebody wants to see again: their own board.
create table saved_question (
  id uuid primary key,
  person_id uuid not null,
  -- what the person calls it
  name text not null,
  question text not null,
  plan jsonb not null,
  created_at timestamptz not null
);
create unique index saved_question_name on saved_question (person_id, lower(name));
