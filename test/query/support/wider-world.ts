import type { AnyRecord, Entity, RecordOf } from '../../../src/domain/records.ts';
import type { Store } from '../../../src/store/database.ts';
import { storeRecords } from '../../../src/store/record-store.ts';
import { idOf, now } from './world.ts';

/**
 * Two or three rows of every entity beyond tickets, deals and accounts, each with the people who may see it, written
 * down by hand; the manager, the executive and the admin see all. Acme Corp is Rita's account and Cancity Rob's, both
 * of the team Sales, which Sam leads; Ada is of Support EMEA, which Sue leads, Zoe of Support Americas.
 */
export interface KnownRow {
  readonly record: AnyRecord;
  readonly seenBy: readonly string[];
}

const ago = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
const dayAgo = (days: number): string =>
  ago(24 * days)
    .toISOString()
    .slice(0, 10);

type Values<E extends Entity> = Omit<RecordOf<E>, 'id' | 'source' | 'sourceId' | 'entity'>;

function row<E extends Entity>(
  entity: E,
  name: string,
  seenBy: readonly string[],
  values: Values<E>,
): KnownRow {
  const record = { entity, id: idOf(entity, name), source: 'test', sourceId: name, ...values };
  return { record: record as unknown as AnyRecord, seenBy };
}

const acme = idOf('account', 'Acme Corp');
const cancity = idOf('account', 'Cancity');
const ada = idOf('person', 'Ada Agent');
const zoe = idOf('person', 'Zoe Agent');
const rita = idOf('person', 'Rita Rep');
const rob = idOf('person', 'Rob Rep');

const ritas = ['Rita Rep', 'Sam Saleslead'];
const robs = ['Rob Rep', 'Sam Saleslead'];
const adasForRita = ['Ada Agent', 'Sue Supervisor', 'Rita Rep', 'Sam Saleslead'];
const zoesForRob = ['Zoe Agent', 'Rob Rep', 'Sam Saleslead'];
const supervisors = ['Sue Supervisor', 'Sam Saleslead', 'Lone Supervisor'];
const agents = ['Ada Agent', 'Abe Agent', 'Zoe Agent'];
const reps = ['Rita Rep', 'Rob Rep'];

const conversation = (name: string) => idOf('conversation', name);

export const widerRows: readonly KnownRow[] = [
  row('conversation', 'C1', adasForRita, {
    accountId: acme,
    agentId: ada,
    channel: 'whatsapp',
    status: 'open',
    openedAt: ago(3),
    firstResponseSeconds: 120,
    handledByBot: true,
    escalatedToHuman: true,
    csat: 4,
  }),
  row('conversation', 'C2', zoesForRob, {
    accountId: cancity,
    agentId: zoe,
    channel: 'web chat',
    status: 'resolved',
    openedAt: ago(50),
    resolvedAt: ago(49),
    firstResponseSeconds: 30,
    handledByBot: false,
  }),
  row('conversation', 'C3', ritas, {
    accountId: acme,
    channel: 'whatsapp',
    status: 'resolved',
    openedAt: ago(20),
    resolvedAt: ago(20),
    handledByBot: true,
    escalatedToHuman: false,
  }),
  row('message', 'M1', adasForRita, {
    conversationId: conversation('C1'),
    accountId: acme,
    direction: 'in',
    authorKind: 'customer',
    at: ago(3),
  }),
  row('message', 'M2', adasForRita, {
    conversationId: conversation('C1'),
    accountId: acme,
    authorId: ada,
    direction: 'out',
    authorKind: 'agent',
    at: ago(2),
    deliveryStatus: 'failed',
    failedReason: 'number is not on WhatsApp',
    recipientMasked: '+49 ••• 123',
  }),
  row('message', 'M3', zoesForRob, {
    conversationId: conversation('C2'),
    accountId: cancity,
    direction: 'out',
    at: ago(50),
    deliveryStatus: 'read',
    broadcastId: 'B1',
    campaignId: idOf('campaign', 'Autumn'),
  }),
  row('message', 'M4', zoesForRob, {
    conversationId: conversation('C2'),
    accountId: cancity,
    direction: 'out',
    at: ago(51),
    deliveryStatus: 'failed',
    failedReason: 'blocked',
    broadcastId: 'B1',
  }),
  row('messaging_session', 'W1', [...agents, ...supervisors], {
    name: 'Support line',
    channel: 'whatsapp',
    status: 'connected',
    lastSeenAt: ago(0),
  }),
  row('messaging_session', 'W2', [...agents, ...supervisors], {
    name: 'Sales line',
    channel: 'whatsapp',
    status: 'disconnected',
    lastSeenAt: ago(8),
  }),
  row('queue_sample', 'Q1', [...agents, ...supervisors], {
    sessionId: idOf('messaging_session', 'W1'),
    at: ago(1),
    depth: 7,
    processedPerMinute: 12.5,
  }),
  row('bot_event', 'B1', ['Ada Agent', 'Sue Supervisor'], {
    conversationId: conversation('C1'),
    intent: 'billing question',
    outcome: 'handed_over',
    success: false,
    at: ago(3),
  }),
  row('bot_event', 'B2', [], {
    conversationId: conversation('C3'),
    intent: 'password reset',
    outcome: 'auto_replied',
    success: true,
    at: ago(20),
  }),
  row('bot_event', 'B3', [], {
    conversationId: conversation('C3'),
    intent: 'upgrade help',
    outcome: 'dropped',
    success: false,
    at: ago(19),
  }),
  row('agent_status', 'P1', ['Ada Agent', 'Sue Supervisor'], {
    personId: ada,
    status: 'online',
    startedAt: ago(2),
  }),
  row('agent_status', 'P2', ['Zoe Agent'], {
    personId: zoe,
    status: 'away',
    startedAt: ago(5),
    endedAt: ago(4),
    durationSeconds: 3_600,
  }),
  row('agent_status', 'P3', ['Abe Agent', 'Sue Supervisor'], {
    personId: idOf('person', 'Abe Agent'),
    status: 'away',
    startedAt: ago(1),
  }),
  row('agent_status', 'P4', ['Zoe Agent'], { personId: zoe, status: 'offline', startedAt: ago(3) }),
  row('lead', 'L1', ritas, {
    name: 'Lena Lead',
    company: 'Nordbank',
    leadSource: 'webinar',
    ownerId: rita,
    status: 'converted',
    openedAt: ago(24 * 9),
    convertedAt: ago(24 * 2),
  }),
  row('lead', 'L3', robs, { name: 'Una Lead', ownerId: rob, status: 'unqualified', openedAt: ago(24 * 5) }),
  row('lead', 'L2', robs, { name: 'Lou Lead', ownerId: rob, status: 'new', openedAt: ago(24 * 3) }),
  row('campaign', 'Autumn', [...reps, ...supervisors], {
    name: 'Autumn upgrade',
    kind: 'e-mail',
    status: 'finished',
    startsOn: dayAgo(40),
    sent: 200,
    responded: 30,
    converted: 6,
    cost: 1_500,
    currency: 'USD',
  }),
  row('campaign_member', 'CM1', supervisors, {
    campaignId: idOf('campaign', 'Autumn'),
    status: 'responded',
    sentAt: ago(24 * 30),
  }),
  row('partner', 'N1', [...reps, ...supervisors], {
    name: 'Blue Integrators',
    type: 'integrator',
    tier: 'gold',
    managerId: rita,
    certification: 'Administrator',
    certExpiresOn: '2026-12-10',
    enablementStatus: 'enabled',
  }),
  row('partner_deal', 'D1', ritas, {
    partnerId: idOf('partner', 'N1'),
    opportunityId: idOf('opportunity', 'Deal 1'),
    kind: 'sourced',
    share: 1,
    registeredOn: dayAgo(90),
  }),
  row('partner_deal', 'D2', robs, {
    partnerId: idOf('partner', 'N1'),
    opportunityId: idOf('opportunity', 'Deal 2'),
    kind: 'co_sell',
    share: 0.4,
  }),
  row('activity', 'T1', ritas, {
    accountId: acme,
    opportunityId: idOf('opportunity', 'Deal 1'),
    personId: rita,
    kind: 'call',
    subject: 'Pricing call',
    durationSeconds: 900,
    at: ago(30),
  }),
  row('activity', 'T2', ['Ada Agent', 'Sue Supervisor'], {
    accountId: acme,
    partnerId: idOf('partner', 'N1'),
    personId: ada,
    kind: 'meeting',
    subject: 'Upgrade review',
    durationSeconds: 3600,
    at: ago(60),
  }),
  row('contact', 'K1', ritas, { accountId: acme, name: 'Kim Contact', role: 'Head of Platform' }),
  row('contact', 'K2', robs, { accountId: cancity, name: 'Kay Contact' }),
  row('sales_transaction', 'O1-1', ritas, {
    accountId: acme,
    productId: idOf('product', 'GTX Pro'),
    orderNumber: 'O1',
    quantity: 3,
    unitPrice: 100,
    discount: 20,
    amount: 280,
    currency: 'USD',
    soldAt: ago(24 * 5),
  }),
  row('sales_transaction', 'O2-1', robs, {
    accountId: cancity,
    productId: idOf('product', 'MG Special'),
    orderNumber: 'O2',
    quantity: 1,
    amount: 55,
    currency: 'EUR',
    soldAt: ago(24 * 6),
  }),
  row('subscription', 'S1', ritas, {
    accountId: acme,
    plan: 'Enterprise',
    status: 'active',
    mrr: 10_000,
    currency: 'USD',
    seats: 40,
    startsOn: '2025-02-01',
    renewsOn: '2027-02-01',
  }),
  row('subscription', 'S2', robs, {
    accountId: cancity,
    plan: 'Starter',
    status: 'cancelled',
    mrr: 900,
    currency: 'EUR',
    startsOn: '2025-03-01',
    cancelledOn: dayAgo(12),
  }),
  row('mrr_movement', 'V1', robs, {
    accountId: cancity,
    subscriptionId: idOf('subscription', 'S2'),
    kind: 'churn',
    amount: -900,
    currency: 'EUR',
    movedOn: dayAgo(12),
  }),
  row('account_assessment', 'R1', ritas, {
    accountId: acme,
    assessedAt: ago(20),
    healthScore: 42.5,
    churnProbability: 0.78,
    priority: 'critical',
    riskFactors: ['low usage', 'open escalation'],
  }),
  row('intervention', 'I1', adasForRita, {
    accountId: acme,
    ownerId: ada,
    kind: 'call',
    title: 'Call the head of platform',
    status: 'open',
    dueAt: ago(-30),
  }),
  row('intervention', 'I2', zoesForRob, {
    accountId: cancity,
    ownerId: zoe,
    kind: 'training',
    title: 'Train the new team',
    status: 'done',
    dueAt: ago(100),
    closedAt: ago(50),
  }),
  row('metric_snapshot', 'F1', [], {
    metric: 'open_tickets',
    segment: '',
    grain: 'day',
    startsAt: ago(24),
    value: 31,
    sampleCount: 24,
  }),
  row('ticket_metric', 'Z1', [], {
    // Nobody's ticket: only those who see everything see it.
    ticketId: idOf('ticket', 'nobody'),
    replyMinutes: 12,
    fullResolutionMinutes: 300,
    measuredAt: ago(10),
  }),
];

/** Adds the rows to a store that holds the world. */
export async function seedWiderWorld(store: Store): Promise<void> {
  await store.transaction((trx) =>
    storeRecords(
      trx,
      'test',
      widerRows.map(({ record }) => record),
    ),
  );
  await seedServiceTables(store);
}

/** A row of each table that the analyser works out about agents and customers, without a run of it. */
async function seedServiceTables({ db }: Store): Promise<void> {
  const computed_at = now;
  const workload = (
    name: string,
    team_id: string,
    weighted_work: number,
    state: 'overloaded' | 'underutilised',
  ) => ({
    person_id: idOf('person', name),
    day: dayAgo(0),
    team_id: idOf('team', team_id),
    open_tickets: weighted_work,
    open_conversations: 0,
    weighted_work,
    team_median: 2,
    state,
    computed_at,
  });
  await db
    .insertInto('agent_workload')
    .values([
      workload('Ada Agent', 'Support EMEA', 5, 'overloaded'),
      workload('Zoe Agent', 'Support Americas', 1, 'underutilised'),
    ])
    .execute();
  await db
    .insertInto('agent_day')
    .values({
      person_id: ada,
      day: dayAgo(1),
      active_seconds: 20_000,
      idle_seconds: 4_000,
      away_seconds: 1_200,
      computed_at,
    })
    .execute();
  const hour = (hour_of_week: number, is_peak: boolean) => ({
    hour_of_week,
    weekday: Math.floor(hour_of_week / 24) + 1,
    hour: hour_of_week % 24,
    weeks: 8,
    incoming: is_peak ? 40 : 8,
    incoming_per_hour: is_peak ? 5 : 1,
    answered: 8,
    wait_seconds: is_peak ? 4_000 : 800,
    is_peak,
    agents_needed: is_peak ? 3 : 1,
    next_at: ago(-24),
    computed_at,
  });
  await db
    .insertInto('service_hour')
    .values([hour(9, true), hour(50, false)])
    .execute();
  await db
    .insertInto('customer_first_contact')
    .values([
      { account_id: acme, first_conversation_at: ago(20), conversations: 2, computed_at },
      { account_id: cancity, first_conversation_at: ago(50), conversations: 1, computed_at },
    ])
    .execute();
  await db
    .insertInto('repeat_customer')
    .values({
      kind: 'ordered',
      day: dayAgo(0),
      window_days: 90,
      customers: 4,
      repeat_customers: 1,
      computed_at,
    })
    .execute();
}
