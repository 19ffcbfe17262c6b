import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

const stored = new Map([
  ['intent', ['password reset', 'slow queries']],
  ['category', ['Access', 'Billing', 'How-to', 'Performance']],
  ['channel', ['WhatsApp', 'Web chat', 'Phone', 'Email', 'Chat']],
  ['region', ['EMEA', 'Americas']],
  ['segment', ['Enterprise', 'Mid-market', 'SMB']],
]);
const { planned } = planning(stored, { now: new Date('2026-11-20T14:00:00Z'), zone: 'Europe/Berlin' });

/** What decides a plan, in one line. */
function told(question: string): string {
  const plan: Plan = planned(question);
  if (plan.kind === 'clarify') return `asked: ${plan.options.map(({ label }) => label).join(' / ')}`;
  if (plan.kind === 'refuse') return `refused: ${plan.detail}`;
  if (plan.kind === 'summary') return 'summary';
  const head = plan.kind === 'list' ? `list ${plan.entity}` : plan.metrics.join('+');
  const groups = plan.kind === 'metric' ? plan.groupBy.map(({ dimension }) => dimension) : [];
  const part = plan.kind === 'metric' ? (plan.part?.where ?? []) : [];
  return [
    head,
    ...(groups.length > 0 ? [`by ${groups.join(',')}`] : []),
    ...filterWords(plan.where).map((filter) => `[${filter}]`),
    ...filterWords(part).map((filter) => `part [${filter}]`),
    ...plan.orderBy.map(({ by, direction }) => `${by} ${direction}`),
    ...(plan.subject === 'none' ? [] : [plan.subject]),
  ].join(' ');
}

const open = '[ticket_status in new open pending hold]';
const running = '[sla_state in running paused]';

describe('who has how much to do', () => {
  it.each([
    ['who is drowning in tickets', 'open_tickets by assignee open_tickets desc'],
    ["who's swamped right now", 'open_tickets by assignee open_tickets desc'],
    ['who has the most on their plate', 'open_tickets by assignee open_tickets desc'],
    ['which topics are we getting hammered on this month', 'tickets_opened by category tickets_opened desc'],
    ['which customers do I hear from most', 'tickets_opened by account tickets_opened desc me'],
    ['which customers do we hear from the least', 'tickets_opened by account tickets_opened asc'],
    ['which product do most of my tickets concern', 'tickets_opened by product tickets_opened desc me'],
    ['what did I get done this week', 'tickets_solved me'],
    ['headcount of open tickets per engineer', 'open_tickets by assignee'],
    ['how often do I get pulled into Access problems', 'tickets_opened [category eq Access] me'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each([
    ['how many people are in my team', /^(?!.*open_tickets)/],
    ['what did the webinars cost', /^(?!.*tickets_solved)/],
  ])('“%s” is something else', (question, expected) => {
    expect(told(question)).toMatch(expected);
  });
});

describe('answers that are owed or given', () => {
  it.each([
    [
      'anything of mine that nobody has replied to yet',
      `list ticket ${open} [ticket_first_replied_at is_null] me`,
    ],
    [
      'how many tickets never got a reply before they were closed',
      'tickets_solved [ticket_first_replied_at is_null]',
    ],
    ['how long does it take me to get back to a customer the first time', 'first_response_time_median me'],
    [
      'first reply under one hour - in how many percent of cases do we manage that?',
      'tickets_opened part [ticket_reply_time lt 3600]',
    ],
    ['am I faster or slower than last month with first replies', 'first_response_time_median me'],
    [
      'enterprise vs mid-market: who waits longer for a first answer',
      'first_response_time_median by segment [segment in Enterprise Mid-market]',
    ],
    [
      'which customer has been waiting the longest for a reply from me',
      'list ticket [ticket_status in new open] ticket_time_open desc me',
    ],
    [
      'did any customer give me a 1 or a 2 in november?',
      'list survey_response [survey_kind eq csat] [survey_score in 1 2] me',
    ],
    ['csat distribution last month', 'csat_responses by survey_score'],
    ['grumpy customers in my queue, worst sentiment first', `list ticket ${open} ticket_sentiment asc me`],
    [
      'how many of our open tickets are waiting on the customer and not on us',
      'open_tickets [ticket_status eq pending]',
    ],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('leaves deals that nobody has touched to their activities', () => {
    expect(told('open deals nobody has touched for 30 days')).toBe('list opportunity [deal_closed eq false]');
  });
});

describe('promises to customers', () => {
  it.each([
    ['which of my tickets will breach before tonight', `list sla_clock ${running} me`],
    ['anything of mine breaching before eod', `list sla_clock ${running} me`],
    ['tickets coming due on Monday', `list sla_clock ${running}`],
    ["what's due next on SLA for me", `list sla_clock ${running} sla_due_at asc me`],
    ['next sla due in my queue', `list sla_clock ${running} sla_due_at asc me`],
    ['frt breaches by agent last week', 'sla_breaches by assignee [sla_metric eq first_response]'],
    [
      'what percentage of mine met the resolution target in October',
      'sla_compliance_rate [sla_metric eq resolution] me',
    ],
    [
      'how many urgent tickets have I had this month and did I miss the target on any',
      'tickets_opened+sla_breaches [priority eq urgent] me',
    ],
    ['how many tickets breached an SLA in October', 'tickets_breached'],
    ['how many of my tickets missed their target last week', 'tickets_breached me'],
    ['which tickets breached last week', 'list sla_clock [sla_state eq breached]'],
    ['breaches on escalated tickets this month', 'sla_breaches [ticket_escalated eq true]'],
    ['how many sla breaches last month', 'sla_breaches'],
    [
      'tickets with a breached sla that are still not solved',
      `list sla_clock [sla_state eq breached] ${open}`,
    ],
    [
      'has anyone dropped the ball on an urgent one this week, i.e. missed the first reply target?',
      'list sla_clock [sla_state eq breached] [sla_metric eq first_response] [priority eq urgent]',
    ],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('goes by the day on which a promise was broken', () => {
    expect(planned('have I blown any SLAs this week')).toMatchObject({
      kind: 'list',
      timeDimension: 'sla_breached_at',
    });
    expect(planned('SLA clocks started this week')).not.toMatchObject({ timeDimension: 'sla_breached_at' });
  });
});

describe('the first and the last of them', () => {
  it.each([
    [
      'oldest open escalation',
      'list customer_escalation [escalation_status not_in resolved closed] escalation_opened_at asc',
    ],
    ['how old is the oldest open ticket', `list ticket ${open} ticket_opened_at asc`],
    [
      'how big is our backlog today and how old is the oldest one in it?',
      `list ticket ${open} ticket_opened_at asc`,
    ],
    [
      'open escalations, most serious first',
      'list customer_escalation [escalation_status not_in resolved closed] priority desc',
    ],
    ['open tickets sorted by priority', `list ticket ${open} priority desc`],
    ['open tickets, lowest priority first', `list ticket ${open} priority asc`],
    ['slowest resolution last quarter, which ticket was that', 'list ticket ticket_time_open desc'],
    ['p90 resolution time last quarter', 'resolution_time_p90'],
    ['urgent tickets of mine please', `list ticket [priority eq urgent] ${open} me`],
    ['all my urgent tickets', 'list ticket [priority eq urgent] me'],
    ['my low priority tickets', 'list ticket [priority eq low] me'],
    ['tickets open more than 14d pct of backlog', 'open_tickets part [ticket_time_open gt 1209600]'],
    [
      'what share of my open tickets is older than a week',
      'open_tickets part [ticket_time_open gt 604800] me',
    ],
    ['the tickets I had on hold the longest', 'refused: how long they have been in that state is not kept'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('goes by the day of the solution where the time to it is compared', () => {
    const plan = planned('slowest resolution last quarter');
    expect(plan).toMatchObject({ kind: 'list', timeDimension: 'ticket_solved_at' });
    expect(planned('slowest tickets last quarter')).not.toMatchObject({ timeDimension: 'ticket_solved_at' });
  });
});

describe('one record by its number', () => {
  it.each([
    ['is 00011849 still open', 'list ticket [ticket_number eq 00011849]'],
    ['00011849 still open or', 'list ticket [ticket_number eq 00011849]'],
    ["is 00011854 mine or somebody else's?", 'list ticket [ticket_number eq 00011854]'],
    [
      "who's looking after CE-1043 and where does it stand",
      'list customer_escalation [ce_number eq CE-1043]',
    ],
    ['was 00011849 solved within SLA?', 'list sla_clock [ticket_number eq 00011849]'],
    ['did the customer on 00011847 ever rate us', 'list survey_response [ticket_number eq 00011847]'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each([
    ['who opened 00011852 and at which company are they', 'contact'],
    ['what is 00011852 about and who did it come from', 'contact'],
    ['contact of 00011852', 'contact'],
    ['ce-1044 sentiment', 'sentiment'],
  ])('“%s” shows the %s', (question, column) => {
    expect(planned(question)).toMatchObject({ kind: 'list', columns: expect.arrayContaining([column]) });
  });

  it('never shows the contract of a customer for the plan of an escalation, whose texts tell it', () => {
    expect(planned("what's the plan on ce-1044").kind).toBe('summary');
  });
});

describe('how things came in, and how they are spread', () => {
  it.each([
    ['how many whatsapp conversations landed with me in october?', 'conversations [channel eq WhatsApp] me'],
    ['how many tickets reached us yesterday', 'tickets_opened'],
    ["how's the backlog spread over my people", 'open_tickets by person my_team'],
    ['open tickets spread across regions', 'open_tickets by region'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('ones of a kind', () => {
  it.each([
    ['do I have any urgent or high ones open?', `list ticket ${open} [priority in urgent high] me`],
    ['any urgent ones open', `list ticket ${open} [priority eq urgent]`],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each([
    // Said of what an answer before showed.
    'which ones are urgent',
    // Nothing tells of which kind.
    'any shiny ones open',
  ])('are left where “%s” tells nothing', (question) => {
    expect(told(question)).toMatch(/^refused/);
  });

  it('are the records that the question names itself', () => {
    expect(told('urgent tickets, only open ones')).toBe(`list ticket ${open} [priority eq urgent]`);
  });
});
