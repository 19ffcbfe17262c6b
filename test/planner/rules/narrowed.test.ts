import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

/** How rows are narrowed: values and their properties, exceptions, numbers, lengths, dates, what rows have or lack. */
const { planned } = planning(
  new Map([
    ['channel', ['Chat', 'Email', 'Phone']],
    ['category', ['Backup', 'Billing', 'Replication']],
    ['region', ['Americas', 'EMEA']],
    ['forecast_category', ['Best Case', 'Commit', 'Pipeline']],
    ['stage', ['Closed Won', 'Negotiation/Review', 'Proposal/Price Quote']],
    ['lead_origin', ['Event', 'Referral', 'Web']],
    ['industry', ['Gaming', 'Transport']],
  ]),
);

/** What is measured or listed, by what, under which conditions, when, and what else the rows have. */
function decisive(plan: Plan): string {
  if (plan.kind !== 'metric' && plan.kind !== 'list') return plan.kind;
  const what = plan.kind === 'metric' ? plan.metrics.join('+') : `list ${plan.entity}`;
  const groups =
    plan.kind === 'metric' ? plan.groupBy.map(({ dimension, grain }) => grain ?? dimension).join('+') : '';
  const having =
    plan.kind === 'metric' ? plan.having.map(({ metric, op, value }) => `${metric} ${op} ${value}`) : [];
  const related = (plan.related ?? []).map(({ entity, has, where, timeDimension }) =>
    [has, entity, filterWords(where).join(' & '), timeDimension ?? '']
      .filter((part) => part !== '')
      .join(' '),
  );
  const date = plan.kind === 'list' && plan.timeDimension !== undefined ? `when ${plan.timeDimension}` : '';
  const parts = [what, groups && `by ${groups}`, date, ...filterWords(plan.where), ...having, ...related];
  return parts.filter((part) => part !== '').join('; ');
}

const expectPlans = (rows: readonly (readonly [string, string])[]): void => {
  for (const [question, plan] of rows) expect.soft(decisive(planned(question)), question).toBe(plan);
};

describe('rows that are narrowed', () => {
  it('takes the name of a property with its value, on either side of it', () => {
    expectPlans([
      ['deals in the commit category', 'list opportunity; forecast_category eq Commit'],
      ['deals with commit as the forecast category', 'list opportunity; forecast_category eq Commit'],
      ['tickets whose category is billing', 'list ticket; category eq Billing'],
      ['incidents whose severity is medium', 'list incident; severity eq medium'],
      ['tickets where Tomasz Nowak is the assignee', 'list ticket; assignee eq Tomasz Nowak'],
      ['accounts whose owner is Naomi Carter', 'list account; account_owner eq Naomi Carter'],
      [
        'tickets where Tomasz or Hannah is the assignee and the status is pending',
        'list ticket; ticket_status eq pending; assignee in Tomasz Hannah',
      ],
      ['customers in either the EMEA or the Americas region', 'list account; region in EMEA Americas'],
      ['tickets that came in by chat', 'list ticket; channel eq Chat'],
      // What rows are split by is none of these.
      ['tickets opened by category this month', 'tickets_opened; by category'],
      ['which severity do most incidents have', 'open_incidents; by severity'],
    ]);
  });

  it('understands exceptions in every construction', () => {
    expectPlans([
      ['customers outside EMEA', 'list account; region neq EMEA'],
      ['deals outside the negotiation stage', 'list opportunity; stage neq Negotiation/Review'],
      ['deals owned by anyone but Naomi Carter', 'list opportunity; owner neq Naomi Carter'],
      ['tickets not assigned to Priya Raman', 'list ticket; assignee neq Priya Raman'],
      ['tickets that are neither solved nor closed', 'list ticket; ticket_status not_in solved closed'],
      ['tickets of October, billing excluded', 'list ticket; category neq Billing'],
      ['tickets that no longer have an assignee', 'list ticket; assignee is_null'],
      ['tickets that are not pending', 'list ticket; ticket_status neq pending'],
      ['inactive products', 'list product; product_on_offer eq false'],
      ['deals that are not open', 'list opportunity; deal_closed eq true'],
      // Both of two states are no condition.
      ['tickets from Borealis Telecom, open or closed', 'list ticket; account eq Borealis Telecom'],
    ]);
  });

  it('makes one of two counts of the same records, of which one tells the other', () => {
    expectPlans([
      [
        'open deals created before June',
        'list opportunity; when deal_opened_on; deal_opened_on is_not_null; deal_closed eq false',
      ],
      [
        'deals created in October and already lost',
        'list opportunity; when deal_opened_on; deal_opened_on is_not_null; deal_closed eq true; deal_won eq false',
      ],
      ['leads created in September that were converted', 'list lead; lead_converted_at is_not_null'],
      [
        'are any of the open tickets from Umbra Security escalated',
        'list ticket; ticket_status in new open pending hold; ticket_escalated eq true; account eq Umbra Security',
      ],
      ['median resolution time of escalated tickets', 'resolution_time_median; ticket_escalated eq true'],
      [
        'tickets closed without any reply',
        'list ticket; ticket_solved_at is_not_null; ticket_first_replied_at is_null',
      ],
      // These are two figures, and what is open is not closed.
      ['tickets opened and solved last week', 'tickets_opened+tickets_solved'],
      ['won and lost deals this year', 'won_deals+lost_deals'],
      ['tickets that were open last week and are now closed', 'refuse'],
    ]);
  });

  it('compares a number of the rows by its verb and by its own name', () => {
    expectPlans([
      ['conversations with a rating of 4 or more', 'list conversation; conversation_csat gte 4'],
      ['campaigns with more than 20 responses', 'list campaign; campaign_responded gt 20'],
      ['campaigns costing more than 1500', 'list campaign; campaign_price gt 1500'],
      ['customers worth more than 200k in ARR', 'list account; account_arr gt 200000'],
      ['customers paying over 10,000 a month', 'mrr; by account; mrr gt 10000'],
      ['deals with a probability of 70% or higher', 'list opportunity; probability gte 0.7'],
      [
        'solved tickets with a satisfaction score below 3',
        'list ticket; ticket_solved_at is_not_null; some survey_response survey_score lt 3 & survey_kind eq csat',
      ],
      [
        'open deals of customers whose health is under 60',
        'list opportunity; deal_closed eq false; some health_score health_score lt 60',
      ],
      [
        'accounts in Americas with more than three open deals',
        'open_deals; by account; region eq Americas; open_deals gt 3',
      ],
      // The figure itself answers, and money by the month is no ARR.
      ['is the pipeline over 2m', 'pipeline_amount'],
      ['subscriptions over 25k', 'refuse'],
    ]);
  });

  it('knows how long deals took and customers stayed, whoever did it', () => {
    const day = 86_400;
    expectPlans([
      [
        'won deals that took longer than 90 days',
        `list opportunity; deal_won eq true; deal_time_to_close gt ${90 * day}`,
      ],
      [
        'deals that took more than 60 days to close',
        `list opportunity; deal_time_to_close gt ${60 * day}; deal_closed eq true`,
      ],
      [
        'churned customers that had been with us for over two years',
        `list churned_customer; customer_tenure gt ${2 * 365 * day}`,
      ],
      [
        'tickets solved by Priya in under four hours this week',
        'list ticket; when ticket_solved_at; ticket_solved_at is_not_null; assignee eq Priya; ticket_time_open lt 14400; ticket_solved_at is_not_null',
      ],
      ['tickets with a first reply later than one hour', 'list ticket; ticket_reply_time gt 3600'],
      ['deals stuck in the same stage for over 6 weeks', 'list deal_signal; deal_stage_age gt 42'],
    ]);
  });

  it('reads dates that are due, and clocks that were kept or not', () => {
    const clock = (state: string): string =>
      `some sla_clock sla_state eq ${state} & sla_metric eq resolution`;
    expectPlans([
      [
        'how many tickets were solved after their due date in October',
        `tickets_solved; ${clock('breached')}`,
      ],
      [
        'tickets solved within the SLA last quarter',
        `list ticket; when ticket_solved_at; ticket_solved_at is_not_null; ${clock('met')}`,
      ],
      [
        'which tickets will breach their SLA before tomorrow',
        'list sla_clock; when sla_due_at; sla_state in running paused',
      ],
      ['interventions not yet due', 'list intervention'],
    ]);
    for (const [question, from, to] of [
      ['tickets opened in the first week of March', '-03-01', '-03-07'],
      ['tickets opened in the second week of March', '-03-08', '-03-14'],
      ['tickets opened in the last week of March', '-03-25', '-03-31'],
    ]) {
      const plan = planned(question ?? '');
      const time = plan.kind === 'metric' ? JSON.stringify(plan.time) : plan.kind;
      expect.soft(time, question).toContain(from);
      expect.soft(time, question).toContain(to);
    }
    expect(decisive(planned('tickets created on or after 1 March'))).toBe('tickets_opened');
  });

  it('counts what rows have, or lack, by verbs with nothing behind them', () => {
    expectPlans([
      [
        'reps who have won nothing since 1 October',
        'list person; person_role eq rep; person_active eq true; none opportunity deal_won eq true',
      ],
      [
        'agents who solved nothing yesterday',
        'list person; person_role eq agent; person_active eq true; none ticket ticket_solved_at is_not_null ticket_solved_at',
      ],
      ['customers who bought nothing this year', 'list account; none sales_transaction'],
      [
        'partners that sourced at least one won deal this year',
        'list partner; some partner_result deal_won eq true & partner_part eq sourced',
      ],
      [
        'tickets of customers renewing next month',
        'list ticket; some subscription subscription_status in active past_due renews_on',
      ],
      [
        'customers that cancelled their subscription this year',
        'list account; some subscription cancelled_on is_not_null cancelled_on',
      ],
      ['accounts with no contact in October or November', 'list account; none activity'],
      [
        'accounts with an expired subscription and no open deal',
        'list account; some subscription subscription_status eq cancelled; none opportunity deal_closed eq false',
      ],
    ]);
  });
});
