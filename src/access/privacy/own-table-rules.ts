import {
  all,
  by,
  freeText,
  lookedAfterBy,
  never,
  personal,
  reference,
  type TableRule,
} from './column-rule.ts';

const closedWords = never('one of a closed list of words');
const program = never('a word of the program or of the catalogue');
const config = never('the name of a source or stream, from the configuration');
const builtFromIds = never('built from ids and catalogue names');
const hash = never('a hash');
const currency = never('the code of a currency');
const built = never('numbers and words of the program');
const process = never('names a process: host and number');

/** Rules of the tables that are Heed's own. */
export const ownTableRules: Readonly<Record<string, TableRule>> = {
  chat_identity: {
    key: ['platform', 'workspace_id', 'chat_user_id'],
    belongsBy: by('person_id'),
    // Rows of an erased person are deleted.
    columns: { platform: closedWords, workspace_id: never('names a workspace'), chat_user_id: reference },
  },
  sync_run: {
    key: ['id'],
    belongsBy: [],
    columns: { source: config, origin: freeText, state: closedWords, report: freeText },
  },
  sync_reject: {
    key: ['run_id', 'ordinal'],
    belongsBy: [],
    columns: all(freeText, 'file', 'field', 'reason', 'value', 'fix'),
  },
  sync_cursor: {
    key: ['source', 'stream'],
    belongsBy: [],
    columns: {
      ...all(config, 'source', 'stream'),
      cursor: never('a place in a stream: a time, a number or a page'),
    },
  },
  sla_clock: {
    key: ['id'],
    belongsBy: lookedAfterBy('assignee_id'),
    columns: {
      ...all(program, 'metric', 'policy', 'calendar', 'calendar_version', 'priority', 'state'),
      rules_version: hash,
    },
  },
  ticket_time: {
    key: ['ticket_id'],
    belongsBy: lookedAfterBy('assignee_id'),
    columns: { ...all(program, 'calendar', 'calendar_version'), rules_version: hash },
  },
  health_score: {
    key: ['account_id', 'profile', 'day'],
    belongsBy: [],
    columns: { ...all(program, 'profile', 'band'), components: freeText },
  },
  churn_model: {
    key: ['id'],
    belongsBy: [],
    columns: {
      ...all(program, 'stage', 'state'),
      settings_version: hash,
      model: never('numbers and feature names'),
    },
  },
  churn_snapshot: {
    key: ['account_id', 'day'],
    belongsBy: [],
    columns: { features: never('numbers by the name of a feature') },
  },
  churn_score: {
    key: ['account_id', 'day'],
    belongsBy: [],
    columns: {
      ...all(program, 'state', 'risk_band', 'priority', 'top_driver'),
      currency: never('a code of a currency'),
      contributions: never('numbers and sentences that are built from numbers'),
    },
  },
  churned_customer: { key: ['account_id'], belongsBy: [], columns: {} },
  churn_month: { key: ['id'], belongsBy: [], columns: all(program, 'kind', 'note') },
  agent_workload: {
    key: ['person_id', 'day'],
    belongsBy: by('person_id'),
    columns: { state: closedWords },
  },
  model_usage: { key: ['person_id', 'day'], belongsBy: by('person_id'), columns: {} },
  agent_day: { key: ['person_id', 'day'], belongsBy: by('person_id'), columns: {} },
  service_hour: { key: ['hour_of_week'], belongsBy: [], columns: {} },
  customer_first_contact: { key: ['account_id'], belongsBy: [], columns: {} },
  repeat_customer: { key: ['kind', 'day'], belongsBy: [], columns: { kind: closedWords } },
  text_score: {
    key: ['id'],
    belongsBy: lookedAfterBy('owner_id'),
    columns: {
      ...all(program, 'kind', 'tone', 'sentiment_source', 'topic_source'),
      ...all(never('the version of a lexicon or model'), 'sentiment_version', 'topic_version'),
      // Categories of the source: anybody may have written them.
      ...all(freeText, 'topic', 'second_topic', 'third_topic'),
    },
  },
  text_model: {
    key: ['id'],
    belongsBy: [],
    columns: {
      ...all(program, 'kind', 'version'),
      trial: freeText,
      topics: freeText,
      model: never('numbers: words are there as hashes alone'),
    },
  },
  faq_candidate: {
    key: ['id'],
    belongsBy: [{ column: 'ticket_id', through: 'ticket', isOwn: false }],
    columns: all(freeText, 'question', 'topic', 'examples'),
  },
  hot_shard: { key: ['id'], belongsBy: [], columns: all(freeText, 'cluster', 'table_name', 'shard') },
  escalation_pattern: {
    key: ['id'],
    belongsBy: [],
    columns: { dimension: program, label: freeText },
  },
  product_pair: { key: ['product_id', 'other_id'], belongsBy: [], columns: {} },
  cross_sell: { key: ['account_id', 'product_id'], belongsBy: [], columns: {} },
  account_value: { key: ['id'], belongsBy: [], columns: { currency, how: built } },
  unit_economics: { key: ['id'], belongsBy: [], columns: { currency, how: built } },
  mrr_month: { key: ['id'], belongsBy: [], columns: { currency } },
  product_month: { key: ['id'], belongsBy: [], columns: { currency } },
  buyer_cohort: { key: ['month'], belongsBy: [], columns: {} },
  trend: {
    key: ['id'],
    belongsBy: [],
    // The name of a product may be that of a person.
    columns: {
      ...all(program, 'series', 'comparison', 'verdict'),
      currency,
      ...all(freeText, 'label', 'sentence'),
    },
  },
  pipeline_forecast: {
    key: ['id'],
    belongsBy: [],
    columns: {
      currency: never('a code'),
      ...all(program, 'period_kind', 'method', 'note'),
    },
  },
  deal_signal: {
    key: ['opportunity_id'],
    belongsBy: lookedAfterBy('owner_id'),
    columns: { currency: never('a code') },
  },
  stage_snapshot: {
    key: ['id'],
    belongsBy: lookedAfterBy('owner_id'),
    columns: { stage: freeText, currency: never('a code') },
  },
  stage_time: { key: ['stage'], belongsBy: [], columns: { stage: freeText } },
  win_rate_estimate: {
    key: ['id'],
    belongsBy: by('person_id'),
    columns: { segment_kind: closedWords, segment: freeText },
  },
  sales_velocity: {
    key: ['id'],
    belongsBy: by('person_id'),
    columns: { segment_kind: closedWords, segment: freeText, currency: never('a code') },
  },
  partner_result: {
    key: ['partner_id', 'opportunity_id'],
    belongsBy: lookedAfterBy('owner_id'),
    columns: { part: closedWords, currency: never('a code') },
  },
  partner_health: {
    key: ['partner_id'],
    belongsBy: lookedAfterBy('manager_id'),
    columns: { band: program },
  },
  anomaly: {
    key: ['id'],
    belongsBy: [],
    columns: {
      ...all(program, 'grain', 'direction'),
      ...all(freeText, 'series', 'segment', 'label', 'segment_label', 'usual'),
    },
  },
  series_history: {
    key: ['series'],
    belongsBy: [],
    columns: { series: program, settings_version: hash, buckets: freeText },
  },
  share_outlier: { key: ['account_id', 'measure'], belongsBy: [], columns: { measure: closedWords } },
  finding: {
    key: ['id'],
    belongsBy: lookedAfterBy('owner_id'),
    columns: {
      ...all(program, 'kind', 'subject_kind'),
      subject_id: reference,
      ...all(freeText, 'subject_label', 'facts', 'evidence', 'chart'),
    },
  },
  analysis_run: { key: ['id'], belongsBy: [], columns: { state: closedWords, report: freeText } },
  analysis_step: {
    key: ['step'],
    belongsBy: [],
    columns: { step: program, settings_version: hash, error: freeText },
  },
  alert: {
    key: ['id'],
    belongsBy: lookedAfterBy('owner_id', 'acknowledged_by', 'assigned_to', 'silenced_by'),
    columns: {
      ...all(program, 'rule_id', 'state', 'severity', 'subject_kind', 'resolve_reason'),
      fingerprint: hash,
      subject_id: reference,
      ...all(freeText, 'subject_label', 'labels', 'snapshot'),
    },
  },
  alert_event: {
    key: ['id'],
    belongsBy: [...by('actor_id'), { column: 'alert_id', through: 'alert', isOwn: false }],
    columns: { ...all(program, 'kind', 'reason'), detail: freeText },
  },
  outbox: {
    key: ['id'],
    belongsBy: [{ column: 'alert_id', through: 'alert', isOwn: false }],
    columns: {
      dedupe_key: builtFromIds,
      ...all(closedWords, 'platform', 'lane', 'state'),
      ...all(reference, 'conversation', 'channel_id'),
      ...all(never('a time stamp of the platform'), 'thread_id', 'message_id'),
      // A changed body of a posted message is a new revision, so that the conversation is edited.
      body: freeText,
      images: never('image ids by hash of the chart'),
      error: freeText,
    },
  },
  conversation_pace: {
    key: ['platform', 'conversation'],
    belongsBy: [],
    columns: { platform: closedWords, conversation: reference },
  },
  inbox: { key: ['key'], belongsBy: [], columns: { key: builtFromIds, kind: program, body: freeText } },
  answer: {
    key: ['id'],
    belongsBy: by('person_id'),
    columns: {
      ...all(closedWords, 'platform', 'outcome'),
      ...all(
        personal('nothing'),
        'conversation',
        'thread_id',
        'plan',
        'sql_text',
        'sql_parameters',
        'provenance',
      ),
      ...all(personal('nothing'), 'reason', 'feedback_reason'),
      question: personal('erased'),
      ...all(program, 'planner', 'prompt_version'),
      data_version: hash,
      result: never('numbers by hash of their group'),
    },
  },
  asker_wall: {
    key: ['only_row'],
    belongsBy: [],
    columns: { version: hash, problem: program, uncovered: program },
  },
  audit_head: { key: ['only_row'], belongsBy: [], columns: { last_hash: hash } },
  feedback: {
    key: ['answer_id', 'person_id'],
    belongsBy: by('person_id'),
    columns: { reason: closedWords, comment: personal('nothing') },
  },
  own_alert: {
    key: ['id'],
    belongsBy: by('person_id'),
    columns: {
      question: personal('erased'),
      plan: freeText,
      op: closedWords,
      matched: never('hashes of groups'),
      failed: freeText,
    },
  },
  saved_question: {
    key: ['id'],
    belongsBy: by('person_id'),
    columns: { name: personal('row-id'), question: personal('erased'), plan: freeText },
  },
  outbox_file: {
    key: ['id'],
    belongsBy: [],
    columns: { content: never('bytes on their way into a conversation; an erasure deletes them all') },
  },
  audit_log: {
    key: ['id'],
    belongsBy: by('actor_id'),
    columns: {
      action: program,
      subject: reference,
      detail: freeText,
      salt: never('random'),
      ...all(hash, 'contents_hash', 'previous_hash', 'hash'),
    },
  },
  job_tick: {
    key: ['job', 'slot'],
    belongsBy: [],
    columns: { ...all(program, 'job', 'outcome'), claimed_by: process, detail: freeText },
  },
  job_lease: { key: ['name'], belongsBy: [], columns: { name: program, holder: process } },
  schema_migration: {
    key: ['name'],
    belongsBy: [],
    columns: { name: never('the name of a file of the program'), checksum: hash },
  },
  privacy_key: { key: ['id'], belongsBy: [], columns: { key: never('random') } },
  erasure: {
    key: ['id'],
    belongsBy: [],
    columns: {
      ...all(closedWords, 'kind', 'state', 'step'),
      progress: never('table names and row ids'),
      subject: never('the names are there only while the erasure runs, and are removed before it ends'),
      pseudonym: never('random'),
      counts: never('numbers and ids of messages'),
    },
  },
  suppression: {
    key: ['hash'],
    belongsBy: [],
    columns: { hash, kind: closedWords, pseudonym: never('random') },
  },
  ingest_request: {
    key: ['source', 'idempotency_key'],
    belongsBy: [],
    columns: {
      source: config,
      idempotency_key: reference,
      ...all(hash, 'request_hash', 'signature'),
      kind: program,
      ...all(freeText, 'answer', 'touched'),
    },
  },
  finding_guard: { key: ['kind'], belongsBy: [], columns: { kind: program } },
  finding_gone: {
    key: ['kind', 'subject_id'],
    belongsBy: [],
    columns: { kind: program, subject_id: reference },
  },
  metric_history: {
    key: ['id'],
    belongsBy: [],
    columns: { ...all(program, 'metric', 'segment', 'grain', 'currency'), segment_value: freeText },
  },
  metric_history_state: {
    key: ['metric'],
    belongsBy: [],
    columns: { ...all(program, 'metric', 'segments', 'zone'), definition: hash },
  },
  moved_record: {
    key: ['id'],
    belongsBy: [],
    columns: { ...all(program, 'table_name', 'column_name'), was: never('a time') },
  },
  insight: {
    key: ['id'],
    belongsBy: lookedAfterBy('owner_id'),
    columns: {
      ...all(program, 'kind', 'rule_id', 'subject_kind'),
      subject_id: reference,
      ...all(freeText, 'subject_label', 'title', 'sentence', 'evidence'),
    },
  },
  activity_event: {
    key: ['id'],
    belongsBy: lookedAfterBy('owner_id', 'rep_id', 'lead_id'),
    columns: { ...all(program, 'kind', 'subject_kind'), headline: freeText },
  },
  account_stage: { key: ['account_id'], belongsBy: [], columns: { stage: freeText } },
  // Of a demo alone, where everybody is made up.
  simulation_step: { key: ['id'], belongsBy: [], columns: { kind: closedWords } },
  simulation_original: {
    key: ['id'],
    belongsBy: [],
    columns: { original: never('a day of usage: numbers, ids and the name of a source') },
  },
};
