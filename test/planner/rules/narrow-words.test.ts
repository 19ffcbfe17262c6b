import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

/** Nouns, verbs and adjectives that mean less beside others than they may mean alone. */
const { planned } = planning(
  new Map([
    ['product', ['Quorum Core', 'Quorum Stream', 'Quorum Vault']],
    ['industry', ['Gaming', 'Retail']],
    ['lifecycle_stage', ['Customer', 'Former Customer']],
    ['deal_type', ['New Business', 'Renewal']],
    ['activity_kind', ['call', 'meeting']],
    ['intervention_kind', ['executive meeting', 'training']],
    ['region', ['Americas', 'EMEA']],
    ['subscription_plan', ['Growth, yearly', 'Premium support, monthly', 'Starter, monthly']],
  ]),
);

/** What is measured or listed, by what, under which conditions, and what else the rows have. */
function decisive(plan: Plan): string {
  if (plan.kind !== 'metric' && plan.kind !== 'list') return JSON.stringify(plan);
  const what = plan.kind === 'metric' ? plan.metrics.join('+') : `list ${plan.entity}`;
  const groups =
    plan.kind === 'metric' ? plan.groupBy.map(({ dimension, grain }) => grain ?? dimension).join('+') : '';
  const having =
    plan.kind === 'metric' ? plan.having.map(({ metric, op, value }) => `${metric} ${op} ${value}`) : [];
  const related = (plan.related ?? []).map(
    ({ entity, has, where }) => `${has} ${entity} ${filterWords(where).join(' & ')}`,
  );
  const order = plan.orderBy.map(({ by, direction }) => `order ${by} ${direction}`);
  const parts = [what, groups && `by ${groups}`, ...filterWords(plan.where), ...having, ...related, ...order];
  return parts.filter((part) => part !== '').join('; ');
}

const expectPlans = (rows: readonly (readonly [string, string])[]): void => {
  for (const [question, plan] of rows) expect.soft(decisive(planned(question)), question).toBe(plan);
};

const present = 'lifecycle_stage not_in Former Customer';

describe('words with a narrower sense', () => {
  it('takes an order for all of its lines', () => {
    expectPlans([
      [
        'orders above 20k since the first of October',
        'transaction_amount; by order_number+account; transaction_amount gt 20000',
      ],
      [
        'orders worth more than $5,000 this month',
        'transaction_amount; by order_number+account; transaction_amount gt 5000',
      ],
      ['biggest order this year', 'transaction_amount; by order_number; order transaction_amount desc'],
      ['orders with only one line in November', 'transactions; by order_number; transactions eq 1'],
      ['orders with more than 5 lines this month', 'transactions; by order_number; transactions gt 5'],
      [
        'Foxglove - last order, when and for how much',
        'list sales_transaction; account eq Foxglove; order sold_at desc',
      ],
      [
        'what was our last order from Sable Motors',
        'list sales_transaction; account eq Sable Motors; order sold_at desc',
      ],
      ['how many orders were there last month', 'orders'],
    ]);
  });

  it('shows the last orders, not their lines', () => {
    expect(planned('my last 3 orders')).toMatchObject({
      entity: 'sales_transaction',
      columns: ['order_number', 'account', 'sold_at'],
      onePer: 'order_number',
      orderBy: [{ by: 'sold_at', direction: 'desc' }],
      limit: 3,
    });
    expect(planned('oldest orders')).toMatchObject({
      onePer: 'order_number',
      orderBy: [{ by: 'sold_at', direction: 'asc' }],
      limit: 10,
    });
  });

  it('hears the revenue of customers and products as their orders, and that of others as deals', () => {
    expectPlans([
      ['revenue per customer this quarter', 'transaction_amount; by account'],
      ['revenue by product last month', 'transaction_amount; by product'],
      ['won revenue per customer this quarter', 'won_amount; by account'],
      ['revenue by rep this quarter', 'won_amount; by owner'],
      ['partner revenue this year', 'partner_won_amount'],
    ]);
  });

  it('tells the money beside the number of what was won', () => {
    expectPlans([
      ['closed won ytd', 'won_deals+won_amount'],
      ['new business won per rep this quarter', 'won_deals+won_amount; by owner; deal_type eq New Business'],
      ['how many deals are closed won', 'won_deals'],
    ]);
  });

  it('counts as customers only those who are customers now', () => {
    expectPlans([
      ['how many customers by industry', `accounts; by industry; ${present}`],
      ['how many accounts by industry', 'accounts; by industry'],
      [
        'how many customers have been with us longer than 1 year',
        'accounts_created; lifecycle_stage eq Customer',
      ],
      ['customers without an open deal', `list account; ${present}; none opportunity deal_closed eq false`],
    ]);
    expect(planned('share of our customers in critical health')).toMatchObject({
      kind: 'metric',
      part: { where: [{ any: [{ dimension: 'health_band', op: 'eq', values: ['critical'] }] }] },
    });
    expect(planned('share of customers with an open incident')).toMatchObject({
      where: [{ any: [{ dimension: 'lifecycle_stage', op: 'not_in' }] }],
      part: { related: [{ entity: 'incident', where: [{ any: [{ dimension: 'incident_status' }] }] }] },
    });
  });

  it('follows the verb of the first half', () => {
    expectPlans([
      [
        "accounts that bought Quorum Stream but don't have Quorum Vault",
        'list account; some sales_transaction product eq Quorum Stream; none sales_transaction product eq Quorum Vault',
      ],
    ]);
  });

  it('knows a plan that is paid by the month from a course by month', () => {
    expectPlans([
      [
        'monthly subs up for renewal in Dec',
        'list subscription; subscription_status in active past_due; subscription_plan in Premium support, monthly Starter, monthly',
      ],
    ]);
  });

  it('looks for each word of what a text mentions', () => {
    expectPlans([
      [
        'deals needing Kafka change data capture',
        'list opportunity; database_requirements contains Kafka; database_requirements contains change; database_requirements contains data; database_requirements contains capture',
      ],
    ]);
  });

  it('keeps a number with the word that it belongs to', () => {
    expectPlans([
      [
        'deals needing SOC 2 audit',
        'list opportunity; database_requirements contains SOC 2; database_requirements contains audit',
      ],
    ]);
  });

  it('takes the currency that an amount is named in as a condition', () => {
    expectPlans([
      ['deals above €100,000', 'list opportunity; deal_amount gt 100000; currency eq EUR'],
      ['deals above 100k euros', 'list opportunity; deal_amount gt 100000; currency eq EUR'],
      ['deals above $100,000', 'list opportunity; deal_amount gt 100000'],
    ]);
  });

  it('knows people at a customer, what was held with it and what is planned for it', () => {
    expectPlans([
      [
        "people at Wrenfield Bank we've had a meeting with",
        'list contact; account eq Wrenfield Bank; some activity activity_kind in meeting meeting',
      ],
      [
        'executive meetings planned as interventions',
        'list intervention; intervention_kind eq executive meeting',
      ],
    ]);
  });

  it('takes no properties of records for background', () => {
    expectPlans([
      [
        'Gaming and retail customers, what plan are they on',
        `accounts; by tier; industry in Gaming Retail; ${present}`,
      ],
    ]);
  });

  it('counts what partners sourced, and deals with a partner by the part that one has', () => {
    expectPlans([
      ['how much won revenue did our partners source in this calendar year', 'partner_sourced_amount'],
    ]);
    expect(planned('share of our won deals with a partner')).toMatchObject({
      metrics: ['won_deals'],
      part: { related: [{ entity: 'partner_deal' }] },
    });
  });

  it('keeps leads apart from recipients, deals from moves and reopened tickets from opened ones', () => {
    expectPlans([
      ['cost per converted lead by campaign', 'campaign_cost_per_lead; by campaign'],
      ['cost per converted recipient by campaign', 'campaign_cost_per_conversion; by campaign'],
      ['deals moved to a new stage this month, per rep', 'deals_changing_stage; by owner'],
      ['my reopens this month', 'tickets_reopened'],
      [
        'which customers have logged in less this month than the same days of October',
        'logins; by account; logins__change lt 0; order logins__change asc',
      ],
    ]);
  });

  it('hears what is done as completed, and what most have as the top', () => {
    expectPlans([
      ['interventions done this quarter', 'interventions_done'],
      ['how many interventions have we done this quarter', 'interventions_done'],
      ['how many interventions were marked as done this quarter', 'interventions_done'],
      ['what is the most common intent this month', 'bot_answers; by intent; order bot_answers desc'],
      [
        'the three most frequent failure reasons in november',
        'messages; by failed_reason; order messages desc',
      ],
      ['top 5 ticket categories this month', 'tickets_opened; by category; order tickets_opened desc'],
      ['top 3 lead sources', 'leads; by lead_origin; order leads desc'],
    ]);
    // Calls have no such state.
    expect(planned('how many calls were marked done this month').kind).toBe('refuse');
  });

  it('hears scores in stars and responses of campaigns', () => {
    expectPlans([['how many people responded to each campaign', 'campaign_responses; by campaign']]);
    expect(planned('1 and 2 star ticket surveys this month')).toMatchObject({
      kind: 'list',
      entity: 'survey_response',
    });
  });

  it.each(["what's Acme worth", 'how happy are our customers', "what's my average deal"])(
    'asks by which figure: %s',
    (question) => {
      expect(planned(question).kind).toBe('clarify');
    },
  );

  it('takes what somebody lacks as a condition', () => {
    expect(planned('which accounts had no usage this month')).toMatchObject({
      kind: 'list',
      related: [{ entity: 'usage_daily', has: 'none' }],
    });
  });
});
