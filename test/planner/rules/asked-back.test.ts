import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { SeenNames } from '../../../src/query/seen-names.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { planning, planWords } from './support/plans.ts';

const now = new Date('2026-11-20T14:00:00Z');
const names: SeenNames = new Map([
  ['assignee', ['Naomi Carter', 'Marcus Bell']],
  ['account', ['Kestrel Payments']],
]);
const stored = new Map([['region', ['Americas', 'EMEA']]]);
const { planned, lastOf } = planning(stored, { now, names });

function asking(question: string): readonly string[] | null {
  const common = { catalogue: theCatalogue(), now, zone: 'UTC', requestId: 'r', stored, names };
  const { plan, guess, asking: asked } = createRulesPlanner().explain({ ...common, question }).planned;
  expect((guess?.otherwise ?? plan).kind).toBe('refuse');
  return asked === undefined ? null : asked.options.map((option) => planWords(option.plan));
}

describe('an unknown adjective or verb', () => {
  it('asks what is meant, of the same records, time and people', () => {
    expect(asking('which emea deals wobbled last month')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^list opportunity .*EMEA/)]),
    );
    const accounts = asking('which of my accounts are lukewarm') ?? [];
    expect(accounts.length).toBeGreaterThanOrEqual(2);
    for (const plan of accounts) expect(plan).toMatch(/\bme\b|my_accounts/);
    expect(asking('how clumsy were we last week')?.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    'how many visitors did our website have in October',
    'what were our office rent and electricity costs last quarter',
    'how many parking spaces does our office have',
  ])('is no thing that nobody keeps: %s', (question) => expect(asking(question)).toBeNull());

  it.each([
    // A figure, a bound or an event would be lost.
    'margin of what wobbled last year',
    'accounts that wobbled with arr over 50k',
    'deals that wobbled from proposal to negotiation',
  ])('leaves a question alone that says more: %s', (question) => expect(asking(question)).toBeNull());
});

describe('a word that points at nothing yet', () => {
  it.each([
    ['which ones are older than 30 days', /^list /],
    ['how many of those are overdue', /./],
    ['give me the ones without an owner', /is_null|unassigned/],
    ['split it by region pls', /by region/],
  ])('%s: asked of which, each as a whole question', (question, each) => {
    const options = asking(question) ?? [];
    expect(options.length).toBeGreaterThanOrEqual(2);
    expect(new Set(options).size).toBe(options.length);
    for (const plan of options) expect(plan).toMatch(each);
  });

  it('is none in the middle of a thread', () => {
    expect(planWords(lastOf('open deals over 50k', 'which ones are older than 30 days'))).toMatch(
      /^list opportunity/,
    );
  });
});

describe('a pronoun', () => {
  it('is whoever was named before it in the same message', () => {
    expect(planWords(planned('what is marcus waiting for, show his open tickets'))).toBe(
      planWords(planned("show marcus's open tickets")),
    );
  });
});
