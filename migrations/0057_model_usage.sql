-- What each person's questions cost at the model, per local day. Held tokens belong to questions that are being asked
-- right now (or whose process died): they count until the model has said what it really took.

create table model_usage (
  person_id uuid not null,
  day date not null,
  calls integer not null default 0,
  input_tokens bigint not null default 0,
  -- the part of the input that came from the cache
  cached_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  held_tokens bigint not null default 0,
  -- in the currency of the configured prices; null: there are none
  cost double precision,
  held_cost double precision not null default 0,
  primary key (person_id, day)
);
create index model_usage_day on model_usage (day);
