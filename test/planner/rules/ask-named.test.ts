import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { SeenNames } from '../../../src/query/seen-names.ts';
import type { StoredValues } from '../../../src/query/stored-values.ts';
import { theCatalogue } from '../../query/support/ask.ts';

const catalogue = theCatalogue();
const planner = createRulesPlanner();
const stored: StoredValues = new Map([
  ['region', ['North', 'South']],
  ['sales_region', ['North', 'South']],
  ['product', ['Delta Store', 'Delta Cache', 'Delta Lantern', 'Quick Stream']],
  ['campaign', ['Harbour seminar', 'Spring letter']],
]);
const names: SeenNames = new Map([
  ['account', ['Juniper Foods', 'Maple Bank']],
  ['owner', ['Anna Berg', 'Otto Lang']],
  ['partner', ['Lakeside Systems']],
]);

const planned = (question: string) =>
  planner.explain({
    question,
    catalogue,
    now: new Date('2026-11-21T10:30:00Z'),
    zone: 'UTC',
    requestId: 'r',
    stored,
    names,
  }).planned;

describe('records by name and nothing about them that is measured', () => {
  it.each([
    ['how does Anna Berg compare with Otto Lang', 'owner', ['Anna Berg', 'Otto Lang']],
    ['is Anna Berg or Otto Lang doing better this year', 'owner', ['Anna Berg', 'Otto Lang']],
    ['juniper foods or maple bank, which is bigger', 'account', ['Juniper Foods', 'Maple Bank']],
    ["what's the story with lakeside systems", 'partner', ['Lakeside Systems']],
    ['compare Delta Store and Delta Cache', 'product', ['Delta Store', 'Delta Cache']],
    ['where do we stand with Delta Store', 'product', ['Delta Store']],
  ] as const)('asks by which figure for “%s”', (question, dimension, values) => {
    const { plan } = planned(question);
    if (plan.kind !== 'clarify') throw new Error(JSON.stringify(plan));
    expect(plan.options.length).toBeGreaterThan(1);
    for (const option of plan.options) {
      if (option.plan.kind !== 'metric') throw new Error(JSON.stringify(option));
      expect(option.plan.where).toEqual([
        { any: [{ dimension, op: values.length > 1 ? 'in' : 'eq', values: [...values] }] },
      ]);
      // Sides of a comparison are told one by one.
      if (values.length > 1) expect(option.plan.groupBy).toEqual([{ dimension }]);
    }
  });

  it('keeps the period that was said', () => {
    const { plan } = planned('compare Anna Berg and Otto Lang last quarter');
    if (plan.kind !== 'clarify') throw new Error(JSON.stringify(plan));
    for (const option of plan.options)
      expect(option.plan).toMatchObject({ time: { kind: 'relative', unit: 'quarter', n: 1 } });
  });

  it.each([
    // A word that nobody knows is not talked over.
    'how does Anna Berg compare with Otto Lang in chess',
    // Two of different kinds have no figure in common.
    'compare Anna Berg and Delta Store',
    // Nobody that the asker may see is called so.
    'compare Clara Holm and Max Ode',
  ])('does not ask that for “%s”', (question) => {
    expect(planned(question).plan.kind).toBe('refuse');
  });

  it.each([
    ['compare won amount of Anna Berg and Otto Lang', 'won_amount'],
    ['how is Juniper Foods doing', 'average_health_score'],
  ])('is not asked back where “%s” says or means a figure', (question, metric) => {
    expect(planned(question).plan).toMatchObject({ kind: 'metric', metrics: [metric] });
  });
});

describe('a name with marks in it', () => {
  it.each([
    'C++ Labs (EU) called me this morning. how many tickets were opened this month?',
    'Delta Labs)x makes a lot of trouble. how many tickets were opened this month?',
  ])('breaks no message: “%s”', (question) => {
    const odd = new Map([...names, ['person', ['C++ Labs (EU)']], ['account', ['Delta Labs)x']]]);
    const request = {
      question,
      catalogue,
      now: new Date('2026-11-21T10:30:00Z'),
      zone: 'UTC',
      requestId: 'r',
    };
    expect(() => planner.explain({ ...request, stored, names: odd })).not.toThrow();
  });
});

describe('a word that only one record carries in its name', () => {
  it.each([
    ['sales amount lantern', 'product', 'Delta Lantern'],
    ['seminar campaign responses', 'campaign', 'Harbour seminar'],
  ])('is read as that name in “%s”, and said', (question, dimension, value) => {
    const { plan, notes } = planned(question);
    expect(plan).toMatchObject({
      kind: 'metric',
      where: [{ any: [{ dimension, op: 'eq', values: [value] }] }],
    });
    expect(notes.join(' ')).toContain(`as “${value}”`);
  });

  it.each([
    // Three products carry it.
    'sales amount delta',
    // An ordinary word, whatever a product is called.
    'sales amount stream',
  ])('is left unknown in “%s”', (question) => {
    const { notes } = planned(question);
    expect(notes.join(' ')).not.toContain('I read');
  });
});

describe('words that several figures go by', () => {
  it.each([
    ["what's our churn", ['monthly_churn_rate', 'churned_customers']],
    ['churn last quarter', ['monthly_churn_rate', 'churned_customers']],
    ['cycle time this year', ['days_to_close', 'resolution_time_median']],
    ['which product gives us the most trouble', ['tickets_opened']],
    ['failure rate last week', ['delivery_rate', 'broadcast_success_rate']],
  ])('are asked back in “%s”', (question, expected) => {
    const { plan } = planned(question);
    if (plan.kind !== 'clarify') throw new Error(JSON.stringify(plan));
    const offered = plan.options.flatMap((one) => (one.plan.kind === 'metric' ? one.plan.metrics : []));
    expect(offered).toEqual(expect.arrayContaining(expected));
  });

  it.each([
    ['monthly churn rate by month this year', 'monthly_churn_rate'],
    ['churned customers last quarter', 'churned_customers'],
    ['delivery rate last week', 'delivery_rate'],
  ])('are clear in “%s”', (question, metric) => {
    expect(planned(question).plan).toMatchObject({ kind: 'metric', metrics: [metric] });
  });
});
