-- Outbox: one row per message in a conversation, holding what it should say (wanted) and what it says (sent). The row
-- is written in the transaction that changes the alert; the relay brings the conversation in line. Last state wins.

create table outbox (
  id uuid primary key,
  -- names the message once and for all, for example `alert:<id>:C123` or `answer:<event id>`
  dedupe_key text not null,
  platform text not null,
  -- channel id; `@U123` means the direct conversation with that person
  conversation text not null,
  thread_id text,
  -- reply in the thread of this other message, once it is posted
  parent_id uuid,
  lane text not null check (lane in ('answer', 'alert', 'digest')),
  alert_id uuid,
  body jsonb not null,
  wanted_revision integer not null default 1,
  sent_revision integer not null default 0,
  -- new | sending | sent | waiting | unclear | dead
  state text not null check (state in ('new', 'sending', 'sent', 'waiting', 'unclear', 'dead')),
  attempts integer not null default 0,
  not_before timestamptz not null default now(),
  lease_until timestamptz,
  lease_token uuid,
  -- database clock just before the first request that may have posted; history is searched from here
  first_try_at timestamptz,
  channel_id text,
  message_id text,
  -- image ids by hash of the chart, so that a second attempt uploads nothing twice
  images jsonb not null default '{}',
  plain_text boolean not null default false,
  error text,
  created_at timestamptz not null default now(),
  posted_at timestamptz,
  updated_at timestamptz not null default now()
);
create unique index outbox_dedupe on outbox (dedupe_key);
create index outbox_due on outbox (not_before) where state in ('new', 'waiting', 'unclear', 'sending');
create index outbox_alert on outbox (alert_id);
-- a conversation's messages go out in this order
create index outbox_conversation on outbox (platform, conversation, created_at);

-- Conversation-wide pause after a 429, and the pacing clock.
create table conversation_pace (
  platform text not null,
  conversation text not null,
  next_at timestamptz not null,
  primary key (platform, conversation)
);

-- Every incoming event once: event id, trigger id, envelope id.
create table inbox (
  key text primary key,
  kind text not null,
  received_at timestamptz not null default now(),
  handled_at timestamptz,
  body jsonb not null
);
create index inbox_open on inbox (received_at) where handled_at is null;
