import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const stored = new Map([
  ['region', ['Americas', 'EMEA']],
  ['channel', ['Chat', 'Email', 'Phone', 'WhatsApp']],
  ['lead_origin', ['Event', 'Web']],
]);
const { planned, lastOf } = planning(stored, { now: new Date('2026-11-20T14:00:00Z') });
const told = (question: string): string => JSON.stringify(planned(question));

describe('idioms', () => {
  it.each([
    [
      'what am I sitting on that should close this month?',
      'which of my open deals are due to close this month',
    ],
    ['how quickly does support get back to customers', 'how quickly do we get back to customers'],
    ['who has the sickest book, i.e. the lowest average health', 'who has the lowest average health'],
    ['seats bought by customer', 'seats entitled by customer'],
    ['Which lead source converts best?', 'lead origins by lead conversion rate, highest first'],
    ['partners with no deal in the last 6 months', 'partners with no joint deal in the last 6 months'],
    ["Which partners haven't finished enablement yet?", 'which partners that are not enabled'],
    ['how many new customers signed up this year', 'how many new customers this year'],
    [
      'accounts where logins dropped to zero in the last two weeks',
      'accounts with no logins in the last two weeks',
    ],
    ['customers in EMEA paying us more than 100k a year', 'customers in EMEA with arr more than 100k'],
    ['how many whatsapp msgs failed today and why', 'how many whatsapp msgs failed today by reason'],
    [
      'accounts with the steepest drop in API calls compared to last month',
      'accounts with the largest drop in API calls compared to last month',
    ],
    [
      'Do we resolve tickets faster by chat or by email?',
      'resolution time of tickets by channel, chat vs email',
    ],
    ['what sells best this quarter', 'best selling products this quarter'],
    ['tickets opened in the past fortnight', 'tickets opened in the last 2 weeks'],
    ['next steps missing on deals closing this month', 'deals closing this month without a next step'],
    [
      'what proportion of tickets do we close within 24 hours',
      'what share of tickets solved within 24 hours',
    ],
    ['tickets opened over the weekend last month', 'tickets opened on weekends last month'],
    [
      'interventions we finished this month and how they turned out',
      'interventions we finished this month by outcome',
    ],
    ['what share of our open pipeline came through partners', 'partner share of pipeline'],
    ['how is the product doing', 'best products'],
    ['escalations older than 14 days', 'list escalations older than 14 days'],
    ['open escalations right now', 'open escalations'],
  ])('%s = %s', (idiom, plainly) => {
    expect(planWords(planned(idiom))).not.toMatch(/^refuse/);
    expect(told(idiom)).toBe(told(plainly));
  });

  it('name either of two texts, each with all of its words', () => {
    expect(planned('deals needing multi-region or geo partitioning')).toMatchObject({
      where: [
        { any: [{ values: ['multi-region'] }, { values: ['geo'] }] },
        { any: [{ values: ['multi-region'] }, { values: ['partitioning'] }] },
      ],
    });
  });

  it('say who has none of a kind', () => {
    expect(planned('reps with no calls this week')).toMatchObject({
      entity: 'person',
      related: [{ entity: 'activity', has: 'none', where: [{ any: [{ values: ['call'] }] }] }],
    });
  });

  it.each([
    ['accounts that fell from good to warning this month', 'no_field'],
    ['which accounts fell a health band since last month', 'no_field'],
    ['which feature does Borealis Telecom use most', 'no_field'],
    ['contacts at Borealis Telecom with phone numbers', 'no_field'],
  ])('%s is refused, since no record tells it', (question, reason) => {
    expect(planned(question)).toMatchObject({ kind: 'refuse', reason });
  });
});

describe('a change of one bound', () => {
  const last = (...texts: readonly string[]) => planWords(lastOf(...texts));

  it('is another length of the only one there is', () => {
    const stuck = ['deals with no activity in 21 days', 'make it 30'] as const;
    expect(lastOf(...stuck)).toMatchObject({ related: [{ time: { kind: 'relative', unit: 'day', n: 30 } }] });
    expect(lastOf(...stuck)).toMatchObject({ limit: 10 });
    expect(lastOf('tickets older than 5 days', '2 weeks')).toMatchObject({
      time: { kind: 'older', unit: 'week', n: 2 },
    });
    expect(lastOf('tickets per product, last 30 days', 'last 90')).toMatchObject({
      time: { kind: 'relative', unit: 'day', n: 90 },
    });
    // So many rows, where a ranking is shown.
    expect(lastOf('top 5 customers by arr', 'make it 10')).toMatchObject({ limit: 10 });
  });

  it('is how many rows each group has', () => {
    expect(lastOf('win rate by rep this year', 'only with more than 5 deals')).toMatchObject({
      metrics: ['win_rate', 'decided_deals'],
      having: [{ metric: 'decided_deals', op: 'gt', value: 5 }],
    });
  });

  it('is the days of the week in the same period', () => {
    expect(lastOf('conversations last month by hour', 'only saturday and sunday')).toMatchObject({
      time: { kind: 'relative', unit: 'month', n: 1 },
      where: [{ any: [{ dimension: 'weekday', op: 'in', values: ['6', '7'] }] }],
    });
  });

  it('is on the customers that are listed, by what is told of each', () => {
    expect(last('accounts in emea', 'only those with health under 50')).toBe(
      'list health_score [region eq EMEA] [health_score lt 50]',
    );
    expect(last('accounts in emea', 'with arr over 20k')).toMatch(
      /^list account \[region eq EMEA\] \[account_arr gt 20000\]/,
    );
  });

  it('drops whom it is of', () => {
    expect(last('escalation resolution time of Borealis Telecom', 'same for everybody')).toBe(
      planWords(planned('escalation resolution time')),
    );
    expect(lastOf('my open tickets', 'for everyone')).toMatchObject({ subject: 'none' });
  });

  it('adds a figure of the same name', () => {
    expect(lastOf('new mrr vs churned mrr per month this year', 'add expansion')).toMatchObject({
      metrics: ['new_mrr', 'churned_mrr', 'expansion_mrr'],
      where: [],
    });
  });
});
