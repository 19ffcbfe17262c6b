-- When customers come, who comes again, and how many agents that takes. Rebuilt by the analyser.

create table service_hour (
  -- 0 is Monday 00:00 in the zone of the company, 167 Sunday 23:00
  hour_of_week integer primary key,
  -- 1 is Monday
  weekday integer not null,
  hour integer not null,
  weeks integer not null,
  incoming integer not null,
  incoming_per_hour double precision not null,
  -- conversations that began in the hour and were answered by a person, and how long they waited in all
  answered integer not null,
  wait_seconds double precision not null,
  is_peak boolean not null,
  agents_needed double precision not null,
  -- when the hour begins next
  next_at timestamptz not null,
  computed_at timestamptz not null
);

create table customer_first_contact (
  account_id uuid primary key,
  first_conversation_at timestamptz not null,
  conversations integer not null,
  computed_at timestamptz not null
);
create index customer_first_contact_at on customer_first_contact (first_conversation_at);

create table repeat_customer (
  -- ordered = bought, contacted = had a conversation
  kind text not null check (kind in ('ordered', 'contacted')),
  day date not null,
  window_days integer not null,
  -- in the window that ends with the day: with one or more, and with two or more
  customers integer not null,
  repeat_customers integer not null,
  computed_at timestamptz not null,
  primary key (kind, day)
);
