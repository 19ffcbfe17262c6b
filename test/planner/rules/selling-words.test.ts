import { describe, expect, it } from 'vitest';
import { unseenName } from '../../../src/planner/rules/unseen-names.ts';
import { vocabularyOf } from '../../../src/planner/rules/vocabulary.ts';
import type { Plan } from '../../../src/query/metric-query.ts';
import type { SeenNames } from '../../../src/query/seen-names.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { filterWords, planning } from './support/plans.ts';

/** What sellers ask of their quota, their deals and what their customers have. */
const { planned, query, list } = planning(
  new Map([
    ['product', ['Quorum Core', 'Quorum Geo', 'Premium support, month']],
    ['region', ['Americas', 'EMEA']],
    ['lead_source', ['Partner', 'Web']],
    ['lead_origin', ['Campaign', 'Partner', 'Web']],
    ['campaign', ['Database round table', 'Newsletter']],
    ['stage', ['Prospecting', 'Proposal/Price Quote', 'Negotiation/Review', 'Closed Won', 'Closed Lost']],
    ['stage_before', ['Prospecting', 'Proposal/Price Quote', 'Negotiation/Review']],
  ]),
);

const figures = (plan: Plan): readonly string[] => (plan.kind === 'metric' ? plan.metrics : []);
const conditions = (question: string): readonly string[] => filterWords(query(question).where);
const groups = (question: string): readonly string[] => {
  const plan = query(question);
  return plan.kind === 'metric'
    ? plan.groupBy.map(({ dimension, grain }) => `${dimension} ${grain ?? ''}`.trim())
    : [];
};

describe('quotas', () => {
  it.each([
    'how is my team doing against quota this year',
    'how do I stand against my quota',
    'are we on track for our quota',
    'is my team on track to hit quota',
    'did I hit my number',
    'which of my reps are on track for their quota',
  ])('%s', (question) => {
    expect(figures(query(question))).toEqual(['quota_attainment']);
  });

  it('tells that a quota is of the year, and no other word is to blame', () => {
    expect(planned('did I hit my number last quarter')).toMatchObject({ kind: 'refuse', reason: 'unclear' });
  });
});

describe('dates of what was planned', () => {
  it.each([
    'deals with a close date in the past',
    'any of my deals with a close date already in the past?',
    'which opportunities have a close date that has passed',
  ])('%s: what is over had its day', (question) => {
    expect(conditions(question)).toEqual(['close_date lt @today', 'deal_closed eq false']);
  });

  it('goes by the day of what was done, and by the renewal where nothing was', () => {
    for (const question of ['which renewals were cancelled this year', 'renewals cancelled last quarter'])
      expect.soft(list(question).timeDimension, question).toBe('cancelled_on');
    for (const question of ['which renewals are coming up this quarter', 'subscriptions ending in December'])
      expect.soft(list(question).timeDimension, question).toBe('renews_on');
  });

  it('splits by the unit that is said with a date', () => {
    expect.soft(groups('pipeline by close month')).toEqual(['close_date month']);
    expect.soft(groups('open deals by close quarter')).toEqual(['close_date quarter']);
    expect.soft(groups('won amount per close month this year')).toEqual(['time month']);
    expect.soft(groups('pipeline by close date')).toEqual(['close_date']);
  });
});

describe('what has to be done', () => {
  it.each([
    'tasks I still have to do today',
    'what tasks are due today',
    'tasks that have to be finished before Wednesday',
    'which interventions must be done by Friday',
    'my open tasks',
  ])('%s: is due', (question) => {
    const plan = query(question);
    expect(plan.kind === 'list' ? plan.entity : plan.metrics.join()).toMatch(/^interventions?(?:_due)?$/);
    expect(filterWords(plan.where).join()).not.toContain('done');
  });

  it.each(['how many tasks did I log last month', 'my tasks last week', 'calls and tasks this month'])(
    '%s: was logged',
    (question) => {
      expect(filterWords(query(question).where).join()).toContain('task');
    },
  );
});

describe('from and to', () => {
  it.each([
    ['stage moves to negotiation this month', 'stage eq Negotiation/Review'],
    ['how many deals did I move to proposal in November', 'stage eq Proposal/Price Quote'],
    ['stage moves from proposal this month', 'stage_before eq Proposal/Price Quote'],
  ])('%s', (question, condition) => {
    expect(conditions(question)).toContain(condition);
  });
});

describe('those whose figure moved', () => {
  it.each([
    ['which of my customers have fewer API calls than a month ago', 'lt'],
    ['which of my customers use fewer API calls than a month ago', 'lt'],
    ['which accounts had fewer logins this month than last month', 'lt'],
    ['which reps made more calls than last month', 'gt'],
    ["which customers' API calls fell this month", 'lt'],
  ])('%s', (question, op) => {
    const plan = query(question);
    if (plan.kind !== 'metric') throw new Error(question);
    expect(plan.having).toEqual([{ metric: `${plan.metrics[0]}__change`, op, value: 0 }]);
  });

  it('are not those above a number', () => {
    expect(query('which accounts have more than 100 logins this month')).toMatchObject({
      having: [{ metric: 'logins', op: 'gt', value: 100 }],
    });
  });
});

describe('what happened again and again', () => {
  it.each([
    'on which deals was the close date pushed back more than once',
    'which deals had their close date pushed more than twice',
    'deals whose close date moved more than once',
  ])('%s: over all time', (question) => {
    expect(query(question)).toMatchObject({ metrics: ['close_dates_pushed'], time: { kind: 'all' } });
  });

  it('keeps the period that is named', () => {
    expect(query('on which deals was the close date pushed back more than once this quarter')).toMatchObject({
      time: { kind: 'to_date', unit: 'quarter' },
    });
  });
});

describe('with a partner', () => {
  it.each(['win rate with partners', "what's our win rate when a partner is involved"])('%s', (question) => {
    const plan = planned(question);
    expect(JSON.stringify(plan)).not.toContain('lead_source');
  });

  it('is not where a lead came from', () => {
    expect(conditions('leads from partners this year').join()).toContain('Partner');
  });
});

describe('whose doing it is', () => {
  it.each([
    ['who gave the highest discount this month', 'account_owner'],
    ['who gave the most discount this quarter', 'account_owner'],
    ['who got the highest discount this month', 'account'],
  ])('%s', (question, dimension) => {
    expect(groups(question)).toEqual([dimension]);
  });

  it('says nothing that the figure does not', () => {
    expect(groups('how many deals is each of my reps working on')).toEqual(['owner']);
    expect(conditions('how many leads did the database round table bring me')).toEqual([
      'campaign eq Database round table',
    ]);
  });
});

describe('what customers have', () => {
  it.each([
    'what has Umbra Security ordered so far',
    'which products does Umbra Security have',
    'what did Foxglove Labs buy from us last quarter',
  ])('%s', (question) => {
    expect(query(question)).toMatchObject({
      metrics: ['transaction_amount'],
      groupBy: [{ dimension: 'product' }],
    });
  });

  it('is not what we have', () => {
    expect(list('what products do we have').entity).toBe('product');
  });

  it('hears expansion in a verb', () => {
    for (const question of [
      'customers that expanded this year',
      'which EMEA customers upgraded their plan this year',
    ])
      expect.soft(JSON.stringify(list(question)), question).toContain('"expansion"');
  });
});

describe('reasons to refuse', () => {
  it.each([
    ['which competitor have I lost to most often this year', 'competitors'],
    ['biggest deal I lost this year and to whom', 'competitors'],
    ['why did I lose deals last quarter', 'the reason why'],
    ['list the deals we lost this month with the reason', 'the reason why'],
    ['which quotes expire next week', 'quotes'],
    ['how many of my quotes were accepted this quarter', 'quotes'],
  ])('%s', (question, detail) => {
    const plan = planned(question);
    expect(plan).toMatchObject({ kind: 'refuse', reason: 'no_field' });
    expect(plan.kind === 'refuse' && plan.detail.startsWith(detail)).toBe(true);
  });

  it.each(['deals lost this month', 'root causes of escalations this month', 'open deals in proposal'])(
    'answers %s',
    (question) => {
      expect(planned(question).kind).not.toBe('refuse');
    },
  );

  it('reads the chance of a figure by its name, and no future', () => {
    expect(figures(query('what is the churn probability of Sable Motors'))).toEqual([
      'average_churn_probability',
    ]);
    expect(planned('what is the probability of rain')).toMatchObject({ reason: 'prediction' });
  });
});

describe('names that the asker does not see', () => {
  const names: SeenNames = new Map([['account', ['Umbra Security', 'Foxglove Labs']]]);
  const unseen = (question: string): string | null =>
    unseenName(question, names, vocabularyOf(theCatalogue()));

  it.each([
    ['what stage is the Brightwater Energy proof of value in', 'Brightwater Energy'],
    ['how many open deals do I have with Granite State Utilities', 'Granite State Utilities'],
    ["anything urgent at Yellowtail Travel's site", 'Yellowtail Travel'],
  ])('%s', (question, name) => {
    expect(unseen(question)).toBe(name);
  });

  it.each([
    'frobnicate the deals of Umbra Security',
    'API calls of EMEA',
    'what about I and Monday',
    'Show Deals',
  ])('are none in: %s', (question) => {
    expect(unseen(question)).toBeNull();
  });
});
