-- Where customers come from.

create table campaign (
  id uuid primary key,
  source text not null,
  source_id text not null,
  name text not null,
  kind text,
  channel text,
  status text check (status in ('planned', 'running', 'finished', 'cancelled')),
  starts_on date,
  ends_on date,
  sent integer,
  responded integer,
  converted integer,
  cost numeric(18, 2),
  currency text,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index campaign_source_key on campaign (source, source_id);

create table campaign_member (
  id uuid primary key,
  source text not null,
  source_id text not null,
  campaign_id uuid not null,
  contact_id uuid,
  lead_id uuid,
  status text not null check (status in ('sent', 'responded', 'converted', 'bounced', 'opted_out')),
  sent_at timestamptz,
  responded_at timestamptz,
  converted_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index campaign_member_source_key on campaign_member (source, source_id);
create index campaign_member_campaign on campaign_member (campaign_id);

create table lead (
  id uuid primary key,
  source text not null,
  source_id text not null,
  name text,
  company text,
  email text,
  lead_source text,
  owner_id uuid,
  campaign_id uuid,
  account_id uuid,
  opportunity_id uuid,
  status text not null check (status in ('new', 'working', 'qualified', 'unqualified', 'converted')),
  source_status text,
  opened_at timestamptz not null,
  converted_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  synced_at timestamptz not null default now(),
  deleted_at timestamptz,
  raw jsonb
);
create unique index lead_source_key on lead (source, source_id);
create index lead_owner on lead (owner_id);
create index lead_opened on lead (opened_at);
