import { type Entity, recordFields } from '../../domain/record-fields.ts';
import {
  all,
  type Belonging,
  by,
  type ColumnRule,
  freeText,
  never,
  personal,
  type TableRule,
} from './column-rule.ts';

const closedWords = never('one of a closed list of words');
const currency = never('a currency code');
const sourceName = never('the name of a source');

/** Columns of each entity that can hold words, besides those that every record has. */
const ownColumns: { readonly [E in Entity]: Readonly<Record<string, ColumnRule>> } = {
  team: all(freeText, 'name', 'region', 'channel'),
  person: {
    name: personal('pseudonym'),
    ...all(personal('nothing'), 'email', 'title', 'time_zone'),
    region: freeText,
    role: closedWords,
    currency,
  },
  agent_status: { status: closedWords },
  account: {
    ...all(freeText, 'name', 'domain', 'industry', 'region', 'segment', 'tier', 'lifecycle_stage'),
    currency,
  },
  contact: {
    name: personal('pseudonym'),
    ...all(personal('nothing'), 'email', 'phone', 'role', 'time_zone'),
  },
  usage_daily: { feature_counts: freeText },
  incident: { ...all(closedWords, 'severity', 'status'), ...all(freeText, 'title', 'impact') },
  survey_response: { kind: closedWords, comment: freeText },
  account_assessment: { priority: closedWords, ...all(freeText, 'lifecycle_stage', 'risk_factors') },
  intervention: { ...all(closedWords, 'priority', 'status'), ...all(freeText, 'kind', 'title', 'outcome') },
  product: { ...all(freeText, 'sku', 'name', 'category'), currency },
  sales_transaction: { order_number: freeText, currency },
  subscription: { plan: freeText, status: closedWords, currency },
  mrr_movement: { kind: closedWords, currency },
  fx_rate: all(currency, 'currency', 'to_currency'),
  metric_snapshot: { ...all(freeText, 'metric', 'segment'), grain: closedWords },
  opportunity: {
    ...all(
      freeText,
      'name',
      'stage',
      'forecast_category',
      'type',
      'lead_source',
      'next_step',
      'db_requirements',
    ),
    currency,
  },
  opportunity_stage_event: all(freeText, 'from_stage', 'to_stage', 'forecast_category'),
  activity: { kind: closedWords, subject: freeText },
  lead: {
    name: personal('pseudonym'),
    email: personal('nothing'),
    status: closedWords,
    ...all(freeText, 'company', 'lead_source', 'source_status'),
  },
  campaign: { ...all(freeText, 'name', 'kind', 'channel'), status: closedWords, currency },
  campaign_member: { status: closedWords },
  partner: {
    ...all(freeText, 'name', 'type', 'tier', 'region', 'certification'),
    enablement_status: closedWords,
  },
  partner_deal: { kind: closedWords },
  ticket: {
    ...all(
      freeText,
      'number',
      'subject',
      'source_status',
      'source_priority',
      'type',
      'channel',
      'category',
      'tags',
    ),
    ...all(closedWords, 'status', 'priority'),
  },
  ticket_event: { kind: closedWords, ...all(freeText, 'field', 'old_value', 'new_value', 'body') },
  ticket_metric: {},
  customer_escalation: {
    ...all(
      freeText,
      'ce_number',
      'title',
      'source_priority',
      'category',
      'source_status',
      'issue',
      'root_cause',
    ),
    ...all(freeText, 'technical_details', 'impact', 'action_plan', 'sentiment', 'hot_shard'),
    ...all(closedWords, 'priority', 'status'),
  },
  conversation: { channel: freeText, status: closedWords },
  message: {
    ...all(closedWords, 'direction', 'author_kind', 'delivery_status'),
    ...all(freeText, 'channel', 'failed_reason', 'broadcast_id', 'text'),
    recipient_masked: personal('nothing'),
  },
  messaging_session: { ...all(freeText, 'name', 'channel', 'phone_masked'), status: closedWords },
  queue_sample: { channel: freeText },
  bot_event: { intent: freeText, outcome: closedWords },
};

/** Entities whose records are people. */
export const personEntities = ['contact', 'person', 'lead'] as const satisfies readonly Entity[];
export type PersonEntity = (typeof personEntities)[number];

/** Whoever these name said or did what the row holds; other references to people only look after it. */
const ownReferences = new Set([
  'contact_id',
  'lead_id',
  'author_id',
  'actor_id',
  'person_id',
  'agent_id',
  'assignee_id',
]);

/** Rules of every imported entity; what belongs to whom follows from the references in the table of fields. */
export const recordRules: Readonly<Record<string, TableRule>> = Object.fromEntries(
  Object.entries(ownColumns).map(([entity, columns]) => {
    const isPerson = (personEntities as readonly string[]).includes(entity);
    const rule: TableRule = {
      key: ['id'],
      belongsBy: [...(isPerson ? by('id') : []), ...belongings(entity as Entity)],
      columns: {
        source: sourceName,
        // In a person's own record it may be their address or number; elsewhere it may contain it.
        source_id: isPerson ? personal('row-id') : freeText,
        ...columns,
        raw: isPerson ? personal('nothing') : freeText,
      },
    };
    return [entity, rule];
  }),
);

/** References to people, and to the tickets and conversations of customers. */
function belongings(entity: Entity): readonly Belonging[] {
  return Object.entries(recordFields[entity]).flatMap(([field, definition]): readonly Belonging[] => {
    if (definition.kind !== 'reference') return [];
    const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if ((personEntities as readonly string[]).includes(definition.to))
      return [{ column, through: null, isOwn: ownReferences.has(column) }];
    if (definition.to === 'ticket' || definition.to === 'conversation')
      return [{ column, through: definition.to, isOwn: true }];
    return [];
  });
}
