import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

/** Words of business for what is stored: who buys, who pays, what was promised and what came of it. */
const { planned } = planning(
  new Map([
    [
      'product',
      ['Quorum Core', 'Backup storage, 1 TB', 'Training day on site', 'Private link', 'Extra node'],
    ],
    ['product_category', ['Platform', 'Add-on', 'Services']],
    ['industry', ['Energy', 'Retail']],
    ['region', ['Americas', 'EMEA']],
    ['segment', ['Enterprise', 'SMB']],
    ['intervention_kind', ['call', 'training', 'health check']],
    ['lead_origin', ['Campaign', 'Partner', 'Web']],
    ['lead_source', ['Partner', 'Web']],
    ['deal_type', ['New Business', 'Renewal']],
    ['forecast_category', ['Best Case', 'Commit', 'Pipeline']],
    ['campaign', ['Backup week', 'Newsletter']],
    ['partner_band', ['dormant', 'fading', 'steady', 'thriving']],
    ['subscription_plan', ['Growth, yearly', 'Starter, monthly']],
  ]),
);

/** What is measured or listed, by what, and under which conditions. */
function decisive(plan: Plan): string {
  if (plan.kind !== 'metric' && plan.kind !== 'list') return JSON.stringify(plan);
  const what = plan.kind === 'metric' ? plan.metrics.join('+') : `list ${plan.entity}`;
  const groups =
    plan.kind === 'metric' ? plan.groupBy.map(({ dimension, grain }) => grain ?? dimension).join('+') : '';
  const order = plan.orderBy.map(({ by, direction }) => `${by} ${direction}`).join();
  const parts = [
    what,
    groups && `by ${groups}`,
    filterWords(plan.where).join(' & '),
    order && `order ${order}`,
  ];
  const subject = plan.subject === 'none' ? '' : plan.subject;
  return [...parts, subject].filter((part) => part !== '').join('; ');
}

const expectPlans = (rows: readonly (readonly [string, string])[]): void => {
  for (const [question, plan] of rows) expect.soft(decisive(planned(question)), question).toBe(plan);
};

describe('words of business', () => {
  it('hears what customers buy and spend as their sales amount', () => {
    expectPlans([
      ['how much has Solvang bought since June?', 'transaction_amount; account eq Solvang'],
      ['what did Solvang Foods spend this year', 'transaction_amount; account eq Solvang Foods'],
      [
        'which industry bought the most this year',
        'transaction_amount; by industry; order transaction_amount desc',
      ],
      ['spend of energy customers by month', 'transaction_amount; by month; industry eq Energy'],
      ['which products did Yarrow Pharma buy', 'transaction_amount; by product; account eq Yarrow Pharma'],
      [
        'which products does Yarrow Pharma order most often',
        'orders; by product; account eq Yarrow Pharma; order orders desc',
      ],
      ['discount rate by product this quarter', 'discount_rate; by product'],
      ['average selling price of Extra node since August', 'average_unit_price; product eq Extra node'],
    ]);
  });

  it('hears what customers pay as their recurring revenue', () => {
    expectPlans([
      ['what does Northgate pay us a month', 'mrr; account eq Northgate'],
      ['how much does Northgate pay per year', 'arr; account eq Northgate'],
      ['who pays us the most?', 'mrr; by account; order mrr desc'],
      ['renewal mrr next 30 days emea, by owner', 'mrr_renewing; by account_owner; region eq EMEA'],
      ['mrr per seat by plan', 'mrr_per_seat; by subscription_plan'],
    ]);
  });

  it('knows a product by the words that its name begins with', () => {
    expectPlans([['units of Training day sold since August', 'units_sold; product eq Training day on site']]);
  });

  it('knows interventions as plays and playbooks', () => {
    expectPlans([
      [
        'any playbooks overdue?',
        'list intervention; intervention_status in open in_progress & intervention_due_at lt @now',
      ],
      [
        'open plays with critical priority',
        'list intervention; intervention_status in open in_progress & intervention_priority eq critical',
      ],
      ['how many interventions were finished in October', 'interventions_done'],
    ]);
  });

  it('refuses what a figure itself rules out, and a second count that found no figure', () => {
    for (const question of [
      'training plays - how many open, done, cancelled',
      'leads: how many, how many converted',
    ])
      expect.soft(planned(question).kind, question).toBe('refuse');
    expectPlans([
      ['how many recipients bounced or converted', 'campaign_members; member_status in bounced converted'],
    ]);
  });

  it('knows what becomes of a lead', () => {
    expectPlans([
      ['how many leads became customers', 'leads; lead_status eq converted'],
      [
        'how many leads from Partner source are qualified',
        'leads; lead_origin eq Partner & lead_status eq qualified',
      ],
      ['how many leads are not worked yet', 'leads; lead_status eq new'],
      ['lead volume this week', 'leads'],
    ]);
  });

  it('writes out a value and all that is worse, or better', () => {
    expectPlans([
      [
        'how many customers are at medium churn risk or worse',
        'accounts_by_churn_risk; churn_risk_band in medium high critical',
      ],
      ['customers with good health or better', 'list health_score; health_band in good excellent'],
      [
        'accounts with a health of warning or below',
        'list health_score; health_band in warning critical churn risk',
      ],
      ['how many tickets of high priority or above are open', 'open_tickets; priority in high urgent'],
      ['incidents with severity high or worse this month', 'list incident; severity in high critical'],
    ]);
  });

  it('counts customers by the state of their scores, and partners by that of their check', () => {
    expectPlans([
      ['count of customers per health band', 'scored_accounts; by health_band'],
      ['how many customers have excellent health', 'scored_accounts; health_band eq excellent'],
      ['dormant partners americas', 'list partner_health; partner_band eq dormant & region eq Americas'],
    ]);
  });

  it('reaches what only the rows between deals and partners have', () => {
    expectPlans([
      ['partners by won amount this year', 'partner_won_amount; by partner'],
      [
        'which partners brought in closed won money this year',
        'partner_won_amount; by partner; partner_part eq sourced',
      ],
      [
        'how many open deals came in thru partners',
        'joint_deals; deal_closed eq false & partner_part eq sourced',
      ],
    ]);
    // A share of won deals is not the share of deals that were won.
    expect(planned('share of our won deals which involved a partner').kind).toBe('refuse');
  });

  it('takes a forecast category alone for the amount in it', () => {
    expectPlans([
      ['Naomi’s commit for Q1', 'closing_amount; forecast_category eq Commit & account eq Naomi'],
      ['best case plus commit for this quarter', 'closing_amount; forecast_category in Best Case Commit'],
      ['deals in commit', 'list opportunity; forecast_category eq Commit'],
    ]);
  });

  it('knows how a deal changed on its way', () => {
    expectPlans([
      ['which of my deals changed stage this week', 'stage_moves; by deal; stage_before is_not_null; me'],
      ['deals moved to a new stage this month, per rep', 'deals_changing_stage; by owner'],
      ['stage moves this month, per rep', 'stage_moves; by owner'],
      ['how many close dates were pushed back this quarter', 'close_dates_pushed'],
      ['deals where the amount was cut this quarter', 'amounts_cut'],
    ]);
  });

  it('knows how the product is used', () => {
    expectPlans([
      ['active users by region', 'active_users_per_day; by region'],
      ['daily active users, last 14 days', 'active_users_per_day; by day'],
      ['feature adoption by segment', 'feature_adoption; by segment'],
      ['features used by enterprise accounts', 'features_used_average; segment eq Enterprise'],
    ]);
  });
});

it.each([
  'how much did we sell to my customers in october',
  'how much Vault did we sell this year',
  'how much did we sell of Quorum Vault this quarter',
])('of a product or to a customer is what was ordered: %s', (question) => {
  const { query } = planning(new Map());
  expect(query(question)).toMatchObject({ metrics: ['transaction_amount'] });
});
