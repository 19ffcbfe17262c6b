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
    ['stage', ['Prospecting', 'Negotiation/Review', 'Closed Won']],
    ['forecast_category', ['Best Case', 'Commit', 'Pipeline']],
    ['campaign', ['Backup week', 'Newsletter']],
    ['partner_tier', ['gold', 'registered']],
    ['partner_band', ['dormant', 'fading', 'steady', 'thriving']],
    ['tier', ['starter', 'growth']],
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

  it('names each of those whose moves are asked for', () => {
    expectPlans([
      ['which deals moved into negotiation this month', 'stage_moves; by deal; stage eq Negotiation/Review'],
      ['deals that entered negotiation last week', 'stage_entries; by deal; stage eq Negotiation/Review'],
      ['list deals that went to closed won this month', 'stage_moves; by deal; stage eq Closed Won'],
      ['how many deals moved to negotiation this month', 'stage_entries; stage eq Negotiation/Review'],
      [
        'deals moved into negotiation per rep this quarter',
        'stage_entries; by owner; stage eq Negotiation/Review',
      ],
      ['deals whose close date got pushed back this month', 'close_dates_pushed; by deal'],
      ['which deals got pushed back this month', 'list stage_change; change_close_moved gt 0'],
      ['how many deals got pushed back this month', 'close_dates_pushed'],
      ['which campaigns got responses', 'campaign_responses; by campaign'],
    ]);
  });

  it('tells a figure the one way that is said aside', () => {
    expectPlans([
      ['open deals by stage (amount)', 'pipeline_amount; by stage'],
      ['open deals per rep (value)', 'pipeline_amount; by owner'],
      ['won deals by rep this year, by amount', 'won_amount; by owner'],
      ['won deals by rep this quarter (count)', 'won_deals; by owner'],
      ['pipeline by stage (number)', 'open_deals; by stage'],
      ['orders by month since august, amount', 'transaction_amount; by month'],
      ['win rate by rep this year, by number of deals', 'win_rate; by owner'],
      ['leads by source (count)', 'leads; by lead_origin'],
      ['number of orders per rep this month', 'orders; by account_owner'],
      ['number of orders by order number', 'orders; by order_number'],
    ]);
    // By amount it would be another rate, which nobody keeps.
    expect(planned('win rate by rep, by amount').kind).toBe('refuse');
  });

  it('reads lengths of calls as those of activities of that kind', () => {
    expectPlans([
      ['avg length of my calls this quarter', 'activity_length_average; activity_kind eq call; me'],
      ['average call length this quarter', 'activity_length_average; activity_kind eq call'],
      ['how long are our meetings on average', 'activity_length_average; activity_kind eq meeting'],
      [
        'calls longer than 30 minutes last week',
        'list activity; activity_kind eq call & activity_duration gt 1800',
      ],
    ]);
  });

  it('knows what partners register', () => {
    expectPlans([
      [
        'partner with the most registered deals',
        'deal_registrations; by partner; order deal_registrations desc',
      ],
      ['deal registrations last month by partner', 'deal_registrations; by partner'],
      ['registered partners', 'list partner; partner_tier eq registered'],
    ]);
  });

  it('takes states and orders once for what they say', () => {
    const time = (question: string): unknown => {
      const plan = planned(question);
      return plan.kind === 'metric' ? (plan.time?.kind ?? 'default') : plan.kind;
    };
    expect(time('my leads by status')).toBe('all');
    expect(time('how many of my leads are new')).toBe('all');
    expect(time('new leads by source')).toBe('default');
    expect(time('leads per month by status')).toBe('default');
    expectPlans([
      [
        '5 oldest open deals, oldest first',
        'list opportunity; deal_closed eq false; order deal_opened_on asc',
      ],
      ['3 newest leads, newest first', 'list lead; order lead_opened_at desc'],
    ]);
    expect(planned('10 biggest open deals, oldest first').kind).toBe('refuse');
  });

  it('reads a plan as that of the rows it is said of', () => {
    expectPlans([
      ['mrr on the growth plan', 'mrr; subscription_plan eq Growth, yearly'],
      ['seats on the starter plan', 'subscription_seats; subscription_plan eq Starter, monthly'],
      ['subscriptions on the growth plan', 'list subscription; subscription_plan eq Growth, yearly'],
      ['accounts on the starter plan', 'list account; tier eq starter'],
      ['tickets of accounts on the growth plan', 'list ticket; tier eq growth'],
      ['mrr by plan', 'mrr; by subscription_plan'],
    ]);
  });

  it('lets a property be anything', () => {
    expectPlans([
      ['my deals, any stage', 'list opportunity; me'],
      ['my leads regardless of status', 'list lead; me'],
      ['partners of any tier', 'partners'],
      ['how far am I from my quota', 'quota_gap; me'],
      ["what's my quota again?", 'quota; me'],
      ['sales meetings by rep this month', 'activities; by owner; activity_kind eq meeting'],
    ]);
    // Open deals are in some of the stages only.
    expect(planned('open deals in any stage').kind).toBe('refuse');
  });

  it('takes a type alone for the kind of the records themselves', () => {
    expectPlans([
      ['activities per rep and type last week', 'activities; by owner+activity_kind'],
      ['campaigns by type', 'campaigns; by campaign_kind'],
      ['partners by type', 'partners; by partner_type'],
      ['interventions by kind', 'open_interventions; by intervention_kind'],
      ['open deals by type', 'open_deals; by deal_type'],
      ['open tickets by type', 'open_tickets; by ticket_type'],
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
