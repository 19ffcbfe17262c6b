-- Partners, the deals they have a part in, and the work on accounts and deals.

create table partner (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid,
  name text not null,
  type text,
  tier text,
  region text,
  manager_id uuid,
  certification text,
  cert_expires_on date,
  enablement_status text check (enablement_status in ('not_started', 'in_progress', 'enabled', 'expired')),
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index partner_source_key on partner (source, source_id);
create index partner_account on partner (account_id);

create table partner_deal (
  id uuid primary key,
  source text not null,
  source_id text not null,
  partner_id uuid not null,
  opportunity_id uuid not null,
  kind text not null check (kind in ('sourced', 'influenced', 'co_sell')),
  share double precision,
  registered_on date,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index partner_deal_source_key on partner_deal (source, source_id);
create index partner_deal_partner on partner_deal (partner_id);
create index partner_deal_opportunity on partner_deal (opportunity_id);

create table activity (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid,
  opportunity_id uuid,
  contact_id uuid,
  partner_id uuid,
  person_id uuid,
  kind text not null check (kind in ('call', 'email', 'meeting', 'social', 'task', 'note')),
  subject text,
  duration_seconds integer,
  at timestamptz not null,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index activity_source_key on activity (source, source_id);
create index activity_account on activity (account_id, at);
create index activity_opportunity on activity (opportunity_id, at);
create index activity_person on activity (person_id, at);
