import type { NullableTimestamp, Timestamp } from './column-types.ts';

/* What the analyser says of deals and partners; see `migrations/0034_pipeline.sql` and `0035_partner_ecosystem.sql`. */

interface PipelineForecastTable {
  id: string;
  currency: string;
  period_kind: 'month' | 'quarter';
  starts_on: string;
  ends_on: string;
  method: string;
  won_so_far: number;
  expected: number | null;
  low: number | null;
  high: number | null;
  backtests: number;
  mean_error: number | null;
  pipeline_expected: number | null;
  open_deals: number;
  stale_deals: number;
  note: string;
  computed_at: Timestamp;
}

interface DealSignalTable {
  opportunity_id: string;
  account_id: string | null;
  owner_id: string | null;
  amount: number | null;
  currency: string | null;
  day: string;
  age_days: number | null;
  stage_days: number | null;
  stale_after_days: number | null;
  is_stale: boolean;
  win_chance: number | null;
  touches_30d: number;
  last_touch_at: NullableTimestamp;
  contacts_engaged: number;
  is_untouched: boolean;
  computed_at: Timestamp;
}

interface StageSnapshotTable {
  id: string;
  day: string;
  stage: string;
  owner_id: string | null;
  currency: string | null;
  deals: number;
  amount: number | null;
  judged: number | null;
  advanced: number | null;
  won: number | null;
  lost: number | null;
  computed_at: Timestamp;
}

interface StageTimeTable {
  stage: string;
  place: number;
  entered: number;
  left_deals: number;
  advanced: number;
  won: number;
  lost: number;
  median_days: number | null;
  p90_days: number | null;
  computed_at: Timestamp;
}

interface WinRateEstimateTable {
  id: string;
  segment_kind: 'all' | 'rep' | 'product' | 'source';
  segment: string;
  person_id: string | null;
  product_id: string | null;
  decided_deals: number;
  won_deals: number;
  win_rate: number | null;
  estimated_win_rate: number | null;
  computed_at: Timestamp;
}

interface SalesVelocityTable {
  id: string;
  segment_kind: 'all' | 'rep' | 'product' | 'source';
  segment: string;
  person_id: string | null;
  product_id: string | null;
  currency: string;
  open_deals: number;
  open_amount: number;
  won_deals: number;
  won_amount: number;
  average_won: number | null;
  estimated_win_rate: number | null;
  cycle_days: number | null;
  velocity_per_day: number | null;
  quota: number | null;
  quota_won: number | null;
  quota_starts_on: string | null;
  computed_at: Timestamp;
}

interface PartnerResultTable {
  partner_id: string;
  opportunity_id: string;
  account_id: string | null;
  owner_id: string | null;
  part: 'sourced' | 'co_sell' | 'influenced';
  amount: number | null;
  currency: string | null;
  is_closed: boolean;
  is_won: boolean;
  close_date: string | null;
  last_activity_at: NullableTimestamp;
  computed_at: Timestamp;
}

interface PartnerHealthTable {
  partner_id: string;
  manager_id: string | null;
  score: number | null;
  band: string | null;
  coverage: number;
  results_score: number | null;
  pipeline_score: number | null;
  activity_score: number | null;
  enablement_score: number | null;
  won_deals: number;
  open_deals: number;
  joint_accounts: number;
  activities_90d: number;
  last_activity_at: NullableTimestamp;
  certification_days_left: number | null;
  enablement_stale: boolean;
  computed_at: Timestamp;
}

export interface PipelineTables {
  pipeline_forecast: PipelineForecastTable;
  deal_signal: DealSignalTable;
  stage_snapshot: StageSnapshotTable;
  stage_time: StageTimeTable;
  win_rate_estimate: WinRateEstimateTable;
  sales_velocity: SalesVelocityTable;
  partner_result: PartnerResultTable;
  partner_health: PartnerHealthTable;
}
