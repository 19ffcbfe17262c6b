import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

/** Records that are asked for in ordinary sentences: lists, the oldest and newest of them, and how many somebody has. */
const { planned } = planning(
  new Map([
    ['region', ['Americas', 'EMEA']],
    ['stage', ['Closed Won', 'Negotiation/Review']],
  ]),
);

function told(plan: Plan): string {
  if (plan.kind === 'refuse') return `refuse ${plan.reason}`;
  if (plan.kind !== 'list' && plan.kind !== 'metric') return plan.kind;
  const what = plan.kind === 'list' ? plan.entity : plan.metrics.join('+');
  const groups = plan.kind === 'metric' ? plan.groupBy.map(({ dimension }) => `by ${dimension}`) : [];
  const having = plan.kind === 'metric' ? plan.having.map(({ op, value }) => `${op} ${value}`) : [];
  const related = (plan.related ?? []).map(({ has, entity }) => `${has} ${entity}`);
  const order = plan.orderBy.map(({ by, direction }) => `${by} ${direction} ${plan.limit}`);
  const whose = plan.subject === 'none' ? [] : [plan.subject];
  return [what, ...groups, ...filterWords(plan.where), ...having, ...related, ...order, ...whose].join(' | ');
}

const expectPlans = (rows: readonly (readonly [string, string])[]): void => {
  for (const [question, plan] of rows) expect.soft(told(planned(question)), question).toBe(plan);
};

describe('records that are asked for', () => {
  it('are nobody’s because somebody looks for them, goes through them or is curious', () => {
    const open = 'ticket | ticket_status in new open pending hold';
    expectPlans([
      ["I'm looking for tickets with priority high", 'ticket | priority eq high'],
      ["we're searching for deals in negotiation", 'opportunity | stage eq Negotiation/Review'],
      ["hey, I'd like to go through the open tickets", open],
      ['I want to go over the open tickets', open],
      ["I'd like to browse open tickets", open],
      ['let me have a look at the open tickets', open],
      ["I'm curious how many tickets came in today", 'tickets_opened'],
      ["I'm looking for my open tickets", `${open} | me`],
    ]);
  });

  it('are handed over, pulled up and listed out without any act', () => {
    const open = 'ticket | ticket_status in new open pending hold';
    expectPlans([
      ['hand me a list of open tickets', open],
      ['send over the open tickets one by one, not just the count', open],
      ['could you please list out whatever tickets are currently open', open],
      ['pull the open tickets up please', open],
      ['mind showing me the open tickets?', open],
      ['list every ticket with priority high', 'ticket | priority eq high'],
      ['would you bring up each ticket with priority high?', 'ticket | priority eq high'],
      ['are there tickets with priority high? if so, list them', 'ticket | priority eq high'],
      ['overview of open tickets, each ticket on its own line', open],
      ['# of open tickets', 'open_tickets'],
    ]);
  });

  it('stay an act where something is sent to somebody, on a date, or made', () => {
    for (const question of [
      'send the open tickets to Rita',
      'hand over my tickets to the night team',
      'send me the open tickets every monday',
      'send me the tickets when they breach',
      'forward me to an agent',
      'open a ticket for Acme',
    ])
      expect.soft(told(planned(question)), question).toMatch(/^refuse/);
  });

  it('leave nouns that sound like a wish alone', () => {
    // Not understood is right, another rate is not.
    expect(told(planned('hand over rate by week'))).toMatch(/^refuse|bot_to_human/);
    expect(told(planned('handover rate by week'))).toMatch(/bot_to_human/);
  });

  it('keep what is said behind a remark on their form', () => {
    expect(told(planned('open tickets one by one, but only urgent ones'))).not.toBe(
      'ticket | ticket_status in new open pending hold',
    );
  });
});

describe('the oldest and the newest record', () => {
  const oldest = 'ticket | ticket_status in new open pending hold | ticket_opened_at asc 1';

  it('is told by what happened, by its age, or out of all of them', () => {
    expectPlans([
      ['which open ticket has been around the longest?', oldest],
      ['which open ticket came in first?', oldest],
      ['find the open ticket with the earliest creation date', oldest],
      ['the open ticket with the highest age, which one is it?', oldest],
      ['among the open tickets, which one goes back furthest?', oldest],
      ['out of everything open in our tickets, give me the single oldest', oldest],
      ['I want to know which ticket is the oldest one that is open now', oldest],
      ['open tickets, oldest one only', oldest],
      ['the oldest of our open tickets', oldest],
      ['from when is our oldest open ticket?', oldest],
      ['which lead was created most recently', 'lead | lead_opened_at desc 1'],
      ['out of all the incidents, which one is the newest?', 'incident | incident_started_at desc 1'],
      ['when did our oldest open deal come in', 'opportunity | deal_closed eq false | deal_opened_on asc 1'],
    ]);
  });

  it('stays the asker’s', () => {
    expectPlans([
      ['out of all my tickets, which one is the newest?', 'ticket | ticket_opened_at desc 1 | me'],
      ['my open tickets, oldest one only', `${oldest} | me`],
    ]);
  });
});

describe('how many somebody has', () => {
  const many = 'tickets_opened | by account | gt 10';

  it('is said by verbs, and by the number of the records', () => {
    expectPlans([
      ['are there accounts that went over 10 tickets last month?', many],
      ['list all accounts exceeding 10 tickets last month', many],
      ['what accounts got past 10 tickets last month', many],
      ['I need the customers that had in excess of 10 tickets last month', many],
      ['find every account where the number of tickets is higher than 10 last month', many],
      ['accounts last month with tickets count above 10', many],
      ['whose tickets exceeded 10 last month? by account please', many],
      ['can you tell me for which accounts we recorded more than 10 tickets last month?', many],
      ['did more than 10 tickets come from one account last month, and which account?', many],
      ['give me the names of accounts with more than 10 tickets last month', many],
    ]);
  });

  it('may be none', () => {
    const free = 'account | none ticket';
    expectPlans([
      ['last month, for which accounts did we see no tickets at all?', free],
      ['which accounts have nothing in tickets last month?', free],
      ['what accounts were ticket-free last month?', free],
      ['can you pull all accounts whose number of tickets is zero last month', free],
      ['did any account go without tickets last month? which ones?', free],
    ]);
  });

  it('is no score of the records and no amount', () => {
    for (const question of ['tickets over 10', 'show accounts having tickets > 10 last month'])
      expect.soft(told(planned(question)), question).toMatch(/^refuse/);
    expectPlans([
      ['surveys below 3', 'survey_response | survey_score lt 3 | survey_kind eq csat'],
      ['deals with an amount over 50000', 'opportunity | deal_amount gt 50000'],
      ['which agents are free', 'refuse unknown_word'],
    ]);
  });
});
