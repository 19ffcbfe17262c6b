import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

const stored = new Map([
  ['category', ['Backup', 'Billing', 'Performance']],
  ['channel', ['Chat', 'Email', 'WhatsApp']],
  ['region', ['Americas', 'EMEA']],
]);
const names = new Map([
  ['account', ['Borealis Telecom', 'Umbra Security']],
  ['person', ['Aisha Grant', 'Hannah Lindqvist', 'Priya Raman']],
]);
const { planned, lastOf } = planning(stored, {
  names,
  now: new Date('2026-11-20T14:00:00Z'),
  zone: 'Europe/Berlin',
});

/** What decides an answer; how it is drawn does not. */
function decisive(plan: Plan): unknown {
  if (plan.kind !== 'metric' && plan.kind !== 'list') return plan;
  const { time, orderBy, limit, subject, related = [] } = plan;
  const where = [...filterWords(plan.where)].sort();
  const common = { where, time, limit, subject, related, orderBy };
  if (plan.kind === 'list') return { entity: plan.entity, ...common };
  const { metrics, groupBy, compare, transform, having, part } = plan;
  return { metrics, groupBy, compare, transform, having, part, ...common };
}

/** What was asked first, changes of it in the words of a chat, and the whole question that both make. */
const changes: readonly (readonly [first: string, whole: string, changes: readonly string[]])[] = [
  [
    'tickets opened this month',
    'tickets opened last month',
    [
      'and last month?',
      'same number but last month',
      'can you give me that figure again, only last month this time',
      'ok, now the same thing last month',
      'how many were there last month',
      'rerun that, period = last month',
    ],
  ],
  [
    'tickets opened by priority this month',
    'tickets opened by priority in October',
    [
      'and the same split in October?',
      'same table but in October',
      'now in October, still by priority',
      'redo this in October',
      'can you swap the period: in October',
      'how about in October, same grouping',
    ],
  ],
  [
    'conversations last month',
    'conversations by channel last month',
    [
      'by channel?',
      'break that down per channel',
      'what does it look like by channel',
      'channel breakdown',
      'and how is that distributed across each channel?',
      'slice that by channel for me',
    ],
  ],
  [
    'tickets opened by priority last month',
    'tickets opened by category last month',
    [
      'by category instead',
      'can you group those by category rather than priority',
      'not by priority, by category',
      'how about splitting them by category',
      'I actually wanted this by category',
      'regroup: category',
    ],
  ],
  [
    'tickets opened last month',
    'number of urgent tickets opened last month',
    [
      'only urgent',
      'how many of those were urgent?',
      'what if you only count urgent tickets',
      'filter it to urgent please',
      'how many urgent tickets were among them',
      'I only care about urgent',
    ],
  ],
  [
    'number of urgent tickets opened last month',
    'number of normal priority tickets opened last month',
    [
      'and normal?',
      'now normal instead',
      'how many normal ones did we get?',
      'not urgent, normal',
      'and how many were normal?',
      'I meant normal, sorry',
    ],
  ],
  [
    'number of urgent tickets opened last month',
    'tickets opened last month',
    [
      'and all of them?',
      'and overall?',
      'how many were opened altogether?',
      "what's the overall count then",
      "it doesn't have to be urgent, count everything",
    ],
  ],
  [
    'average CSAT last month',
    'average CSAT last month compared with the month before',
    [
      'how does that compare with the month before?',
      'is that more or less than the previous month',
      'up or down on the month before?',
      'can you put that next to the month before it',
      "what's the change from the previous month",
      'show me the difference to the prior month',
    ],
  ],
  [
    'won amount this year',
    'won amount by month this year',
    [
      'by month?',
      'monthly trend please',
      'can you plot this per month',
      'what does that look like over time, per month',
      'how many was that each month?',
      'spread those over the quarter, one point per month',
    ],
  ],
  [
    'open tickets of Borealis Telecom',
    'open tickets of Umbra Security',
    [
      'and Umbra Security?',
      'same for Umbra Security',
      'how does that look for Umbra Security?',
      'can you pull those for Umbra Security',
      'which ones are open at Umbra Security?',
      'do it again with Umbra Security as the customer',
    ],
  ],
  [
    'number of tickets solved by Hannah last week',
    'number of tickets solved by Priya Raman last week',
    [
      'and Priya Raman?',
      'same for Priya Raman',
      'how did Priya Raman do',
      "now Priya Raman's number",
      'not Hannah, Priya Raman',
      'swap Hannah for Priya Raman',
    ],
  ],
  [
    'number of open tickets',
    'list of open tickets',
    [
      'show me them',
      'which ones are they?',
      'can I see those',
      'pull up the records behind that number',
      'what are they?',
      'could you name them one by one',
    ],
  ],
  [
    'list of open deals',
    'number of open deals',
    [
      'how many is that?',
      'count them',
      "what's the total",
      'and as a number?',
      'total count?',
      'how long is that list, in tickets',
    ],
  ],
  [
    'tickets opened by category last month',
    'top 3 categories by tickets opened last month',
    [
      'only the top 3',
      'top 3?',
      'can you cut that to the 3 largest',
      'what are the 3 biggest ones',
      'leave just the 3 busiest categories',
      'which were our top 3 categories',
    ],
  ],
  [
    'list of open deals',
    'list of open deals sorted by amount, highest first',
    [
      'sort by amount, highest first',
      'order them by amount descending',
      'sorted by size, big to small',
      'show them from largest to smallest',
      'could you arrange those by value, highest at the top',
      're-sort it by deal amount from high to low',
    ],
  ],
  [
    'tickets opened last month',
    'SLA breaches last month',
    [
      'and SLA breaches?',
      'what was SLA breaches in the same month',
      'SLA breaches instead please',
      'can you give me SLA breaches for that month too',
      'and how about SLA breaches over that time',
      'not the ticket count, SLA breaches',
    ],
  ],
  [
    'tickets opened by priority last month',
    'tickets opened by priority last month as share of all',
    [
      'as percentages',
      'what share is each of those',
      'what percentage does each priority make up?',
      'turn these into percentages please',
      'I need it in % not counts',
      'what proportion of all of them is each priority',
    ],
  ],
  [
    'list of open tickets',
    'list of open urgent tickets',
    [
      'only the urgent ones',
      'which of those are urgent?',
      'show me only urgent tickets',
      'which ones are urgent',
      "hide everything that isn't urgent",
      'limit these to urgent please',
    ],
  ],
  [
    'won amount this quarter',
    'won amount by owner this quarter',
    [
      'by owner?',
      'split that by owner',
      'per owner please',
      'which owner brought in how much of that?',
      'who closed it',
      'one line per owner',
    ],
  ],
  [
    'average resolution time last month',
    'average resolution time last month without urgent tickets',
    [
      'without urgent tickets',
      'and if you leave out urgent',
      "same but don't count urgent tickets",
      'can you exclude the urgent tickets',
      'leave the urgent ones out please',
      'everything except urgent',
    ],
  ],
  [
    'list of open tickets of Borealis Telecom',
    'oldest open ticket of Borealis Telecom',
    [
      'which one is the oldest?',
      "what's the oldest of those",
      'show me just the oldest',
      'only the oldest please',
      'can you tell me which is oldest',
      'which of them did they open earliest',
    ],
  ],
  [
    'SLA compliance by agent last month',
    'agents with SLA compliance below 90 percent last month',
    [
      'only those under 90%',
      'which of them are below 90%',
      'show only agents below 90',
      'which agents fell short of 90 percent',
      'hide everyone at 90 percent or above',
      'who missed 90 percent',
    ],
  ],
];

describe('a change of the answer before', () => {
  describe.each(changes)('%s: %s', (first, whole, texts) => {
    it.each(texts)('%s', (text) => {
      expect(decisive(lastOf(first, text))).toEqual(decisive(planned(whole)));
    });
  });

  it('of one more name shows each by name', () => {
    for (const text of ['can you check that for Aisha as well', 'and Aisha too'])
      expect(lastOf('number of tickets solved by Hannah last week', text)).toMatchObject({
        groupBy: [{ dimension: 'assignee' }],
        where: [{ any: [{ dimension: 'assignee', op: 'in', values: ['Hannah', 'Aisha'] }] }],
      });
  });
});

describe('a whole question after another answer', () => {
  const before = ['tickets opened by priority last month', 'list of open deals', 'ARR'];
  it.each([
    'how many deals did we win this quarter',
    'who won the most deals this year',
    'which agents solved more than 10 tickets last week',
    'top 3 priorities by tickets opened last month',
    'what percentage of tickets last month are urgent?',
    'compare average CSAT in October with in September please',
    'who had more than 10 tickets last month',
    'drop in tickets this week compared to last week',
    'what is the average deal size this year',
    "can you check Hannah's average resolution time last month please",
    'total tickets solved last week',
    'show me the open deals of Umbra Security',
    'I need to see every ticket with priority high',
    'all open escalations',
  ])('stands for itself: %s', (question) => {
    for (const first of [...before, 'number of urgent tickets opened last month'])
      expect(decisive(lastOf(first, question)), first).toEqual(decisive(planned(question)));
  });
});
