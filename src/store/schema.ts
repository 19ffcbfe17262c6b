import type { ColumnType, Generated } from 'kysely';

/**
 * The tables as Kysely sees them; `migrations/` is the truth and a test compares the two. Timestamps read as Date,
 * dates as `YYYY-MM-DD`, numeric and bigint as number (the pool's parsers do that on every engine).
 */
type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** Written as a JSON string (`toJson`), read as parsed JSON that must pass a zod schema before it is trusted. */
type Json = ColumnType<unknown, string, string>;

type DefaultTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;
type DefaultJson = ColumnType<unknown, string | undefined, string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type NullableJson = ColumnType<unknown, string | null | undefined, string | null>;

/** Columns that every imported record has. */
interface Imported {
  id: string;
  source: string;
  source_id: string;
  created_at: NullableTimestamp;
  updated_at: NullableTimestamp;
  synced_at: DefaultTimestamp;
  deleted_at: NullableTimestamp;
  raw: NullableJson;
}

interface TeamTable extends Imported {
  name: string;
  region: string | null;
  manager_id: string | null;
  channel: string | null;
}

interface PersonTable extends Imported {
  name: string;
  email: string | null;
  role: 'agent' | 'rep' | 'supervisor' | 'manager' | 'executive' | 'admin' | null;
  team_id: string | null;
  manager_id: string | null;
  region: string | null;
  title: string | null;
  active: Generated<boolean>;
  quota: number | null;
  currency: string | null;
  time_zone: string | null;
}

interface ChatIdentityTable {
  platform: 'slack' | 'teams';
  workspace_id: string;
  chat_user_id: string;
  person_id: string;
  linked_at: DefaultTimestamp;
}

interface AccountTable extends Imported {
  name: string;
  domain: string | null;
  industry: string | null;
  region: string | null;
  segment: string | null;
  tier: string | null;
  owner_id: string | null;
  lifecycle_stage: string | null;
  arr: number | null;
  revenue: number | null;
  employees: number | null;
  currency: string | null;
  parent_id: string | null;
}

interface ContactTable extends Imported {
  account_id: string | null;
  name: string;
  email: string | null;
  phone: string | null;
  role: string | null;
  opted_out: Generated<boolean>;
}

interface ProductTable extends Imported {
  sku: string | null;
  name: string;
  category: string | null;
  list_price: number | null;
  unit_cost: number | null;
  currency: string | null;
  active: Generated<boolean>;
}

interface OpportunityTable extends Imported {
  account_id: string | null;
  owner_id: string | null;
  product_id: string | null;
  name: string;
  stage: string;
  amount: number | null;
  currency: string | null;
  probability: number | null;
  forecast_category: string | null;
  opened_on: string | null;
  close_date: string | null;
  is_closed: Generated<boolean>;
  is_won: Generated<boolean>;
  type: string | null;
  lead_source: string | null;
  next_step: string | null;
  db_requirements: string | null;
}

interface OpportunityStageEventTable extends Imported {
  opportunity_id: string;
  from_stage: string | null;
  to_stage: string;
  amount: number | null;
  prev_amount: number | null;
  close_date: string | null;
  prev_close_date: string | null;
  at: Timestamp;
}

interface TicketTable extends Imported {
  number: string | null;
  account_id: string | null;
  contact_id: string | null;
  product_id: string | null;
  assignee_id: string | null;
  team_id: string | null;
  subject: string | null;
  status: 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';
  priority: 'urgent' | 'high' | 'normal' | 'low' | null;
  source_status: string | null;
  source_priority: string | null;
  type: string | null;
  channel: string | null;
  category: string | null;
  opened_at: Timestamp;
  first_replied_at: NullableTimestamp;
  solved_at: NullableTimestamp;
  closed_at: NullableTimestamp;
  reopens: Generated<number>;
  replies: Generated<number>;
  sentiment_score: number | null;
  escalated: Generated<boolean>;
  source_sla_met: boolean | null;
}

interface TicketEventTable extends Imported {
  ticket_id: string;
  actor_id: string | null;
  kind: string;
  field: string | null;
  old_value: string | null;
  new_value: string | null;
  public: boolean | null;
  at: Timestamp;
}

interface CustomerEscalationTable extends Imported {
  ce_number: string;
  account_id: string | null;
  ticket_id: string | null;
  owner_id: string | null;
  title: string;
  priority: 'urgent' | 'high' | 'normal' | 'low' | null;
  source_priority: string | null;
  category: string | null;
  status: 'open' | 'investigating' | 'mitigated' | 'monitoring' | 'resolved' | 'closed';
  source_status: string | null;
  issue: string | null;
  root_cause: string | null;
  technical_details: string | null;
  impact: string | null;
  action_plan: string | null;
  sentiment: string | null;
  sentiment_score: number | null;
  opened_at: Timestamp;
  resolved_at: NullableTimestamp;
  hot_shard: NullableJson;
}

interface UsageDailyTable extends Imported {
  account_id: string;
  day: string;
  api_calls: Generated<number>;
  logins: Generated<number>;
  active_users: number | null;
  seats_entitled: number | null;
  features_used: number | null;
  features_available: number | null;
}

interface IncidentTable extends Imported {
  account_id: string | null;
  severity: 'critical' | 'high' | 'medium' | 'low';
  status: 'open' | 'resolved';
  title: string | null;
  impact: string | null;
  started_at: Timestamp;
  resolved_at: NullableTimestamp;
}

interface SurveyResponseTable extends Imported {
  account_id: string | null;
  contact_id: string | null;
  ticket_id: string | null;
  kind: 'csat' | 'nps' | 'ces';
  score: number;
  comment: string | null;
  responded_at: Timestamp;
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
}

interface ImportStageTable {
  run_id: string;
  entity: string;
  ordinal: number;
  record_id: string;
  body: Json;
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
}

interface AuditLogTable {
  id: string;
  at: DefaultTimestamp;
  actor_id: string | null;
  action: string;
  subject: string;
  detail: DefaultJson;
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

export interface Schema {
  team: TeamTable;
  person: PersonTable;
  chat_identity: ChatIdentityTable;
  account: AccountTable;
  contact: ContactTable;
  product: ProductTable;
  opportunity: OpportunityTable;
  opportunity_stage_event: OpportunityStageEventTable;
  ticket: TicketTable;
  ticket_event: TicketEventTable;
  customer_escalation: CustomerEscalationTable;
  usage_daily: UsageDailyTable;
  incident: IncidentTable;
  survey_response: SurveyResponseTable;
  sync_run: SyncRunTable;
  sync_reject: SyncRejectTable;
  import_stage: ImportStageTable;
  sla_clock: SlaClockTable;
  health_score: HealthScoreTable;
  anomaly: AnomalyTable;
  finding: FindingTable;
  analysis_run: AnalysisRunTable;
  alert: AlertTable;
  alert_event: AlertEventTable;
  outbox: OutboxTable;
  conversation_pace: ConversationPaceTable;
  inbox: InboxTable;
  answer: AnswerTable;
  audit_log: AuditLogTable;
  job_tick: JobTickTable;
  job_lease: JobLeaseTable;
}
