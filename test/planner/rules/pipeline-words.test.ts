import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

/** Money that hangs on customers, contact, leads, campaigns and partners, as those who sell speak of them. */
const { planned } = planning(
  new Map([
    ['region', ['Americas', 'EMEA']],
    ['lead_source', ['Partner', 'Web']],
    ['lead_origin', ['Campaign', 'Partner', 'Web']],
    ['campaign', ['Database round table', 'Newsletter']],
    ['stage', ['Prospecting', 'Negotiation/Review', 'Closed Won', 'Closed Lost']],
  ]),
);

const expectPlans = (cases: readonly (readonly [string, string])[]): void => {
  for (const [question, plan] of cases) expect.soft(planWords(planned(question)), question).toBe(plan);
};

describe('money', () => {
  it('that hangs on customers is what they pay in a year', () => {
    expectPlans([
      ['how much revenue sits with customers at risk', 'arr_at_risk'],
      ['how much money is at stake with accounts at risk', 'arr_at_risk'],
      ['how much revenue do customers at risk represent', 'arr_at_risk'],
      ['what revenue hangs on accounts with an open escalation', 'arr some customer_escalation'],
    ]);
  });

  it('in deals is that of the open ones, and what was won stays what was won', () => {
    expectPlans([
      ['how much money sits in EMEA deals', 'pipeline_amount [region eq EMEA]'],
      ['how much of my pipeline from partners', 'partner_open_amount me'],
      ['won revenue by rep this month versus last month', 'won_amount by owner previous_period'],
    ]);
  });

  it('expected of a month to come is what closes then by its chance', () => {
    expectPlans([
      ['forecast of won revenue for next month', 'weighted_closing_amount'],
      ['projected bookings next month', 'weighted_closing_amount'],
      ['forecast next quarter', 'next_quarter_forecast'],
      ['forecast revenue for next year', 'refuse prediction'],
    ]);
  });
});

describe('a state compared', () => {
  it('is what it was, or is refused, and never what has its date in the period', () => {
    expectPlans([
      ['MRR by product this month versus last month', 'refuse unclear'],
      ['weighted pipeline by owner this quarter compared with last quarter', 'refuse unclear'],
      ['pipeline by rep this month versus last month', 'pipeline_amount by owner,month'],
      ['open tickets by team this week versus last week', 'open_tickets by team,week'],
      // Where a deal stood at that time is not told by where it stands now.
      ['pipeline by stage this month versus last month', 'refuse unclear'],
      ['open tickets by status this week versus last week', 'clarify'],
      ['MRR up for renewal by product this month vs last month', 'mrr_renewing by product previous_period'],
      ['closing amount by owner this month versus last month', 'closing_amount by owner previous_period'],
    ]);
  });
});

describe('partners', () => {
  it('did their part for a deal, whether it is open or not', () => {
    expectPlans([
      ['sourced deals per partner', 'joint_deals by partner [partner_part eq sourced]'],
      ['influenced deals by partner', 'joint_deals by partner [partner_part eq influenced]'],
      ['how many deals did our partners source', 'joint_deals [partner_part eq sourced]'],
      ['how many deals did each partner bring in', 'joint_deals by partner [partner_part eq sourced]'],
      [
        'open sourced deals per partner',
        'joint_deals by partner [deal_closed eq false] [partner_part eq sourced]',
      ],
      ['open deals per partner', 'joint_deals by partner [deal_closed eq false]'],
    ]);
  });

  it('are involved in deals', () => {
    expectPlans([
      ['which partners are involved in my deals', 'partner_deals by partner me'],
      ['open deals that have a partner on them', 'list opportunity [deal_closed eq false] some partner_deal'],
    ]);
  });
});

describe('contact', () => {
  it('that nobody had is looked for in what was done', () => {
    for (const question of [
      "customers of mine i haven't been in touch with for 30 days",
      "which of my accounts haven't I spoken to in the last two weeks",
      'which accounts have I not contacted in 3 weeks',
    ])
      expect.soft(planWords(planned(question)), question).toBe('list account none activity me');
    expectPlans([
      ['accounts we have not spoken to in 3 weeks', 'list account none activity'],
      ['accounts nobody has contacted in 3 weeks', 'list account none activity'],
    ]);
    // Who was spoken to is none of those that were not.
    for (const question of [
      'accounts we have spoken to in the last 30 days',
      'customers I have contacted in 2 weeks',
    ])
      expect.soft(planWords(planned(question)), question).not.toContain('none activity');
  });

  it('is counted by whoever had it', () => {
    expectPlans([
      [
        'who on my team had the most meetings last month',
        'activities by owner [activity_kind eq meeting] activities desc my_team',
      ],
      ['who had the fewest calls this month', 'activities by owner [activity_kind eq call] activities asc'],
      ['how many orders did my customers place last week', 'orders me'],
      ['which new leads are waiting for me', 'list lead [lead_status eq new] me'],
    ]);
  });
});

describe('leads and campaigns', () => {
  it('open leads are those of which nothing has become yet', () => {
    expectPlans([
      ['my open leads by source', 'open_leads by lead_origin me'],
      ['how many open leads are there per rep', 'open_leads by lead_owner'],
      ['list open leads', 'list lead [lead_status neq converted] [lead_status neq unqualified]'],
      ['leads by status', 'leads by lead_status'],
      ['how many leads do we have', 'leads'],
    ]);
  });

  it('tell what became of them', () => {
    expectPlans([
      ['what % of our leads turned out unqualified', 'lead_disqualification_rate'],
      ['what share of the leads were disqualified', 'lead_disqualification_rate'],
      ['how many leads did each campaign bring in', 'leads by campaign'],
      ['what did we spend on campaigns per channel', 'campaign_cost by campaign_channel'],
      ['tickets by channel', 'tickets_opened by channel'],
      [
        'how many campaign messages bounced, per campaign',
        'campaign_members by campaign [member_status eq bounced]',
      ],
    ]);
  });
});

describe('states of customers and what was done for them', () => {
  it('reads a number where its column is named by a verb or an adjective', () => {
    expectPlans([
      [
        'which active products list for less than 500?',
        'list product [product_on_offer eq true] [product_price lt 500]',
      ],
      ['customers with low health scores', 'list health_score [health_score lt 50]'],
      ['how is customer health looking overall', 'average_health_score'],
    ]);
    expect(planWords(planned('which escalated customers also have a health score below 50'))).toContain(
      'some customer_escalation some health_score',
    );
    expect(planned('customers with zero active users yesterday')).toMatchObject({
      having: [{ metric: 'active_users_per_day', op: 'lt', value: 1 }],
    });
  });

  it('knows what became of interventions', () => {
    expectPlans([
      ['how many unfinished interventions does each owner have', 'open_interventions by intervention_owner'],
      [
        'how did the interventions we finished this month turn out',
        'interventions_done by intervention_outcome',
      ],
      ['median time deals spend in each stage', 'stage_days by stage'],
      ['who downgraded their plan this year', 'list account some mrr_movement'],
    ]);
  });
});
