-- Values of the catalogue's metrics per hour, day and week, kept so that history need not be counted again, and so that
-- states ("open tickets") have a history at all. One row per metric, segment, grain, bucket, value of the segment and
-- currency: the id is made of them.
create table metric_history (
  id uuid primary key,
  metric text not null,
  -- dimension that the rows are cut by; empty: all rows together. `@recorded` marks that a state was looked at
  segment text not null,
  grain text not null check (grain in ('hour', 'day', 'week')),
  -- first instant of the bucket in the company's zone
  bucket_start timestamptz not null,
  segment_value text,
  currency text,
  value numeric,
  rows_read bigint not null
);
create index metric_history_bucket on metric_history (metric, segment, grain, bucket_start);

-- What is kept of each metric, and what of its records was seen.
create table metric_history_state (
  metric text primary key,
  -- hash of everything the values depend on: when the metric changes, its history is made anew
  definition text not null,
  segments jsonb not null,
  zone text not null,
  -- first local day that each grain is kept from
  hour_from date not null,
  day_from date not null,
  week_from date not null,
  -- records stored before this moment, by the database's clock, are in the values
  read_until timestamptz not null,
  -- the moment the newest values speak of
  as_of timestamptz not null
);

-- Where records were before their time moved or they were removed: those old buckets must be counted again.
create table moved_record (
  id uuid primary key default gen_random_uuid(),
  table_name text not null,
  column_name text not null,
  was text not null,
  noted_at timestamptz not null default now()
);
create index moved_record_noted on moved_record (noted_at);

create function note_moved_record() returns trigger language plpgsql as $$
declare
  was jsonb := to_jsonb(old);
  becomes jsonb := case when tg_op = 'UPDATE' then to_jsonb(new) else '{}'::jsonb end;
  field text;
begin
  foreach field in array tg_argv loop
    if was ->> field is not null and was ->> field is distinct from becomes ->> field then
      insert into moved_record (table_name, column_name, was) values (tg_table_name, field, was ->> field);
    end if;
  end loop;
  return null;
end $$;

create trigger ticket_moved after update on ticket for each row
  when (old.opened_at is distinct from new.opened_at or old.first_replied_at is distinct from new.first_replied_at or old.solved_at is distinct from new.solved_at)
  execute function note_moved_record('opened_at', 'first_replied_at', 'solved_at');
create trigger ticket_removed after delete on ticket for each row when (old.deleted_at is null)
  execute function note_moved_record('opened_at', 'first_replied_at', 'solved_at');
create trigger customer_escalation_moved after update on customer_escalation for each row
  when (old.opened_at is distinct from new.opened_at or old.resolved_at is distinct from new.resolved_at)
  execute function note_moved_record('opened_at', 'resolved_at');
create trigger customer_escalation_removed after delete on customer_escalation for each row when (old.deleted_at is null)
  execute function note_moved_record('opened_at', 'resolved_at');
create trigger opportunity_moved after update on opportunity for each row
  when (old.opened_on is distinct from new.opened_on or old.close_date is distinct from new.close_date)
  execute function note_moved_record('opened_on', 'close_date');
create trigger opportunity_removed after delete on opportunity for each row when (old.deleted_at is null)
  execute function note_moved_record('opened_on', 'close_date');
create trigger sla_clock_moved after update on sla_clock for each row
  when (old.started_at is distinct from new.started_at or old.breached_at is distinct from new.breached_at)
  execute function note_moved_record('started_at', 'breached_at');
create trigger sla_clock_removed after delete on sla_clock for each row
  execute function note_moved_record('started_at', 'breached_at');
create trigger incident_moved after update on incident for each row
  when (old.started_at is distinct from new.started_at)
  execute function note_moved_record('started_at');
create trigger incident_removed after delete on incident for each row when (old.deleted_at is null)
  execute function note_moved_record('started_at');
create trigger survey_response_moved after update on survey_response for each row
  when (old.responded_at is distinct from new.responded_at)
  execute function note_moved_record('responded_at');
create trigger survey_response_removed after delete on survey_response for each row when (old.deleted_at is null)
  execute function note_moved_record('responded_at');
create trigger usage_daily_moved after update on usage_daily for each row
  when (old.day is distinct from new.day)
  execute function note_moved_record('day');
create trigger usage_daily_removed after delete on usage_daily for each row when (old.deleted_at is null)
  execute function note_moved_record('day');
create trigger conversation_moved after update on conversation for each row
  when (old.opened_at is distinct from new.opened_at)
  execute function note_moved_record('opened_at');
create trigger conversation_removed after delete on conversation for each row when (old.deleted_at is null)
  execute function note_moved_record('opened_at');
create trigger message_moved after update on message for each row
  when (old.at is distinct from new.at)
  execute function note_moved_record('at');
create trigger message_removed after delete on message for each row when (old.deleted_at is null)
  execute function note_moved_record('at');
create trigger bot_event_moved after update on bot_event for each row
  when (old.at is distinct from new.at)
  execute function note_moved_record('at');
create trigger bot_event_removed after delete on bot_event for each row when (old.deleted_at is null)
  execute function note_moved_record('at');
create trigger lead_moved after update on lead for each row
  when (old.opened_at is distinct from new.opened_at or old.converted_at is distinct from new.converted_at)
  execute function note_moved_record('opened_at', 'converted_at');
create trigger lead_removed after delete on lead for each row when (old.deleted_at is null)
  execute function note_moved_record('opened_at', 'converted_at');
create trigger sales_transaction_moved after update on sales_transaction for each row
  when (old.sold_at is distinct from new.sold_at)
  execute function note_moved_record('sold_at');
create trigger sales_transaction_removed after delete on sales_transaction for each row when (old.deleted_at is null)
  execute function note_moved_record('sold_at');
create trigger mrr_movement_moved after update on mrr_movement for each row
  when (old.moved_on is distinct from new.moved_on)
  execute function note_moved_record('moved_on');
create trigger mrr_movement_removed after delete on mrr_movement for each row when (old.deleted_at is null)
  execute function note_moved_record('moved_on');
create trigger subscription_moved after update on subscription for each row
  when (old.cancelled_on is distinct from new.cancelled_on)
  execute function note_moved_record('cancelled_on');
create trigger subscription_removed after delete on subscription for each row when (old.deleted_at is null)
  execute function note_moved_record('cancelled_on');
create trigger activity_moved after update on activity for each row
  when (old.at is distinct from new.at)
  execute function note_moved_record('at');
create trigger activity_removed after delete on activity for each row when (old.deleted_at is null)
  execute function note_moved_record('at');

-- What changed since is looked for at every run and at every answer from history.
create index if not exists ticket_synced on ticket (synced_at);
create index if not exists customer_escalation_synced on customer_escalation (synced_at);
create index if not exists opportunity_synced on opportunity (synced_at);
create index if not exists sla_clock_synced on sla_clock (computed_at);
create index if not exists incident_synced on incident (synced_at);
create index if not exists survey_response_synced on survey_response (synced_at);
create index if not exists usage_daily_synced on usage_daily (synced_at);
create index if not exists conversation_synced on conversation (synced_at);
create index if not exists message_synced on message (synced_at);
create index if not exists bot_event_synced on bot_event (synced_at);
create index if not exists lead_synced on lead (synced_at);
create index if not exists sales_transaction_synced on sales_transaction (synced_at);
create index if not exists mrr_movement_synced on mrr_movement (synced_at);
create index if not exists subscription_synced on subscription (synced_at);
create index if not exists activity_synced on activity (synced_at);
