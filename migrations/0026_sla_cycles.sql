-- Clocks that are promised again and again, the rules they were counted by, and what a minute's tick looks at.
alter table sla_clock
  -- Hash of the SLA file the clock was counted by; a clock that has stopped keeps it when the file changes.
  add column rules_version text,
  -- The first of warn_at, urgent_at and due_at that lies ahead while the clock runs; null: time alone changes nothing.
  add column next_mark_at timestamptz,
  -- Of all cycles of the metric on the ticket, the one that used the largest share of its target.
  add column is_worst boolean not null default true,
  add column remaining_seconds integer generated always as (target_seconds - used_seconds) stored;

-- A first tick looks at every running clock that has passed a mark; then each has its next one.
update sla_clock set next_mark_at = coalesce(warn_at, due_at) where state = 'running';

create index sla_clock_next_mark on sla_clock (next_mark_at) where next_mark_at is not null;
create index sla_clock_open on sla_clock (ticket_id) where stopped_at is null;
-- Clocks that broke long ago and are still open would be read again and again by way of this one.
drop index sla_clock_warn;
create index sla_clock_warn on sla_clock (warn_at) where state = 'running';

-- What changed since the last run: new rows lie together, so ranges of pages are enough and cost an import nothing.
create index if not exists ticket_synced on ticket using brin (synced_at) with (pages_per_range = 32);
create index if not exists ticket_event_synced on ticket_event using brin (synced_at) with (pages_per_range = 32);
