-- Anomalies of any series, in the words people read, and the counted past that series are held against.

alter table anomaly add column label text not null default '';
alter table anomaly add column segment_label text not null default '';
-- the expected interval in words: usual for Tuesday 14:00: 18-31
alter table anomaly add column usual text not null default '';
-- false: it goes on from an anomaly less than a day before
alter table anomaly add column opens_episode boolean not null default true;
create index anomaly_bucket_start on anomaly (bucket_start);

-- Rows per bucket and segment as they were counted last, so that a run counts only the newest buckets anew.
create table series_history (
  series text primary key,
  settings_version text not null,
  counted_from timestamptz not null,
  counted_at timestamptz not null,
  buckets jsonb not null
);
