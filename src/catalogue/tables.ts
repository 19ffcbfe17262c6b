import type { FieldKind } from '../domain/fields/field.ts';
import { type Entity, entities, fieldsOf } from '../domain/record-fields.ts';
import type { ColumnType } from './catalogue.ts';

/** Tables and columns that a catalogue may name: the closed list behind every identifier in a compiled query. */
export type Tables = Readonly<Record<string, Readonly<Record<string, ColumnType>>>>;

/** Free texts: never filtered, grouped or shown in a list. What a text says is another question than how many there are. */
const freeTexts: ReadonlySet<string> = new Set([
  'contact.phone',
  'customer_escalation.issue',
  'customer_escalation.technicalDetails',
  'customer_escalation.impact',
  'customer_escalation.actionPlan',
  'customer_escalation.sourceStatus',
  'incident.impact',
  'message.text',
  'survey_response.comment',
  'ticket_event.body',
]);

const columnTypes: Readonly<Record<Exclude<FieldKind['kind'], 'json'>, ColumnType>> = {
  text: 'text',
  word: 'text',
  integer: 'number',
  count: 'number',
  money: 'number',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  instant: 'instant',
  reference: 'uuid',
};

function columnsOfEntity(entity: Entity): Readonly<Record<string, ColumnType>> {
  const columns: Record<string, ColumnType> = {
    id: 'uuid',
    source: 'text',
    source_id: 'text',
    synced_at: 'instant',
  };
  for (const [field, { kind }] of Object.entries(fieldsOf(entity))) {
    if (kind === 'json' || freeTexts.has(`${entity}.${field}`)) continue;
    columns[field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = columnTypes[kind];
  }
  return columns;
}

/** Our own schema; a test compares it with the migrated database. `raw` and other JSON is left out on purpose. */
export const heedTables: Tables = {
  ...Object.fromEntries(entities.map((entity) => [entity, columnsOfEntity(entity)])),
  // The analyser's own.
  sla_clock: {
    id: 'uuid',
    ticket_id: 'uuid',
    account_id: 'uuid',
    assignee_id: 'uuid',
    team_id: 'uuid',
    metric: 'text',
    cycle: 'number',
    policy: 'text',
    calendar: 'text',
    priority: 'text',
    target_seconds: 'number',
    started_at: 'instant',
    warn_at: 'instant',
    urgent_at: 'instant',
    due_at: 'instant',
    state: 'text',
    stopped_at: 'instant',
    breached_at: 'instant',
    used_seconds: 'number',
    computed_at: 'instant',
  },
  product_pair: {
    product_id: 'uuid',
    other_id: 'uuid',
    baskets: 'number',
    other_baskets: 'number',
    pair_baskets: 'number',
    all_baskets: 'number',
    confidence: 'number',
    lift: 'number',
    since: 'date',
    as_of: 'instant',
  },
  cross_sell: {
    account_id: 'uuid',
    product_id: 'uuid',
    because_id: 'uuid',
    confidence: 'number',
    pair_baskets: 'number',
    score: 'number',
    position: 'number',
    as_of: 'instant',
  },
  health_score: {
    account_id: 'uuid',
    profile: 'text',
    day: 'date',
    computed_at: 'instant',
    score: 'number',
    band: 'text',
    coverage: 'number',
  },
  anomaly: {
    id: 'uuid',
    series: 'text',
    label: 'text',
    segment: 'text',
    segment_label: 'text',
    grain: 'text',
    bucket_start: 'instant',
    observed: 'number',
    expected: 'number',
    lower_bound: 'number',
    upper_bound: 'number',
    usual: 'text',
    score: 'number',
    direction: 'text',
    opens_episode: 'boolean',
    detected_at: 'instant',
  },
  share_outlier: {
    account_id: 'uuid',
    measure: 'text',
    cases: 'number',
    hits: 'number',
    share: 'number',
    lower_bound: 'number',
    portfolio_share: 'number',
    p_value: 'number',
    q_value: 'number',
    since: 'instant',
    computed_at: 'instant',
  },
  text_score: {
    id: 'uuid',
    kind: 'text',
    ticket_id: 'uuid',
    account_id: 'uuid',
    owner_id: 'uuid',
    team_id: 'uuid',
    said_at: 'instant',
    sentiment: 'number',
    tone: 'text',
    sentiment_source: 'text',
    sentiment_version: 'text',
    topic: 'text',
    second_topic: 'text',
    third_topic: 'text',
    topic_source: 'text',
    topic_version: 'text',
    is_topic_sure: 'boolean',
    computed_at: 'instant',
  },
  faq_candidate: {
    id: 'uuid',
    ticket_id: 'uuid',
    question: 'text',
    topic: 'text',
    tickets: 'number',
    accounts: 'number',
    answered: 'number',
    first_asked_at: 'instant',
    last_asked_at: 'instant',
    answered_ticket_id: 'uuid',
    computed_at: 'instant',
  },
  hot_shard: {
    id: 'uuid',
    cluster: 'text',
    table_name: 'text',
    shard: 'text',
    skew_ratio: 'number',
    computed_at: 'instant',
  },
  escalation_pattern: {
    id: 'uuid',
    dimension: 'text',
    label: 'text',
    account_id: 'uuid',
    escalations: 'number',
    expected: 'number',
    ratio: 'number',
    chance: 'number',
    is_notable: 'boolean',
    days: 'number',
    computed_at: 'instant',
  },
};
