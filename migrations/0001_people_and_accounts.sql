-- People of the company (agents, reps, managers), their teams, and the customers they look after.
-- Ids are derived from (entity, source, source_id), so a child can name its parent before the parent is imported.
-- There are no foreign keys between imported records for the same reason; orphans are counted, not refused.

create table team (
  id uuid primary key,
  source text not null,
  source_id text not null,
  name text not null,
  region text,
  manager_id uuid,
  channel text,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index team_source_key on team (source, source_id);

create table person (
  id uuid primary key,
  source text not null,
  source_id text not null,
  name text not null,
  email text,
  role text check (role in ('agent', 'rep', 'supervisor', 'manager', 'executive', 'admin')),
  team_id uuid,
  manager_id uuid,
  region text,
  title text,
  active boolean not null default true,
  quota numeric(18, 2),
  currency text,
  time_zone text,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index person_source_key on person (source, source_id);
create index person_team on person (team_id);

create table chat_identity (
  platform text not null check (platform in ('slack', 'teams')),
  workspace_id text not null,
  chat_user_id text not null,
  person_id uuid not null,
  linked_at timestamptz not null default now(),
  primary key (platform, workspace_id, chat_user_id)
);
create index chat_identity_person on chat_identity (person_id);

create table account (
  id uuid primary key,
  source text not null,
  source_id text not null,
  name text not null,
  domain text,
  industry text,
  region text,
  segment text,
  tier text,
  owner_id uuid,
  lifecycle_stage text,
  arr numeric(18, 2),
  revenue numeric(18, 2),
  employees integer,
  currency text,
  parent_id uuid,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index account_source_key on account (source, source_id);
create index account_owner on account (owner_id);
create index account_name on account (lower(name));

create table contact (
  id uuid primary key,
  source text not null,
  source_id text not null,
  account_id uuid,
  name text not null,
  email text,
  phone text,
  role text,
  opted_out boolean not null default false,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index contact_source_key on contact (source, source_id);
create index contact_account on contact (account_id);

create table product (
  id uuid primary key,
  source text not null,
  source_id text not null,
  sku text,
  name text not null,
  category text,
  list_price numeric(18, 2),
  unit_cost numeric(18, 2),
  currency text,
  active boolean not null default true,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index product_source_key on product (source, source_id);
