import { describe, expect, it } from 'vitest';
import type { QueryPlan } from '../../../src/query/metric-query.ts';
import { planning } from './support/plans.ts';

const stored = new Map([
  ['tier', ['enterprise', 'growth']],
  ['product', ['Quorum Vault', 'Quorum Geo']],
  ['region', ['EMEA', 'Americas']],
]);
const { planned, query } = planning(stored, { now: new Date('2026-11-20T14:00:00Z') });

/** What a list shows of others, and how it goes: "account: latest activity_at of activity; health_score asc". */
function shown(plan: QueryPlan): string {
  if (plan.kind !== 'list') return plan.kind;
  const beside = (plan.beside ?? []).map((one) =>
    [one.show, one.dimension, one.entity].filter(Boolean).join(' '),
  );
  const [order] = plan.orderBy;
  return [plan.entity, ...beside, ...(order ? [`${order.by} ${order.direction}`] : [])].join('; ');
}

const columnsOf = (question: string): readonly string[] => {
  const plan = query(question);
  return plan.kind === 'list' ? plan.columns : [];
};

describe('columns that are asked for', () => {
  it.each([
    [
      'my open tickets with customer, priority and age, oldest first',
      ['account', 'priority', 'ticket_time_open'],
    ],
    ['my open tickets with priority, customer and how long open, longest open first', ['ticket_time_open']],
    [
      'list all unresolved CEs with customer, priority, owner and days open',
      ['owner', 'escalation_time_open'],
    ],
    [
      'show my open deals. Include the stage, probability and next step',
      ['stage', 'probability', 'next_step'],
    ],
    [
      'open incidents with duration, account owner and ARR, longest first',
      ['incident_duration', 'account_arr', 'currency'],
    ],
    [
      'deals whose close date I pushed this month, with old and new date',
      ['change_close_before', 'change_close_after'],
    ],
    ['my accounts at risk with ARR and owner, lowest health first', ['account_arr', 'account_owner']],
  ])('%s', (question, columns) => {
    expect(columnsOf(question)).toEqual(expect.arrayContaining([...columns]));
  });

  it.each([
    ['my open tickets with customer, priority and age, oldest first', 'ticket; ticket_opened_at asc'],
    ['my accounts at risk with ARR and owner, lowest health first', 'health_score; health_score asc'],
    [
      'deals closing this month with owner, amount and next step, largest first',
      'opportunity; deal_amount desc',
    ],
    ['open tickets with customer and how long open, longest open first', 'ticket; ticket_time_open desc'],
    [
      'accounts in EMEA with number of open tickets and health, lowest health first',
      'account; count ticket; average health_score health_score; beside_2 asc',
    ],
  ])('%s goes in that order', (question, expected) => {
    expect(shown(query(question))).toBe(expected);
  });
});

describe('columns that other records tell', () => {
  it.each([
    [
      'next renewal date and current MRR for all my accounts',
      'account; lowest renews_on subscription; sum subscription_mrr subscription',
    ],
    ['my accounts with ARR and renewal date', 'account; lowest renews_on subscription'],
    ['my accounts and their last meeting', 'account; highest activity_at activity'],
    [
      'last call and next renewal of each of my accounts',
      'account; highest activity_at activity; lowest renews_on subscription',
    ],
    [
      'Last ticket and last meeting for every account that renews in December',
      'account; highest ticket_opened_at ticket; highest activity_at activity',
    ],
    [
      'top 10 customers by ARR with health, owner and open tickets',
      'account; average health_score health_score; count ticket; account_arr desc',
    ],
    [
      'top 5 accounts by MRR with renewal date and number of open deals',
      'account; sum subscription_mrr subscription; lowest renews_on subscription; count opportunity; beside_1 desc',
    ],
    [
      'first and latest purchase date of Quorum Vault per customer',
      'account; lowest sold_at sales_transaction; highest sold_at sales_transaction',
    ],
    [
      'which customers churned this year, with MRR lost and last ticket date',
      'churned_customer; sum movement_amount mrr_movement; highest ticket_opened_at ticket',
    ],
    [
      'my tickets with a CE, with CE number and status',
      'ticket; latest ce_number customer_escalation; latest escalation_status customer_escalation',
    ],
    [
      'Which of my tickets are linked to a CE? Show CE number and status',
      'ticket; latest ce_number customer_escalation; latest escalation_status customer_escalation',
    ],
    ['top 5 customers by ARR with open tickets and owner', 'account; count ticket; account_arr desc'],
    ['my accounts with last meeting, oldest first', 'account; highest activity_at activity; beside_1 asc'],
    [
      'my accounts sorted by last meeting, oldest first',
      'account; highest activity_at activity; beside_1 asc',
    ],
    [
      'Give me my accounts. For each show ARR, health and last ticket.',
      'account; average health_score health_score; highest ticket_opened_at ticket',
    ],
    [
      'For each of my accounts show ARR, health and last ticket',
      'account; average health_score health_score; highest ticket_opened_at ticket',
    ],
    [
      'for every account of mine: last call, next renewal',
      'account; highest activity_at activity; lowest renews_on subscription',
    ],
    [
      'what is the ARR, health and renewal date of Acme',
      'account; average health_score health_score; lowest renews_on subscription',
    ],
    [
      'Acme: last ticket, open tickets and renewal date',
      'account; highest ticket_opened_at ticket; count ticket; lowest renews_on subscription',
    ],
    ['open deals with owner and days open', 'opportunity; highest deal_age deal_signal'],
    ['my open deals with next step and last call', 'opportunity; highest activity_at activity'],
    [
      'reps with number of open deals, last activity and region',
      'person; count opportunity; highest activity_at activity',
    ],
    [
      'when was my last call with Acme and when is their renewal',
      'account; highest activity_at activity; lowest renews_on subscription',
    ],
  ])('%s', (question, expected) => {
    expect(shown(query(question))).toBe(expected);
  });

  it('shows those alone that have bought what is asked for', () => {
    const plan = query('first and latest purchase date of Quorum Vault per customer');
    const product = { any: [{ dimension: 'product', op: 'eq', values: ['Quorum Vault'] }] };
    expect(plan.related).toMatchObject([{ entity: 'sales_transaction', has: 'some', where: [product] }]);
  });
});

describe('what is no column', () => {
  it.each([
    ['customers with open escalations and their owner', 'customer_escalation'],
    ['customers with an open escalation', 'customer_escalation'],
  ])('%s: a condition', (question, entity) => {
    const plan = query(question);
    const isBeside = plan.kind === 'list' && plan.beside !== undefined;
    expect(isBeside).toBe(false);
    expect(JSON.stringify(plan)).toContain(entity === 'customer_escalation' ? 'escalation' : entity);
  });

  it.each([
    ['last meeting with each of my accounts', 'onePer'],
    ['oldest open ticket per engineer', 'onePer'],
  ])('%s: one of each', (question, key) => {
    expect(query(question)).toHaveProperty(key);
  });

  it.each([
    'average mrr per customer',
    'number of open tickets and CSAT for each customer',
    'open tickets by priority',
  ])('%s: figures', (question) => {
    expect(planned(question).kind).toBe('metric');
  });

  it.each([
    'list my open deals with account, amount and flavour',
    'training plays - how many open, done, cancelled',
    'open tickets with total and average age',
  ])('%s: refused rather than answered without it', (question) => {
    expect(planned(question).kind).toBe('refuse');
  });
});
