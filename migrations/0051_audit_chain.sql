-- The audit trail only grows, and shows when it was touched: each entry carries the hash of the one before it. Entries are
-- numbered and chained by the database, under the lock of the one row of audit_head, so that two writers can never
-- follow the same entry; the lock is held from the entry to the commit, and the entry is the last thing a unit writes.
-- What an entry says of people (who, about what, the details) is in the chain as a salted digest alone, so that it can
-- be erased: the salt goes with the words, the digest stays, and a further entry seals what stands there now.

create table audit_head (
  only_row boolean primary key default true check (only_row),
  last_seq bigint not null,
  last_hash text not null
);
insert into audit_head (last_seq, last_hash) values (0, 'genesis');

alter table audit_log
  add column seq bigint,
  add column salt text,
  add column contents_hash text,
  add column previous_hash text,
  add column hash text;

create function audit_contents_hash(salt text, actor_id uuid, subject text, detail jsonb) returns text
language sql stable as $$
  select encode(sha256(convert_to(concat_ws('|', salt, coalesce(actor_id::text, ''), subject, detail::text), 'UTF8')), 'hex')
$$;

create function audit_entry_hash(seq bigint, id uuid, at timestamptz, action text, contents_hash text, previous_hash text)
returns text language sql stable as $$
  select encode(sha256(convert_to(concat_ws('|', seq::text, id::text,
    to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), action, contents_hash, previous_hash), 'UTF8')), 'hex')
$$;

create function chain_audit_entry() returns trigger language plpgsql as $$
declare
  head audit_head;
begin
  select * into head from audit_head for update;
  new.seq := head.last_seq + 1;
  new.salt := replace(gen_random_uuid()::text, '-', '');
  new.contents_hash := audit_contents_hash(new.salt, new.actor_id, new.subject, new.detail);
  new.previous_hash := head.last_hash;
  new.hash := audit_entry_hash(new.seq, new.id, new.at, new.action, new.contents_hash, new.previous_hash);
  update audit_head set last_seq = new.seq, last_hash = new.hash;
  return new;
end $$;

-- Entries from before the chain become its first links.
do $$
declare
  entry record;
  head audit_head;
begin
  select * into head from audit_head for update;
  for entry in select * from audit_log order by at, id loop
    entry.seq := head.last_seq + 1;
    entry.salt := replace(gen_random_uuid()::text, '-', '');
    entry.contents_hash := audit_contents_hash(entry.salt, entry.actor_id, entry.subject, entry.detail);
    entry.hash := audit_entry_hash(entry.seq, entry.id, entry.at, entry.action, entry.contents_hash, head.last_hash);
    update audit_log set seq = entry.seq, salt = entry.salt, contents_hash = entry.contents_hash,
      previous_hash = head.last_hash, hash = entry.hash where id = entry.id;
    head.last_seq := entry.seq;
    head.last_hash := entry.hash;
  end loop;
  update audit_head set last_seq = head.last_seq, last_hash = head.last_hash;
end $$;

alter table audit_log
  alter column seq set not null,
  alter column contents_hash set not null,
  alter column previous_hash set not null,
  alter column hash set not null;
create unique index audit_log_seq on audit_log (seq);

-- Nothing is changed or removed but by an erasure and by retention, which say so for their transaction; and both leave
-- an entry that seals what they did.
create function guard_audit_entry() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('heed.audit_change', true), '') <> 'erasure' then
    raise exception 'the audit trail only grows: entry % cannot be changed', old.seq;
  end if;
  if (new.seq, new.id, new.at, new.action, new.contents_hash, new.previous_hash, new.hash)
    is distinct from (old.seq, old.id, old.at, old.action, old.contents_hash, old.previous_hash, old.hash) then
    raise exception 'an erasure changes only what entry % says of people', old.seq;
  end if;
  if (new.actor_id, new.subject, new.detail) is not distinct from (old.actor_id, old.subject, old.detail) then
    return new;
  end if;
  new.salt := replace(gen_random_uuid()::text, '-', '');
  insert into audit_log (id, action, subject, detail) values (gen_random_uuid(), 'audit-rewritten', 'audit:' || old.seq,
    jsonb_build_object('contents', audit_contents_hash(new.salt, new.actor_id, new.subject, new.detail)));
  return new;
end $$;

create function guard_audit_removal() returns trigger language plpgsql as $$
declare
  last record;
begin
  if not exists (select from gone) then return null; end if;
  if coalesce(current_setting('heed.audit_change', true), '') <> 'retention' then
    raise exception 'the audit trail only grows: entries cannot be removed';
  end if;
  select g.seq, g.hash into last from gone g order by g.seq desc limit 1;
  if exists (select from audit_log a where a.seq < last.seq) then
    raise exception 'only the oldest entries can go, without a gap';
  end if;
  insert into audit_log (id, action, subject, detail) values (gen_random_uuid(), 'audit-pruned', 'audit:' || last.seq,
    jsonb_build_object('through', last.seq, 'hash', last.hash, 'entries', (select count(*) from gone)));
  return null;
end $$;

create function refuse_audit_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail only grows: it cannot be emptied';
end $$;

create trigger audit_log_chain before insert on audit_log for each row execute function chain_audit_entry();
create trigger audit_log_guard before update on audit_log for each row execute function guard_audit_entry();
create trigger audit_log_removal after delete on audit_log referencing old table as gone
  for each statement execute function guard_audit_removal();
create trigger audit_log_truncate before truncate on audit_log for each statement execute function refuse_audit_truncate();
