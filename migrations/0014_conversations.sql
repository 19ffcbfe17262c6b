-- Live conversations, their messages, the channels that carry them, and the bot. Messages come by the million: their
-- primary key, which is derived from the source's key, is the only unique index they have.

create table conversation (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid,
  contact_id uuid,
  agent_id uuid,
  team_id uuid,
  channel text,
  status text not null check (status in ('open', 'pending', 'resolved', 'closed')),
  opened_at timestamptz not null,
  first_response_seconds integer,
  avg_response_seconds double precision,
  resolution_seconds integer,
  resolved_at timestamptz,
  message_count integer,
  handled_by_bot boolean,
  escalated_to_human boolean,
  csat double precision,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index conversation_source_key on conversation (source, source_id);
create index conversation_account on conversation (account_id, opened_at);
create index conversation_agent on conversation (agent_id, opened_at);
create index conversation_opened on conversation (opened_at);

create table message (
  id uuid primary key,
  source text not null,
  source_id text not null,
  conversation_id uuid,
  account_id uuid,
  author_id uuid,
  direction text not null check (direction in ('in', 'out')),
  author_kind text check (author_kind in ('customer', 'agent', 'bot', 'system')),
  channel text,
  at timestamptz not null,
  delivery_status text check (delivery_status in ('queued', 'sent', 'delivered', 'read', 'failed')),
  delivered_at timestamptz,
  read_at timestamptz,
  failed_reason text,
  recipient_masked text,
  broadcast_id text,
  campaign_id uuid,
  text text,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create index message_conversation on message (conversation_id, at);
create index message_at on message (at);

create table messaging_session (
  id uuid primary key,
  source text not null,
  source_id text not null,
  name text,
  channel text,
  phone_masked text,
  status text not null check (status in ('connected', 'disconnected', 'reconnecting')),
  last_seen_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index messaging_session_source_key on messaging_session (source, source_id);

create table queue_sample (
  id uuid primary key,
  source text not null,
  source_id text not null,
  session_id uuid,
  channel text,
  at timestamptz not null,
  depth integer not null,
  processed_per_minute double precision,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create index queue_sample_session on queue_sample (session_id, at);

create table bot_event (
  id uuid primary key,
  source text not null,
  source_id text not null,
  conversation_id uuid,
  intent text,
  outcome text not null check (outcome in ('auto_replied', 'dropped', 'handed_over')),
  success boolean,
  at timestamptz not null,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create index bot_event_conversation on bot_event (conversation_id);
create index bot_event_at on bot_event (at);
