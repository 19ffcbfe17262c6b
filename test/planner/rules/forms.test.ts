import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { Plan } from '../../../src/query/metric-query.ts';
import type { SeenNames } from '../../../src/query/seen-names.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { planWords } from './support/plans.ts';

const stored = new Map([
  ['region', ['EMEA', 'Americas']],
  ['channel', ['Email', 'Phone', 'Chat']],
  ['stage', ['Prospecting', 'Negotiation/Review', 'Closed Won', 'Closed Lost']],
]);
const names: SeenNames = new Map([
  ['account', ['Vantage Rail', 'Halden Logistics AB', 'Foxglove Labs', 'Solvang Foods']],
  ['person', ['Naomi Carter', 'Luis Ortega', 'Priya Raman', 'Tomasz Nowak']],
]);

function planned(question: string): Plan {
  return createRulesPlanner().explain({
    question,
    catalogue: theCatalogue(),
    now: new Date('2026-11-20T14:00:00Z'),
    zone: 'Europe/Berlin',
    requestId: 'r',
    stored,
    names,
  }).planned.plan;
}

const told = (question: string): string => planWords(planned(question));

describe('what comes next', () => {
  const open = '[deal_closed eq false]';
  const running = '[subscription_status in active past_due]';

  it.each([
    ['my next renewals', `list subscription ${running} [renews_on gte 2026-11-20] renews_on asc me`],
    ['upcoming renewals', `list subscription ${running} [renews_on gte 2026-11-20] renews_on asc`],
    [
      'next 3 renewals in EMEA',
      `list subscription [region eq EMEA] ${running} [renews_on gte 2026-11-20] renews_on asc 3`,
    ],
    [
      'when is my next deal due to close',
      `list opportunity ${open} [close_date gte 2026-11-20] close_date asc 1 me`,
    ],
    [
      'which of my deals closes next',
      `list opportunity ${open} [close_date gte 2026-11-20] close_date asc 1 me`,
    ],
    [
      'the next two deals due to close in my team',
      `list opportunity ${open} [close_date gte 2026-11-20] close_date asc 2 my_team`,
    ],
    [
      'next ticket that will breach its SLA',
      'list sla_clock [sla_state eq running] [sla_due_at gt @now] sla_due_at asc 1',
    ],
    [
      'which SLA will breach next',
      'list sla_clock [sla_state eq running] [sla_due_at gt @now] sla_due_at asc 1',
    ],
    [
      'what is our next campaign',
      'list campaign [campaign_starts_on gte 2026-11-20] campaign_starts_on asc 1',
    ],
    ['my next task', 'list activity [activity_kind eq task] [activity_at gt @now] activity_at asc 1 me'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each([
    ['deals closing next month', 'closing_deals'],
    ['next quarter forecast', 'next_quarter_forecast'],
    ['tickets next week', 'refuse prediction'],
    ['next steps of my deals', 'list opportunity me'],
  ])('is not asked with a period or a property: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('the last one, by what was done', () => {
  it.each([
    [
      'who in my team closed the last deal',
      'list opportunity [deal_closed eq true] close_date desc 1 my_team',
    ],
    ['which rep won the last deal', 'list opportunity [deal_won eq true] close_date desc 1'],
    ['when did I close my last deal', 'list opportunity [deal_closed eq true] close_date desc 1 me'],
    ['when did I last get an urgent ticket', 'list ticket [priority eq urgent] ticket_opened_at desc 1 me'],
    [
      "when was Vantage Rail's last incident",
      'list incident [account eq Vantage Rail] incident_started_at desc 1',
    ],
    ['when did the last incident start', 'list incident incident_started_at desc 1'],
    ['which customer had the last incident', 'list incident incident_started_at desc 1'],
    ['when did we lose our last customer', 'list churned_customer left_on desc 1'],
    ['deals I lost last quarter', 'list opportunity [deal_closed eq true] [deal_won eq false] me'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('two that are compared', () => {
  const reps = '[owner in Naomi Luis]';

  it.each([
    ['Naomi or Luis: who has won more deals this quarter?', `won_deals by owner ${reps}`],
    ["whose pipeline is bigger, Naomi's or Luis's", `pipeline_amount by owner ${reps}`],
    ['how do Naomi and Luis compare on win rate this year', `win_rate by owner ${reps}`],
    ["compare Naomi's and Luis's open pipeline", `pipeline_amount by owner ${reps}`],
    [
      'can you compare Priya and Tomasz on tickets solved this month',
      'tickets_solved by assignee [assignee in Priya Tomasz]',
    ],
    ['does Priya or Tomasz solve more tickets', 'tickets_solved by assignee [assignee in Priya Tomasz]'],
    [
      'are there more open tickets in EMEA or in the Americas',
      'open_tickets by region [region in EMEA Americas]',
    ],
    ['does EMEA or the Americas have a higher CSAT', 'csat_average by region [region in EMEA Americas]'],
    [
      'whose health score is lower, Vantage Rail or Foxglove Labs',
      'average_health_score by account [account in Vantage Rail Foxglove Labs]',
    ],
    [
      'difference in ARR between Vantage Rail and Foxglove Labs',
      'arr by account [account in Vantage Rail Foxglove Labs]',
    ],
    ['difference between tickets opened and tickets solved last week', 'tickets_opened+tickets_solved'],
    ['do we have more urgent tickets than last week', 'tickets_opened previous_period [priority eq urgent]'],
    ['are we solving more tickets than last week', 'tickets_solved previous_period'],
    ['is my team winning fewer deals than last quarter', 'won_deals previous_period my_team'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('is a bound where a number stands', () => {
    expect(told('deals bigger than 100k')).toBe('list opportunity [deal_amount gt 100000]');
  });
});

describe('the form of the answer', () => {
  it.each([
    ['pie chart of customers by region', 'accounts by region bar'],
    ['show me a pie of tickets by channel', 'tickets_opened by channel bar'],
    ['line of average CSAT by month', 'csat_average by month line'],
    ['open tickets by priority as a donut', 'open_tickets by priority bar'],
    ['show the distribution of customers over the health bands', 'scored_accounts by health_band'],
    ['give me the split of open deals across the stages', 'open_deals by stage'],
    ['which regions have how many customers', 'accounts by region'],
    ['how many customers does each region have', 'accounts by region'],
    ['who has how many open tickets', 'open_tickets by assignee'],
    ['average health score across all customers', 'average_health_score'],
    ['open tickets across all channels', 'open_tickets by channel'],
    ['could you give me a list of my accounts?', 'list account me'],
    ['tickets reopened this month, if any', 'tickets_reopened'],
    ['which of my tickets breached their SLA', 'list ticket some sla_clock me'],
    ['customers I solved tickets for this week', 'tickets_solved by account me'],
    ['who are our five least healthy customers', 'list health_score health_score asc 5'],
    [
      'the deal in my pipeline with the earliest close date',
      'list opportunity [deal_closed eq false] close_date asc 1 me',
    ],
    ['open tickets with customer, assignee and age', 'list ticket [ticket_status in new open pending hold]'],
    [
      'how long has my oldest deal been open',
      'list opportunity [deal_closed eq false] deal_opened_on asc 1 me',
    ],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('how long, on average', () => {
  it.each([
    ['how long do our deals stay open on average', 'days_to_close_average'],
    ['how long do tickets usually stay open', 'resolution_time_average'],
    ['how long does it usually take me to solve a ticket', 'resolution_time_median me'],
    ['how many tickets per day do I solve on average', 'tickets_solved by day mean me'],
    ['how many deals do we win per month on average', 'won_deals by month mean'],
    ['on average, how many tickets do we get a week', 'tickets_opened by week mean'],
    [
      'how many tickets came in on average per working day in October',
      'tickets_opened by day mean [weekday in 1 2 3 4 5]',
    ],
    ['average resolution time per week', 'resolution_time_average by week'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('points of a course', () => {
  it.each([
    [
      'what were the five worst months for churned customers',
      'churned_customers by month churned_customers desc 5',
    ],
    ['five worst months for CSAT', 'csat_average by month csat_average asc 5'],
    ['months with the most churned customers', 'churned_customers by month churned_customers desc 10'],
    ['which 5 months had the most leads', 'leads by month leads desc 5'],
    [
      'on which day in October did I close the most tickets',
      'tickets_solved by day tickets_solved desc 1 me',
    ],
    ['best quarter for revenue', 'won_amount by quarter won_amount desc 1'],
    ['busiest day of the week for tickets', 'tickets_opened by weekday tickets_opened desc 1'],
    ['cumulative revenue this year', 'won_amount by month running'],
    ['cumulative tickets opened this month', 'tickets_opened by day running'],
    ['how has revenue developed since January', 'won_amount by time'],
    ['revenue development compared to last month', 'won_amount previous_period'],
    ['my ticket history by month for this year', 'tickets_opened by month me'],
    ['SLA compliance by month over the last half year', 'sla_compliance_rate by month'],
    ['are our escalations going up or down', 'new_escalations by month'],
    ['did our pipeline grow this month', 'pipeline_amount by month'],
    ['revenue growth versus last quarter in percent', 'won_amount previous_period'],
    ['longest days in stage', 'max_of_stage_days'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('one among all', () => {
  it.each([
    ['where does Solvang Foods rank by ARR', 'arr by account rank arr desc 100'],
    [
      'where does Priya rank in tickets solved this month',
      'tickets_solved by assignee rank tickets_solved desc 100',
    ],
    ['is Foxglove Labs one of our ten biggest customers by ARR', 'arr by account arr desc 10'],
    ['is Priya among the top 3 agents by CSAT', 'csat_average by assignee csat_average desc 3'],
    [
      'customers whose health score is below average',
      'average_health_score by account average_health_score asc',
    ],
    [
      'agents with an above average resolution time',
      'resolution_time_median by assignee resolution_time_median desc',
    ],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});
