import { privacyRules } from '../../src/access/privacy/privacy-rules.ts';
import { entities, type FieldDefinition, fieldsOf } from '../../src/domain/record-fields.ts';
import type { Entity } from '../../src/domain/records.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { toJson } from '../../src/store/json.ts';
import { stableId } from '../../src/toolkit/ids.ts';

/** The person who is planted everywhere. */
export const planted = {
  name: 'Zoë Quackenbüsh',
  email: 'Zoe.Quackenbuesh@northwind.example',
  phone: '+49 (0)30 8765-4321',
  chatId: 'U0ZOEQUACK',
  sourceId: '0038Z00002ZOEquAAX',
};

/** Every spelling in which the person must not be found afterwards. */
export const spellings: readonly string[] = [
  'Quackenb',
  'quackenb',
  'QUACKENB',
  'northwind.example',
  '8765-4321',
  '87654321',
  planted.chatId,
  planted.sourceId,
];

export const contactId = stableId('contact', 'crm', planted.sourceId);
export const colleagueId = stableId('person', 'crm', planted.sourceId);
export const accountId = stableId('account', 'crm', 'A1');
export const bystanderId = stableId('contact', 'crm', 'by');
const ticketId = stableId('ticket', 'crm', 'T1');
const conversationId = stableId('conversation', 'crm', 'C1');

const mention = `Spoke with ${planted.name}; QUACKENBÜSH, ZOË <${planted.email.toLowerCase()}> or 030 / 87654321, cc zoe.quackenbuesh.`;
const at = new Date('2026-05-04T10:00:00Z');

/** One row in every table, with the person in every column that can hold words and may name somebody. */
export async function plantEverywhere(store: Store): Promise<void> {
  for (const entity of entities) await plantRecord(store, entity);
  await plantOwnTables(store);
  // Old versions of rows and the planner's samples are on the disk as well.
  await sql`update ticket set subject = ${`${mention} again`}`.execute(store.db);
  await sql`analyze`.execute(store.db);
}

async function plantRecord(store: Store, entity: Entity): Promise<void> {
  const rule = privacyRules[entity];
  const row: Record<string, unknown> = { id: idOf(entity), source: 'crm', source_id: sourceIdOf(entity) };
  for (const [field, definition] of Object.entries(fieldsOf(entity))) {
    const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (column === 'deleted_at') continue;
    const isSearched =
      rule !== undefined && rule.columns[column] !== undefined && rule.columns[column].kind !== 'never';
    row[column] = plantedValue(entity, column, definition, isSearched);
  }
  await insert(store, entity, row);
}

function idOf(entity: Entity): string {
  if (entity === 'contact') return contactId;
  if (entity === 'person') return colleagueId;
  if (entity === 'account') return accountId;
  if (entity === 'ticket') return ticketId;
  if (entity === 'conversation') return conversationId;
  return stableId(entity, 'crm', sourceIdOf(entity));
}

function sourceIdOf(entity: Entity): string {
  if (['contact', 'person'].includes(entity)) return planted.sourceId;
  const plain: Partial<Record<Entity, string>> = { account: 'A1', ticket: 'T1', conversation: 'C1' };
  return plain[entity] ?? `${entity} of ${planted.email}`;
}

function plantedValue(
  entity: Entity,
  column: string,
  definition: FieldDefinition,
  isSearched: boolean,
): unknown {
  switch (definition.kind) {
    case 'word':
      return definition.words[0];
    case 'integer':
    case 'count':
    case 'money':
    case 'number':
      return 3;
    case 'boolean':
      return true;
    case 'date':
      return '2026-05-04';
    case 'instant':
      return at;
    case 'reference':
      return idOf(definition.to);
    case 'json':
      return toJson({
        note: mention,
        owner: { id: planted.sourceId, [planted.email]: 1 },
        phone: 493087654321,
      });
    case 'text':
      if (['contact', 'person', 'lead'].includes(entity) && column === 'name') return planted.name;
      if (column === 'email') return planted.email;
      if (column === 'phone') return planted.phone;
      if (entity === 'account' && column === 'name') return 'Summit Traders';
      if (column === 'domain') return 'summit.example';
      return isSearched ? mention : 'USD';
  }
}

async function plantOwnTables(store: Store): Promise<void> {
  const id = (name: string): string => stableId('planted', name);
  const json = toJson({ note: mention, who: { chatUserId: planted.chatId }, rows: [[planted.name, 2]] });
  const message = (text: string) => ({ text, blocks: [{ kind: 'paragraph', content: [text, person()] }] });
  const person = () => ({ kind: 'person', chatUserId: planted.chatId, name: planted.name });
  const rows: readonly (readonly [string, Record<string, unknown>])[] = [
    [
      'chat_identity',
      { platform: 'slack', workspace_id: 'T1', chat_user_id: planted.chatId, person_id: colleagueId },
    ],
    [
      'sync_run',
      { id: id('run'), source: 'crm', origin: mention, state: 'done', started_at: at, report: json },
    ],
    [
      'sync_reject',
      {
        run_id: id('run'),
        ordinal: 1,
        file: mention,
        line: 3,
        field: mention,
        reason: mention,
        value: mention,
        fix: mention,
      },
    ],
    ['sync_cursor', { source: 'crm', stream: 'contacts', cursor: toJson({ after: 12 }), updated_at: at }],
    [
      'sla_clock',
      {
        id: id('clock'),
        ticket_id: ticketId,
        account_id: accountId,
        assignee_id: colleagueId,
        metric: 'resolution',
        policy: 'standard',
        calendar: 'c',
        calendar_version: '1',
        target_seconds: 60,
        started_at: at,
        state: 'running',
        used_seconds: 1,
        computed_at: at,
      },
    ],
    [
      'account_value',
      {
        ...{ id: id('value'), account_id: accountId, currency: 'EUR', is_main: true, is_active: true },
        ...{ sales_amount: 1, costed_amount: 1, sales_cost: 1, sales_margin: 0, recurring_amount: 0, mrr: 0 },
        ...{ margin_to_date: 0, monthly_margin: 0, orders_in_window: 1, how: 'word', as_of: at },
      },
    ],
    [
      'trend',
      {
        ...{ id: id('trend'), series: 'product_orders', label: mention, comparison: 'full_month' },
        ...{ from_day: '2026-04-01', to_day: '2026-04-30', before_from_day: '2026-03-01' },
        ...{ before_to_day: '2026-03-31', count: 1, count_before: 1, expected: 1, score: 0, dispersion: 1 },
        ...{ verdict: 'steady', sentence: mention, as_of: at },
      },
    ],
    [
      'cross_sell',
      {
        account_id: accountId,
        product_id: id('product'),
        because_id: id('product'),
        confidence: 0.5,
        pair_baskets: 9,
        score: 0.5,
        position: 1,
        as_of: at,
      },
    ],
    [
      'account_value',
      {
        id: id('account value'),
        account_id: accountId,
        currency: 'EUR',
        is_main: true,
        sales_amount: 1,
        costed_amount: 1,
        sales_cost: 1,
        sales_margin: 1,
        recurring_amount: 1,
        mrr: 1,
        margin_to_date: 1,
        monthly_margin: 1,
        is_active: true,
        orders_in_window: 1,
        how: 'counted',
        as_of: at,
      },
    ],
    [
      'ticket_time',
      {
        ticket_id: ticketId,
        account_id: accountId,
        assignee_id: colleagueId,
        opened_at: at,
        requester_wait_seconds: 1,
        agent_work_seconds: 1,
        rules_version: 'v1',
        computed_at: at,
      },
    ],
    [
      'deal_signal',
      {
        opportunity_id: id('deal'),
        account_id: accountId,
        owner_id: colleagueId,
        day: '2026-05-04',
        is_stale: false,
        touches_30d: 1,
        contacts_engaged: 1,
        is_untouched: false,
        computed_at: at,
      },
    ],
    [
      'stage_snapshot',
      {
        id: id('snapshot'),
        day: '2026-05-01',
        stage: mention,
        owner_id: colleagueId,
        deals: 1,
        computed_at: at,
      },
    ],
    [
      'stage_time',
      { stage: mention, place: 1, entered: 1, left_deals: 1, advanced: 1, won: 0, lost: 0, computed_at: at },
    ],
    [
      'win_rate_estimate',
      {
        id: id('win rate'),
        segment_kind: 'rep',
        segment: mention,
        person_id: colleagueId,
        decided_deals: 1,
        won_deals: 1,
        computed_at: at,
      },
    ],
    [
      'sales_velocity',
      {
        id: id('velocity'),
        segment_kind: 'rep',
        segment: mention,
        person_id: colleagueId,
        currency: 'EUR',
        open_deals: 1,
        open_amount: 1,
        won_deals: 1,
        won_amount: 1,
        computed_at: at,
      },
    ],
    [
      'partner_result',
      {
        partner_id: id('partner'),
        opportunity_id: id('deal'),
        account_id: accountId,
        owner_id: colleagueId,
        part: 'sourced',
        is_closed: false,
        is_won: false,
        computed_at: at,
      },
    ],
    [
      'partner_health',
      {
        partner_id: idOf('partner'),
        manager_id: colleagueId,
        coverage: 1,
        won_deals: 0,
        open_deals: 1,
        joint_accounts: 1,
        activities_90d: 0,
        enablement_stale: false,
        computed_at: at,
      },
    ],
    [
      'health_score',
      {
        account_id: accountId,
        profile: 'cs4',
        day: '2026-05-04',
        computed_at: at,
        score: 40,
        coverage: 1,
        components: json,
      },
    ],
    [
      'churn_model',
      {
        id: id('churn model'),
        created_at: at,
        stage: 'uncalibrated',
        state: 'uncalibrated',
        events: 0,
        row_count: 0,
        settings_version: 'v',
        model: toJson({}),
      },
    ],
    [
      'churn_snapshot',
      { account_id: accountId, day: '2026-05-01', index_logit: 0.2, features: toJson({ incidents: 1 }) },
    ],
    [
      'churn_score',
      {
        account_id: accountId,
        day: '2026-05-04',
        computed_at: at,
        model_id: id('churn model'),
        state: 'uncalibrated',
        probability: 0.4,
        risk_index: 0.4,
        risk_band: 'medium',
        priority: 'medium',
        logit: -0.4,
        base: -0.4,
        contributions: toJson([]),
      },
    ],
    ['churned_customer', { account_id: accountId, left_on: '2026-05-01', computed_at: at }],
    [
      'churn_month',
      {
        id: id('churn month'),
        month: '2026-05-01',
        kind: 'actual',
        computed_at: at,
        customers: 1,
        lost: 0,
        rate: 0,
      },
    ],
    [
      'agent_workload',
      {
        person_id: colleagueId,
        day: '2026-05-04',
        open_tickets: 3,
        open_conversations: 1,
        weighted_work: 4,
        team_median: 2,
        state: 'overloaded',
        computed_at: at,
      },
    ],
    ['model_usage', { person_id: colleagueId, day: '2026-05-04', cost: 0.5 }],
    [
      'agent_day',
      {
        person_id: colleagueId,
        day: '2026-05-04',
        active_seconds: 60,
        idle_seconds: 30,
        away_seconds: 0,
        computed_at: at,
      },
    ],
    [
      'service_hour',
      {
        hour_of_week: 9,
        weekday: 1,
        hour: 9,
        weeks: 8,
        incoming: 16,
        incoming_per_hour: 2,
        answered: 4,
        wait_seconds: 400,
        is_peak: true,
        agents_needed: 1,
        next_at: at,
        computed_at: at,
      },
    ],
    [
      'customer_first_contact',
      { account_id: accountId, first_conversation_at: at, conversations: 2, computed_at: at },
    ],
    [
      'repeat_customer',
      {
        kind: 'ordered',
        day: '2026-05-04',
        window_days: 90,
        customers: 4,
        repeat_customers: 1,
        computed_at: at,
      },
    ],
    [
      'anomaly',
      {
        id: id('anomaly'),
        series: mention,
        segment: mention,
        grain: 'day',
        bucket_start: at,
        observed: 1,
        expected: 1,
        lower_bound: 0,
        upper_bound: 2,
        score: 1,
        direction: 'above',
        detected_at: at,
        label: mention,
        segment_label: mention,
        usual: mention,
      },
    ],
    [
      'series_history',
      {
        series: 'tickets_opened',
        settings_version: 'aa',
        counted_from: at,
        counted_at: at,
        buckets: json,
      },
    ],
    [
      'share_outlier',
      {
        account_id: accountId,
        measure: 'negative_tickets',
        cases: 10,
        hits: 8,
        share: 0.8,
        lower_bound: 0.49,
        portfolio_share: 0.2,
        p_value: 0.001,
        q_value: 0.01,
        since: at,
        computed_at: at,
      },
    ],
    [
      'finding',
      {
        id: id('finding'),
        kind: 'account-health',
        subject_kind: 'account',
        subject_id: `${planted.sourceId}/x`,
        subject_label: mention,
        account_id: accountId,
        owner_id: colleagueId,
        value: 1,
        observed_at: at,
        facts: json,
        evidence: json,
        chart: json,
        run_id: id('analysis'),
        computed_at: at,
      },
    ],
    [
      'text_score',
      {
        id: ticketId,
        kind: 'ticket',
        ticket_id: ticketId,
        account_id: accountId,
        owner_id: colleagueId,
        said_at: at,
        tone: 'neutral',
        sentiment: 0,
        topic: mention,
        second_topic: mention,
        third_topic: mention,
        computed_at: at,
      },
    ],
    [
      'text_model',
      {
        id: id('model'),
        kind: 'topic',
        version: 'topic-1',
        trained_at: at,
        labels: 9,
        is_adopted: true,
        trial: json,
        topics: toJson([mention]),
        model: toJson({ counts: [1, 2] }),
      },
    ],
    [
      'faq_candidate',
      {
        id: id('question'),
        ticket_id: ticketId,
        question: mention,
        topic: mention,
        tickets: 5,
        accounts: 2,
        answered: 1,
        first_asked_at: at,
        last_asked_at: at,
        examples: json,
        computed_at: at,
      },
    ],
    [
      'hot_shard',
      {
        id: idOf('customer_escalation'),
        cluster: mention,
        table_name: mention,
        shard: mention,
        computed_at: at,
      },
    ],
    [
      'escalation_pattern',
      {
        id: id('pattern'),
        dimension: 'account',
        label: mention,
        account_id: accountId,
        escalations: 5,
        expected: 1,
        ratio: 5,
        chance: 0.01,
        is_notable: true,
        days: 90,
        computed_at: at,
      },
    ],
    ['analysis_step', { step: 'sla', settings_version: 'x', failing_since: at, error: mention }],
    ['analysis_run', { id: id('analysis'), started_at: at, state: 'done', as_of: at, report: json }],
    [
      'alert',
      {
        id: id('alert'),
        rule_id: 'health',
        fingerprint: 'f',
        state: 'firing',
        severity: 'high',
        subject_kind: 'account',
        subject_id: accountId,
        subject_label: mention,
        account_id: accountId,
        owner_id: colleagueId,
        labels: json,
        value: 1,
        snapshot: json,
        pending_at: at,
        fired_at: at,
        last_seen_at: at,
        acknowledged_by: colleagueId,
      },
    ],
    [
      'alert_event',
      {
        id: id('event'),
        alert_id: id('alert'),
        at,
        kind: 'fired',
        actor_id: colleagueId,
        reason: 'r',
        detail: json,
      },
    ],
    ...(['C1', `@${planted.chatId}`] as const).map(
      (conversation) =>
        [
          'outbox',
          {
            id: id(`outbox ${conversation}`),
            dedupe_key: `alert:${id('alert')}:${conversation.startsWith('@') ? 'direct' : conversation}`,
            platform: 'slack',
            conversation,
            lane: 'alert',
            alert_id: id('alert'),
            body: toJson(message(mention)),
            state: 'sent',
            sent_revision: 1,
            channel_id: 'C1',
            message_id: '1.2',
            posted_at: at,
            images: toJson({ abc: 'F0123' }),
            error: mention,
          },
        ] as const,
    ),
    ['conversation_pace', { platform: 'slack', conversation: `@${planted.chatId}`, next_at: at }],
    ['inbox', { key: 'slack:T1:E1', kind: 'question', body: json, handled_at: at }],
    [
      'inbox',
      { key: 'slack:T1:E2', kind: 'question', body: toJson({ who: { chatUserId: 'U2' }, text: mention }) },
    ],
    [
      'answer',
      {
        id: id('answer'),
        asked_at: at,
        person_id: colleagueId,
        platform: 'slack',
        conversation: `@${planted.chatId}`,
        thread_id: '1.2',
        question: 'how many tickets has Zoë',
        outcome: 'answered',
        planner: 'rules',
        plan: json,
        sql_text: mention,
        sql_parameters: toJson([planted.name, colleagueId]),
        provenance: json,
        reason: mention,
        feedback_reason: mention,
        data_version: 'd-0123456789ab',
        prompt_version: '3',
        parent_id: id('answer of another'),
        result: toJson({ columns: ['tickets'], rows: [['0123456789abcdef', 4]] }),
      },
    ],
    [
      'answer',
      {
        id: id('answer of another'),
        asked_at: at,
        question: `tickets of ${planted.name.toUpperCase()}?`,
        outcome: 'answered',
        plan: json,
        sql_parameters: toJson([planted.name]),
      },
    ],
    [
      'feedback',
      {
        answer_id: id('answer of another'),
        person_id: colleagueId,
        at,
        helpful: false,
        reason: 'other',
        comment: mention,
      },
    ],
    [
      'own_alert',
      {
        id: id('own alert'),
        person_id: colleagueId,
        question: mention,
        plan: json,
        op: 'gt',
        threshold: 4,
        every_minutes: 60,
        next_at: at,
        failed: mention,
        created_at: at,
      },
    ],
    [
      'saved_question',
      {
        id: id('saved question'),
        person_id: colleagueId,
        name: mention,
        question: mention,
        plan: json,
        created_at: at,
      },
    ],
    [
      'outbox_file',
      { id: id('file'), outbox_id: id('outbox C1'), content: Buffer.from(`name\n${planted.name}\n`) },
    ],
    [
      'audit_log',
      {
        id: id('audit'),
        at,
        actor_id: colleagueId,
        action: 'answer',
        subject: `person:${colleagueId}`,
        detail: json,
      },
    ],
    [
      'ingest_request',
      {
        source: 'crm',
        idempotency_key: `ticket of ${planted.email}`,
        request_hash: 'h',
        signature: 's',
        kind: 'ticket',
        status: 200,
        answer: JSON.stringify({ items: [{ message: mention }] }),
        received_at: at,
        touched: json,
      },
    ],
    ['finding_guard', { kind: 'account-health', locked_at: at }],
    ['finding_gone', { kind: 'account-health', subject_id: `${planted.sourceId}/gone`, observed_at: at }],
    [
      'metric_history',
      {
        id: id('history'),
        metric: 'tickets_opened',
        segment: 'category',
        grain: 'day',
        bucket_start: at,
        segment_value: mention,
        value: 1,
        rows_read: 1,
      },
    ],
    [
      'metric_history_state',
      {
        metric: 'tickets_opened',
        definition: 'h',
        segments: '[]',
        zone: 'UTC',
        hour_from: '2026-01-01',
        day_from: '2026-01-01',
        week_from: '2026-01-01',
        read_until: at,
        as_of: at,
      },
    ],
    ['moved_record', { table_name: 'ticket', column_name: 'opened_at', was: '2026-01-01' }],
    [
      'insight',
      {
        id: id('insight'),
        kind: 'health-fall',
        rule_id: 'health-fall',
        subject_kind: 'account',
        subject_id: accountId,
        subject_label: mention,
        account_id: accountId,
        owner_id: colleagueId,
        title: mention,
        sentence: mention,
        importance: 1,
        value: 1,
        evidence: json,
        first_seen_at: at,
        last_seen_at: at,
      },
    ],
    [
      'activity_event',
      {
        id: id('activity-event'),
        kind: 'deal-won',
        at,
        subject_kind: 'opportunity',
        subject_id: id('activity-event'),
        headline: mention,
        account_id: accountId,
        owner_id: colleagueId,
      },
    ],
    ['account_stage', { account_id: accountId, stage: mention, seen_at: at }],
    ['simulation_step', { id: id('step'), kind: 'outage', account_id: accountId, number: 1, at }],
    ['simulation_original', { id: id('usage'), account_id: accountId, original: '{}' }],
    ['job_tick', { job: 'x', slot: at, claimed_by: 'h', detail: json }],
  ];
  for (const [table, row] of rows) await insert(store, table, row);
  // Somebody else, who must stay as they are.
  await insert(store, 'contact', {
    id: bystanderId,
    source: 'crm',
    source_id: 'by',
    account_id: accountId,
    name: 'Zoë Quacken',
    email: 'zoe.quacken@other.example',
    phone: '+49 30 8765-4322',
  });
}

async function insert(store: Store, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(row).map((column) => sql.ref(column));
  await sql`
    insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(Object.values(row))})
  `.execute(store.db);
}

/** Tables in which a spelling stands in any column, read as text. Bytes, not words: nothing is normalised. */
export async function tablesWith(store: Store, texts: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1`.execute(store.db);
  const found: string[] = [];
  for (const { name } of rows) {
    const hits = await sql<{ row: string }>`
      select t::text as row from ${sql.table(name)} t
      where exists (select 1 from unnest(${[...texts]}::text[]) as s(text) where position(s.text in t::text) > 0)
    `.execute(store.db);
    for (const { row } of hits.rows) found.push(`${name}: ${row}`);
  }
  return found;
}
