-- What Heed reads out of customers' words: tone and topic of a record, the models behind them, and questions that come
-- again and again. Of the words themselves only one question per group is kept.

create table text_score (
  -- Of the record whose words they are.
  id uuid primary key,
  kind text not null check (kind in ('ticket', 'customer_escalation', 'survey_response')),
  ticket_id uuid,
  account_id uuid,
  owner_id uuid,
  team_id uuid,
  said_at timestamptz not null,
  -- -1 to 1; null: nothing can be said.
  sentiment double precision,
  tone text not null check (tone in ('negative', 'neutral', 'positive', 'not scored')),
  sentiment_source text check (sentiment_source in ('survey', 'source', 'model', 'lexicon')),
  sentiment_version text,
  topic text,
  second_topic text,
  third_topic text,
  topic_source text check (topic_source in ('source', 'model', 'keywords')),
  topic_version text,
  is_topic_sure boolean not null default false,
  computed_at timestamptz not null
);
create index text_score_account on text_score (account_id, said_at);
create index text_score_said on text_score (said_at);
create index text_score_ticket on text_score (ticket_id);

create table text_model (
  id uuid primary key,
  kind text not null check (kind in ('tone', 'topic')),
  version text not null,
  trained_at timestamptz not null,
  labels integer not null,
  is_adopted boolean not null,
  -- How it did on labels that it had not seen, beside what it would replace.
  trial jsonb not null,
  -- Names of the topics, in the order of the model's classes; empty for a model of tone.
  topics jsonb not null default '[]',
  -- Numbers alone: words are there as hashes.
  model jsonb
);
create index text_model_newest on text_model (kind, trained_at);

create table faq_candidate (
  id uuid primary key,
  -- The ticket whose words stand for the others.
  ticket_id uuid not null,
  question text not null,
  topic text,
  tickets integer not null,
  accounts integer not null,
  -- How many of the tickets got an answer in public and are solved.
  answered integer not null,
  first_asked_at timestamptz not null,
  last_asked_at timestamptz not null,
  -- Newest tickets, and the newest one that was answered and solved.
  examples jsonb not null,
  answered_ticket_id uuid,
  computed_at timestamptz not null
);
create index faq_candidate_ticket on faq_candidate (ticket_id);

-- A ticket's own survey answers.
create index survey_response_ticket on survey_response (ticket_id) where ticket_id is not null;
