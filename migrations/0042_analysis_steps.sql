-- What each step of the analyser has seen, so that the next run looks only at what changed, and since when it fails.
create table analysis_step (
  step text primary key,
  settings_version text not null,
  -- Records stored before this moment (by the database's clock) were seen; null: never ended well.
  read_until timestamptz,
  -- The newest moment that the step spoke of when it ended well.
  as_of timestamptz,
  failing_since timestamptz,
  failures integer not null default 0,
  error text
);
