-- The second wall around rows: questions run as the role heed_asker, which reads only, and only rows whose policy lets the
-- person of the transaction's settings see them. Policies are made from the catalogue when the service opens the
-- database; here is what that needs. The role belongs to the whole server, everything else to this database.

create table asker_wall (
  only_row boolean primary key default true check (only_row),
  -- hash of the policies that are in force; null: none are
  version text,
  -- why there is no wall, in words
  problem text,
  -- tables that questions may name and that policies cannot be made for, for example because somebody else owns them
  uncovered text[] not null default '{}',
  raised_at timestamptz
);
insert into asker_wall default values;

-- Makes the role if it is missing and sees to it that this user may act as it. Null when all is well, else what is in
-- the way: on many servers only an administrator makes roles.
create function prepare_asker_role() returns text language plpgsql as $$
begin
  if not exists (select from pg_roles where rolname = 'heed_asker') then
    begin
      create role heed_asker nologin;
    exception
      -- Another database of this server made it at the same moment.
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then
        return 'the database role heed_asker is missing and the database user may not make it';
    end;
  end if;
  for attempt in 1..2 loop
    begin
      perform set_config('role', 'heed_asker', true);
      -- Leaves the block the way it came: acting as the role was only a try.
      raise exception using errcode = 'HD001';
    exception
      when sqlstate 'HD001' then return null;
      when insufficient_privilege then
        begin
          execute format('grant heed_asker to %I', session_user);
        exception when insufficient_privilege then
          return 'the database user may not act as the role heed_asker';
        end;
    end;
  end loop;
  return 'the database user may not act as the role heed_asker';
end $$;

-- Takes policies and views away, for example before columns change that they rest on.
create function lower_asker_wall() returns void language plpgsql as $$
declare
  fenced record;
begin
  for fenced in
    select distinct schemaname, tablename from pg_policies where policyname = 'heed_asker_rows'
  loop
    execute format('drop policy heed_asker_rows on %I.%I', fenced.schemaname, fenced.tablename);
    execute format('drop policy if exists heed_other_users on %I.%I', fenced.schemaname, fenced.tablename);
    execute format('alter table %I.%I disable row level security', fenced.schemaname, fenced.tablename);
    if exists (select from pg_roles where rolname = 'heed_asker') then
      execute format('revoke all on %I.%I from heed_asker', fenced.schemaname, fenced.tablename);
    end if;
  end loop;
  drop schema if exists heed_joined cascade;
  update asker_wall set version = null, problem = null, uncovered = '{}', raised_at = null;
end $$;
