import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { Filter, Plan } from '../../../src/query/metric-query.ts';
import type { StoredValues } from '../../../src/query/stored-values.ts';
import { theCatalogue } from '../../query/support/ask.ts';

const catalogue = theCatalogue();
const planner = createRulesPlanner();
const stored: StoredValues = new Map([
  ['category', ['Billing', 'Performance', 'Slow queries']],
  ['channel', ['Chat', 'Email', 'WhatsApp']],
  ['currency', ['EUR', 'USD']],
  ['stage', ['Negotiation/Review', 'Prospecting', 'Closed Won']],
  ['segment', ['Enterprise', 'SMB']],
  ['tier', ['enterprise', 'basic']],
  ['team', ['Support North', 'Support South']],
  ['forecast_category', ['Commit', 'Pipeline']],
  ['product', ['Delta Store']],
]);

const planned = (question: string, values: StoredValues | undefined = stored) =>
  planner.explain({
    question,
    catalogue,
    now: new Date('2026-11-21T10:30:00Z'),
    zone: 'UTC',
    requestId: 'r',
    ...(values && { stored: values }),
  }).planned;
const filtersOf = (plan: Plan): readonly Filter[] =>
  plan.kind === 'metric' || plan.kind === 'list' ? plan.where.flatMap(({ any }) => any) : [];
const filters = (question: string) =>
  filtersOf(planned(question).plan).map(({ dimension, op, values }) => [dimension, op, ...values]);

describe('a question with stored values', () => {
  it.each([
    ['performance tickets opened last month', ['category', 'eq', 'Performance']],
    ['how many slow queries tickets were opened in May 2026', ['category', 'eq', 'Slow queries']],
    ['my tickets via chat this month', ['channel', 'eq', 'Chat']],
    ['won amount this year, dollar deals only', ['currency', 'eq', 'USD']],
    ['won amount this year in euros', ['currency', 'eq', 'EUR']],
    ['how many deals are in negotiation', ['stage', 'eq', 'Negotiation/Review']],
    ['weighted pipeline in commit', ['forecast_category', 'eq', 'Commit']],
    ['tickets opened last week for support north', ['team', 'eq', 'Support North']],
  ])('reads “%s” as a condition', (question, filter) => {
    expect(filters(question)).toContainEqual(filter);
  });

  it('keeps the words of the catalogue where a value is called the same', () => {
    expect(filters('pipeline by stage')).toEqual([]);
    expect(planned('pipeline by stage').plan).toEqual(planned('pipeline by stage', new Map()).plan);
  });

  it('says two joined values of one dimension side by side, the joined one deciding what both are', () => {
    const { plan } = planned('enterprise vs smb tickets opened last week');
    expect(plan).toMatchObject({ kind: 'metric', groupBy: [{ dimension: 'segment' }] });
    expect(filtersOf(plan)).toMatchObject([
      { dimension: 'segment', op: 'in', values: ['Enterprise', 'SMB'] },
    ]);
    expect(planned('compare tickets opened last week of Support North and Support South').plan).toMatchObject(
      {
        groupBy: [{ dimension: 'team' }],
      },
    );
  });

  it('asks back when a value fits two dimensions and nothing tells them apart', () => {
    const twice: StoredValues = new Map([
      ['category', ['Granite']],
      ['ticket_type', ['Granite']],
    ]);
    const { plan } = planned('granite tickets opened last week', twice);
    if (plan.kind !== 'clarify') throw new Error(plan.kind);
    expect(plan.options.map((option) => filtersOf(option.plan)[0]?.dimension).sort()).toEqual([
      'category',
      'ticket_type',
    ]);
    expect(filtersOf(planned('granite category tickets opened last week', twice).plan)).toMatchObject([
      { dimension: 'category' },
    ]);
  });

  it('does not widen one customer to all of a kind', () => {
    expect(planned('tickets opened last week for the smb customer').one).toMatchObject({
      dimension: 'account',
      words: 'the smb customer',
    });
    expect(filters('tickets opened last week for smb customers')).toContainEqual(['segment', 'eq', 'SMB']);
  });

  it('never filters by a dimension that the catalogue of the role does not have', () => {
    const without = { ...catalogue, dimensions: new Map(catalogue.dimensions) };
    without.dimensions.delete('category');
    const { plan } = planner.explain({
      question: 'performance tickets opened last week',
      catalogue: without,
      now: new Date('2026-11-21T10:30:00Z'),
      zone: 'UTC',
      requestId: 'r',
      stored,
    }).planned;
    expect(plan).toMatchObject({ kind: 'refuse', reason: 'unknown_word', detail: 'performance' });
  });
});

describe('an unknown word', () => {
  it('may be a name, marked as a guess that has to be found whole', () => {
    const { plan, guess } = planned('how many foxtail tickets were opened last week');
    expect(filtersOf(plan)).toMatchObject([{ dimension: 'account', op: 'eq', values: ['foxtail'] }]);
    expect(guess).toMatchObject({
      names: ['foxtail'],
      otherwise: { reason: 'unknown_word', detail: 'foxtail' },
    });
  });

  it('goes on over an ordinary word', () => {
    expect(planned('health score of umber house').guess?.names).toEqual(['umber house']);
  });

  it.each([
    'how many foxtail tickets were opened last week by grobnik customers',
    'how many tickets were postponed last week',
  ])('is no name where it stands apart from another, is short or an ordinary word: “%s”', (question) => {
    expect(planned(question).plan).toMatchObject({ kind: 'refuse', reason: 'unknown_word' });
  });

  it('is never a name when nobody can look it up', () => {
    expect(planned('how many foxtail tickets were opened last week', new Map()).guess).toBeDefined();
    const { plan } = planner.explain({
      question: 'how many foxtail tickets were opened last week',
      catalogue,
      now: new Date('2026-11-21T10:30:00Z'),
      zone: 'UTC',
      requestId: 'r',
    }).planned;
    expect(plan).toMatchObject({ kind: 'refuse', reason: 'unknown_word' });
  });
});
