-- Erasing people and customers: what is under way, and whom later imports must not bring back.

-- One row: the key of the hashes below, random per database. Every load of records holds a share of its lock, so that
-- an erasure waits for loads that began before its list was there.
create table privacy_key (
  id integer primary key check (id = 1),
  key text not null,
  created_at timestamptz not null default now()
);
insert into privacy_key (id, key) values (1, gen_random_uuid()::text || gen_random_uuid()::text);

create table erasure (
  id uuid primary key,
  kind text not null check (kind in ('person', 'account')),
  state text not null check (state in ('running', 'done')),
  -- what is next, and how far within it
  step text not null,
  progress jsonb not null default '{}',
  -- what names the person; there only while the erasure runs
  subject jsonb,
  -- random; stands where the name stood
  pseudonym text not null,
  -- rows changed and deleted, by table; messages that are edited; never a name
  counts jsonb not null default '{}',
  started_at timestamptz not null,
  finished_at timestamptz
);
create index erasure_running on erasure (started_at) where state = 'running';

-- Keyed hashes (HMAC-SHA-256) of what would bring somebody back.
create table suppression (
  hash text primary key,
  -- id | email | phone | name
  kind text not null check (kind in ('id', 'email', 'phone', 'name')),
  -- 16 bits of another hash: a cheap look before the expensive one
  bucket integer not null,
  -- words of a name
  words integer not null default 1,
  -- what a reference to it becomes; null: a record that refers to it is left out
  replacement_id uuid,
  pseudonym text not null,
  erasure_id uuid not null
);
create index suppression_erasure on suppression (erasure_id);
