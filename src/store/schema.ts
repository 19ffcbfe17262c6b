import type { Generated } from 'kysely';
import type {
  DefaultJson,
  DefaultTimestamp,
  Json,
  NullableJson,
  NullableTimestamp,
  Timestamp,
} from './column-types.ts';
import type { PipelineTables } from './pipeline-tables.ts';
import type { RecordTables } from './record-tables.ts';

/*
 * The tables as Kysely sees them; `migrations/` is the truth and a test compares the two. Timestamps read as Date,
 * dates as `YYYY-MM-DD`, numeric and bigint as number (the pool's parsers do that on every engine).
 */

interface ChatIdentityTable {
  platform: 'slack' | 'teams';
  workspace_id: string;
  chat_user_id: string;
  person_id: string;
  linked_at: DefaultTimestamp;
}

interface SyncRunTable {
  id: string;
  source: string;
  origin: string;
  state: 'running' | 'done' | 'failed';
  started_at: Timestamp;
  finished_at: NullableTimestamp;
  rows_read: Generated<number>;
  rows_stored: Generated<number>;
  rows_unchanged: Generated<number>;
  rows_rejected: Generated<number>;
  report: DefaultJson;
}

interface SyncRejectTable {
  run_id: string;
  ordinal: number;
  file: string;
  line: number | null;
  field: string | null;
  reason: string;
  value: string | null;
  fix: string | null;
}

interface SyncCursorTable {
  source: string;
  stream: string;
  cursor: Json;
  rows_stored: Generated<number>;
  updated_at: Timestamp;
  complete_at: NullableTimestamp;
}

interface SlaClockTable {
  id: string;
  ticket_id: string;
  account_id: string | null;
  assignee_id: string | null;
  team_id: string | null;
  metric: 'first_response' | 'next_response' | 'update' | 'resolution';
  cycle: Generated<number>;
  policy: string;
  calendar: string;
  calendar_version: string;
  priority: string | null;
  target_seconds: number;
  started_at: Timestamp;
  warn_at: NullableTimestamp;
  urgent_at: NullableTimestamp;
  due_at: NullableTimestamp;
  state: 'running' | 'paused' | 'met' | 'breached' | 'cancelled';
  stopped_at: NullableTimestamp;
  breached_at: NullableTimestamp;
  used_seconds: number;
  computed_at: Timestamp;
  rules_version: string | null;
  next_mark_at: NullableTimestamp;
  is_worst: Generated<boolean>;
  /** Generated from the two others, so nobody writes it. */
  remaining_seconds: number | null;
}

interface TicketTimeTable {
  ticket_id: string;
  account_id: string | null;
  assignee_id: string | null;
  team_id: string | null;
  opened_at: Timestamp;
  stopped_at: NullableTimestamp;
  requester_wait_seconds: number;
  requester_wait_business_seconds: number | null;
  agent_work_seconds: number;
  agent_work_business_seconds: number | null;
  calendar: string | null;
  calendar_version: string | null;
  rules_version: string;
  computed_at: Timestamp;
}

interface HealthScoreTable {
  account_id: string;
  profile: string;
  day: string;
  computed_at: Timestamp;
  score: number | null;
  band: string | null;
  coverage: number;
  components: Json;
}

interface ChurnModelTable {
  id: string;
  created_at: Timestamp;
  stage: string;
  state: string;
  events: number;
  row_count: number;
  settings_version: string;
  model: Json;
}

interface ChurnSnapshotTable {
  account_id: string;
  day: string;
  index_logit: number | null;
  features: Json;
}

interface ChurnScoreTable {
  account_id: string;
  day: string;
  computed_at: Timestamp;
  model_id: string;
  state: string;
  probability: number;
  risk_index: number;
  risk_band: 'low' | 'medium' | 'high' | 'critical';
  priority: 'low' | 'medium' | 'high' | 'critical';
  health: number | null;
  support_risk: number | null;
  arr: number | null;
  currency: string | null;
  change_30d: number | null;
  top_driver: string | null;
  logit: number;
  base: number;
  contributions: Json;
}

interface ChurnedCustomerTable {
  account_id: string;
  left_on: string;
  since: string | null;
  computed_at: Timestamp;
}

interface ChurnMonthTable {
  id: string;
  month: string;
  kind: 'actual' | 'running' | 'forecast';
  computed_at: Timestamp;
  customers: number | null;
  lost: number | null;
  rate: number | null;
  rolling_rate: number | null;
  lower_rate: number | null;
  upper_rate: number | null;
  note: string | null;
}

interface AgentWorkloadTable {
  person_id: string;
  day: string;
  team_id: string | null;
  open_tickets: number;
  open_conversations: number;
  weighted_work: number;
  team_median: number | null;
  state: 'balanced' | 'overloaded' | 'underutilised' | 'unjudged';
  computed_at: Timestamp;
}

interface ModelUsageTable {
  person_id: string;
  day: string;
  calls: Generated<number>;
  input_tokens: Generated<number>;
  cached_tokens: Generated<number>;
  output_tokens: Generated<number>;
  held_tokens: Generated<number>;
  cost: number | null;
  held_cost: Generated<number>;
}

interface AgentDayTable {
  person_id: string;
  day: string;
  active_seconds: number;
  idle_seconds: number;
  away_seconds: number;
  computed_at: Timestamp;
}

interface ServiceHourTable {
  hour_of_week: number;
  weekday: number;
  hour: number;
  weeks: number;
  incoming: number;
  incoming_per_hour: number;
  answered: number;
  wait_seconds: number;
  is_peak: boolean;
  agents_needed: number;
  next_at: Timestamp;
  computed_at: Timestamp;
}

interface CustomerFirstContactTable {
  account_id: string;
  first_conversation_at: Timestamp;
  conversations: number;
  computed_at: Timestamp;
}

interface RepeatCustomerTable {
  kind: 'ordered' | 'contacted';
  day: string;
  window_days: number;
  customers: number;
  repeat_customers: number;
  computed_at: Timestamp;
}

interface AnomalyTable {
  id: string;
  series: string;
  segment: Generated<string>;
  grain: string;
  bucket_start: Timestamp;
  observed: number;
  expected: number;
  lower_bound: number;
  upper_bound: number;
  score: number;
  direction: 'above' | 'below';
  detected_at: Timestamp;
  label: Generated<string>;
  segment_label: Generated<string>;
  usual: Generated<string>;
  opens_episode: Generated<boolean>;
}

interface SeriesHistoryTable {
  series: string;
  settings_version: string;
  counted_from: Timestamp;
  counted_at: Timestamp;
  buckets: Json;
}

interface ShareOutlierTable {
  account_id: string;
  measure: 'negative_tickets' | 'sla_breaches';
  cases: number;
  hits: number;
  share: number;
  lower_bound: number;
  portfolio_share: number;
  p_value: number;
  q_value: number;
  since: Timestamp;
  computed_at: Timestamp;
}

interface FindingTable {
  id: string;
  kind: string;
  subject_kind: string;
  subject_id: string;
  subject_label: string;
  account_id: string | null;
  owner_id: string | null;
  team_id: string | null;
  value: number;
  observed_at: Timestamp;
  facts: Json;
  evidence: Json;
  chart: NullableJson;
  run_id: string;
  computed_at: Timestamp;
}

interface AnalysisRunTable {
  id: string;
  started_at: Timestamp;
  finished_at: NullableTimestamp;
  state: 'running' | 'done' | 'failed';
  as_of: Timestamp;
  report: DefaultJson;
}

interface AnalysisStepTable {
  step: string;
  settings_version: string;
  read_until: NullableTimestamp;
  as_of: NullableTimestamp;
  failing_since: NullableTimestamp;
  failures: Generated<number>;
  error: string | null;
}

interface ProductPairTable {
  product_id: string;
  other_id: string;
  baskets: number;
  other_baskets: number;
  pair_baskets: number;
  all_baskets: number;
  confidence: number;
  lift: number;
  since: string;
  as_of: Timestamp;
}

interface CrossSellTable {
  account_id: string;
  product_id: string;
  because_id: string;
  confidence: number;
  pair_baskets: number;
  score: number;
  position: number;
  as_of: Timestamp;
}

interface AccountValueTable {
  id: string;
  account_id: string;
  currency: string | null;
  is_main: boolean;
  became_customer_on: string | null;
  sales_amount: number;
  costed_amount: number;
  sales_cost: number;
  sales_margin: number;
  recurring_amount: number;
  mrr: number;
  margin_to_date: number;
  expected_margin: number | null;
  lifetime_value: number | null;
  lifetime_value_low: number | null;
  lifetime_value_high: number | null;
  monthly_margin: number;
  is_active: boolean;
  orders_in_window: number;
  how: string;
  as_of: Timestamp;
}

interface UnitEconomicsTable {
  id: string;
  currency: string | null;
  day: string;
  window_days: number;
  customers: number;
  active_customers: number;
  average_lifetime_value: number | null;
  monthly_margin: number | null;
  monthly_churn_rate: number | null;
  new_customers: number;
  acquisition_cost: number | null;
  acquisition_cost_per_customer: number | null;
  lifetime_value_ratio: number | null;
  payback_months: number | null;
  how: string;
}

interface MrrMonthTable {
  id: string;
  month: string;
  currency: string | null;
  opening: number;
  new: number;
  expansion: number;
  contraction: number;
  churn: number;
  reactivation: number;
  closing: number;
  growth: number | null;
  net_retention: number | null;
}

interface ProductMonthTable {
  id: string;
  product_id: string;
  month: string;
  currency: string | null;
  lines: number;
  orders: number;
  buyers: number;
  units: number;
  amount: number;
  costed_amount: number;
  cost: number;
  margin: number;
}

interface BuyerCohortTable {
  month: string;
  buyers: number;
  buyers_90: number | null;
  repeat_90: number | null;
  buyers_365: number | null;
  repeat_365: number | null;
}

interface TrendTable {
  id: string;
  series: string;
  label: string;
  product_id: string | null;
  currency: string | null;
  comparison: 'month_to_date' | 'full_month';
  from_day: string;
  to_day: string;
  before_from_day: string;
  before_to_day: string;
  count: number;
  count_before: number;
  expected: number;
  change: number | null;
  score: number;
  dispersion: number;
  amount: number | null;
  amount_before: number | null;
  amount_change: number | null;
  amount_change_low: number | null;
  amount_change_high: number | null;
  verdict: 'up' | 'down' | 'steady' | 'too_few';
  sentence: string;
  as_of: Timestamp;
}

interface AlertTable {
  id: string;
  rule_id: string;
  fingerprint: string;
  state: 'pending' | 'firing' | 'recovering' | 'resolved';
  severity: 'critical' | 'high' | 'medium' | 'low';
  subject_kind: string;
  subject_id: string;
  subject_label: string;
  account_id: string | null;
  owner_id: string | null;
  team_id: string | null;
  labels: Json;
  value: number;
  snapshot: Json;
  pending_at: Timestamp;
  fired_at: NullableTimestamp;
  recovering_at: NullableTimestamp;
  resolved_at: NullableTimestamp;
  resolve_reason: string | null;
  last_seen_at: Timestamp;
  misses: Generated<number>;
  acknowledged_at: NullableTimestamp;
  acknowledged_by: string | null;
  assigned_to: string | null;
  silenced_until: NullableTimestamp;
  silenced_by: string | null;
  version: Generated<number>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

interface AlertEventTable {
  id: string;
  alert_id: string;
  at: Timestamp;
  kind: string;
  actor_id: string | null;
  reason: string;
  detail: DefaultJson;
}

interface OutboxTable {
  id: string;
  dedupe_key: string;
  platform: string;
  conversation: string;
  thread_id: string | null;
  parent_id: string | null;
  lane: 'answer' | 'alert' | 'digest';
  alert_id: string | null;
  body: Json;
  wanted_revision: Generated<number>;
  sent_revision: Generated<number>;
  state: 'new' | 'sending' | 'sent' | 'waiting' | 'unclear' | 'dead';
  attempts: Generated<number>;
  not_before: DefaultTimestamp;
  lease_until: NullableTimestamp;
  lease_token: string | null;
  first_try_at: NullableTimestamp;
  channel_id: string | null;
  message_id: string | null;
  images: DefaultJson;
  plain_text: Generated<boolean>;
  error: string | null;
  created_at: DefaultTimestamp;
  posted_at: NullableTimestamp;
  updated_at: DefaultTimestamp;
}

interface ConversationPaceTable {
  platform: string;
  conversation: string;
  next_at: Timestamp;
}

interface InboxTable {
  key: string;
  kind: string;
  received_at: DefaultTimestamp;
  handled_at: NullableTimestamp;
  body: Json;
}

interface AnswerTable {
  id: string;
  asked_at: Timestamp;
  person_id: string | null;
  platform: string | null;
  conversation: string | null;
  thread_id: string | null;
  question: string;
  outcome: string;
  planner: string | null;
  plan: NullableJson;
  sql_text: string | null;
  sql_parameters: NullableJson;
  provenance: NullableJson;
  row_count: number | null;
  reason: string | null;
  latency_ms: number | null;
  helpful: boolean | null;
  feedback_reason: string | null;
  /** Order in which answers were stored. */
  position: Generated<number>;
  data_version: string | null;
  prompt_version: string | null;
  parent_id: string | null;
  result: NullableJson;
}

interface FeedbackTable {
  answer_id: string;
  person_id: string;
  at: Timestamp;
  helpful: boolean;
  reason: 'wrong-number' | 'misunderstood' | 'too-slow' | 'other' | null;
  comment: string | null;
}

interface OwnAlertTable {
  id: string;
  person_id: string;
  answer_id: string | null;
  question: string;
  plan: Json;
  op: 'gt' | 'gte' | 'lt' | 'lte';
  threshold: number;
  every_minutes: number;
  matched: DefaultJson;
  episode: Generated<number>;
  next_at: Timestamp;
  checked_at: NullableTimestamp;
  failed: string | null;
  created_at: Timestamp;
}

interface SavedQuestionTable {
  id: string;
  person_id: string;
  name: string;
  question: string;
  plan: Json;
  created_at: Timestamp;
}

interface OutboxFileTable {
  id: string;
  outbox_id: string;
  content: Uint8Array;
  created_at: DefaultTimestamp;
}

interface AskerWallTable {
  only_row: Generated<boolean>;
  version: string | null;
  problem: string | null;
  uncovered: Generated<string[]>;
  raised_at: NullableTimestamp;
}

interface AuditLogTable {
  id: string;
  at: DefaultTimestamp;
  actor_id: string | null;
  action: string;
  subject: string;
  detail: DefaultJson;
  /** From here on filled by the database, whatever an insert says. */
  seq: Generated<number>;
  salt: Generated<string | null>;
  contents_hash: Generated<string>;
  previous_hash: Generated<string>;
  hash: Generated<string>;
}

interface AuditHeadTable {
  only_row: Generated<boolean>;
  last_seq: number;
  last_hash: string;
}

interface JobTickTable {
  job: string;
  slot: Timestamp;
  claimed_by: string;
  claimed_at: DefaultTimestamp;
  finished_at: NullableTimestamp;
  outcome: string | null;
  detail: NullableJson;
}

interface JobLeaseTable {
  name: string;
  holder: string;
  token: number;
  expires_at: Timestamp;
}

interface PrivacyKeyTable {
  id: number;
  key: string;
  created_at: DefaultTimestamp;
}

interface ErasureTable {
  id: string;
  kind: 'person' | 'account';
  state: 'running' | 'done';
  step: string;
  progress: DefaultJson;
  subject: NullableJson;
  pseudonym: string;
  counts: DefaultJson;
  started_at: Timestamp;
  finished_at: NullableTimestamp;
}

interface SuppressionTable {
  hash: string;
  kind: 'id' | 'email' | 'phone' | 'name';
  bucket: number;
  words: Generated<number>;
  replacement_id: string | null;
  pseudonym: string;
  erasure_id: string;
}

interface IngestRequestTable {
  source: string;
  idempotency_key: string;
  request_hash: string;
  signature: string;
  kind: string;
  status: number;
  answer: string;
  received_at: Timestamp;
  touched: NullableJson;
}

interface FindingGuardTable {
  kind: string;
  run_id: string | null;
  locked_at: Timestamp;
}

interface FindingGoneTable {
  kind: string;
  subject_id: string;
  observed_at: Timestamp;
}

interface SimulationStepTable {
  id: string;
  kind: 'pulse' | 'outage';
  account_id: string | null;
  number: number;
  at: Timestamp;
}

interface SimulationOriginalTable {
  id: string;
  account_id: string;
  original: Json;
}

interface MetricHistoryTable {
  id: string;
  metric: string;
  segment: string;
  grain: 'hour' | 'day' | 'week';
  bucket_start: Timestamp;
  segment_value: string | null;
  currency: string | null;
  value: number | null;
  rows_read: number;
}

interface MetricHistoryStateTable {
  metric: string;
  definition: string;
  segments: Json;
  zone: string;
  hour_from: string;
  day_from: string;
  week_from: string;
  read_until: Timestamp;
  as_of: Timestamp;
}

interface MovedRecordTable {
  id: Generated<string>;
  table_name: string;
  column_name: string;
  was: string;
  noted_at: DefaultTimestamp;
}

interface InsightTable {
  id: string;
  kind: string;
  rule_id: string;
  subject_kind: string;
  subject_id: string;
  subject_label: string;
  account_id: string | null;
  owner_id: string | null;
  team_id: string | null;
  title: string;
  sentence: string;
  importance: number;
  value: number;
  evidence: Json;
  first_seen_at: Timestamp;
  last_seen_at: Timestamp;
  ended_at: NullableTimestamp;
}

interface ActivityEventTable {
  id: string;
  kind: string;
  at: Timestamp;
  subject_kind: string;
  subject_id: string;
  headline: string;
  account_id: string | null;
  owner_id: string | null;
  rep_id: string | null;
  lead_id: string | null;
  team_id: string | null;
}

interface AccountStageTable {
  account_id: string;
  stage: string;
  seen_at: Timestamp;
}

/** Every table: those of the imported records and Heed's own. */
interface TextScoreTable {
  id: string;
  kind: 'ticket' | 'customer_escalation' | 'survey_response';
  ticket_id: string | null;
  account_id: string | null;
  owner_id: string | null;
  team_id: string | null;
  said_at: Timestamp;
  sentiment: number | null;
  tone: 'negative' | 'neutral' | 'positive' | 'not scored';
  sentiment_source: 'survey' | 'source' | 'model' | 'lexicon' | null;
  sentiment_version: string | null;
  topic: string | null;
  second_topic: string | null;
  third_topic: string | null;
  topic_source: 'source' | 'model' | 'keywords' | null;
  topic_version: string | null;
  is_topic_sure: Generated<boolean>;
  computed_at: Timestamp;
}

interface TextModelTable {
  id: string;
  kind: 'tone' | 'topic';
  version: string;
  trained_at: Timestamp;
  labels: number;
  is_adopted: boolean;
  trial: Json;
  topics: DefaultJson;
  model: NullableJson;
}

interface FaqCandidateTable {
  id: string;
  ticket_id: string;
  question: string;
  topic: string | null;
  tickets: number;
  accounts: number;
  answered: number;
  first_asked_at: Timestamp;
  last_asked_at: Timestamp;
  examples: Json;
  answered_ticket_id: string | null;
  computed_at: Timestamp;
}

interface HotShardTable {
  id: string;
  cluster: string | null;
  table_name: string | null;
  shard: string | null;
  skew_ratio: number | null;
  computed_at: Timestamp;
}

interface EscalationPatternTable {
  id: string;
  dimension: 'account' | 'category' | 'weekday';
  label: string;
  account_id: string | null;
  escalations: number;
  expected: number;
  ratio: number;
  chance: number;
  is_notable: boolean;
  days: number;
  computed_at: Timestamp;
}

export interface Schema extends RecordTables, PipelineTables {
  chat_identity: ChatIdentityTable;
  sync_run: SyncRunTable;
  sync_reject: SyncRejectTable;
  sync_cursor: SyncCursorTable;
  sla_clock: SlaClockTable;
  ticket_time: TicketTimeTable;
  health_score: HealthScoreTable;
  churn_model: ChurnModelTable;
  churn_snapshot: ChurnSnapshotTable;
  churn_score: ChurnScoreTable;
  churn_month: ChurnMonthTable;
  churned_customer: ChurnedCustomerTable;
  agent_workload: AgentWorkloadTable;
  agent_day: AgentDayTable;
  model_usage: ModelUsageTable;
  service_hour: ServiceHourTable;
  customer_first_contact: CustomerFirstContactTable;
  repeat_customer: RepeatCustomerTable;
  anomaly: AnomalyTable;
  series_history: SeriesHistoryTable;
  share_outlier: ShareOutlierTable;
  finding: FindingTable;
  analysis_run: AnalysisRunTable;
  analysis_step: AnalysisStepTable;
  product_pair: ProductPairTable;
  cross_sell: CrossSellTable;
  account_value: AccountValueTable;
  unit_economics: UnitEconomicsTable;
  mrr_month: MrrMonthTable;
  product_month: ProductMonthTable;
  buyer_cohort: BuyerCohortTable;
  trend: TrendTable;
  alert: AlertTable;
  alert_event: AlertEventTable;
  outbox: OutboxTable;
  conversation_pace: ConversationPaceTable;
  inbox: InboxTable;
  answer: AnswerTable;
  asker_wall: AskerWallTable;
  feedback: FeedbackTable;
  outbox_file: OutboxFileTable;
  own_alert: OwnAlertTable;
  saved_question: SavedQuestionTable;
  audit_log: AuditLogTable;
  audit_head: AuditHeadTable;
  job_tick: JobTickTable;
  job_lease: JobLeaseTable;
  privacy_key: PrivacyKeyTable;
  erasure: ErasureTable;
  suppression: SuppressionTable;
  ingest_request: IngestRequestTable;
  finding_guard: FindingGuardTable;
  finding_gone: FindingGoneTable;
  simulation_step: SimulationStepTable;
  simulation_original: SimulationOriginalTable;
  metric_history: MetricHistoryTable;
  metric_history_state: MetricHistoryStateTable;
  moved_record: MovedRecordTable;
  insight: InsightTable;
  activity_event: ActivityEventTable;
  account_stage: AccountStageTable;
  text_score: TextScoreTable;
  text_model: TextModelTable;
  faq_candidate: FaqCandidateTable;
  hot_shard: HotShardTable;
  escalation_pattern: EscalationPatternTable;
}
