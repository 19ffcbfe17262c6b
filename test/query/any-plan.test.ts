import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { dimensionsOf, entityOf } from '../../src/catalogue/lookup.ts';
import {
  comparisons,
  filterOperators,
  type ListPlan,
  type MetricPlan,
  metricPlanSchema,
  subjects,
  type TimeRange,
  timeUnits,
  transforms,
} from '../../src/query/metric-query.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { createServerDatabase, openTestStore, serverUrl } from '../support/store.ts';
import { asking, listPlan, theCatalogue } from './support/ask.ts';
import { payloads } from './support/payloads.ts';
import { seedWorld } from './support/world.ts';

/** Plans of the whole contract over the whole catalogue: names that fit and names that do not, any value, any shape. */
const catalogue = theCatalogue();
const value = fc.oneof(
  fc.constantFrom(...payloads),
  fc.constantFrom('Acme Corp', 'urgent', 'EMEA', 'open', 'Enterprise'),
  fc.string({ maxLength: 30 }),
  fc.integer({ min: -10, max: 100_000 }),
  fc.boolean(),
);
const time: fc.Arbitrary<TimeRange | null> = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constant('relative' as const),
    unit: fc.constantFrom(...timeUnits),
    n: fc.integer({ min: 1, max: 12 }),
    completeOnly: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('to_date' as const), unit: fc.constantFrom(...timeUnits) }),
  fc.constant({ kind: 'all' as const }),
  fc.constant({ kind: 'between' as const, from: '2026-08-01', to: '2026-11-15' }),
);
const filter = (ids: readonly string[]) =>
  fc.record({
    dimension: fc.constantFrom(...ids),
    op: fc.constantFrom(...filterOperators),
    values: fc.array(value, { maxLength: 2 }),
  });
const whereOf = (ids: readonly string[]) =>
  fc.array(fc.record({ any: fc.array(filter(ids), { minLength: 1, maxLength: 2 }) }), { maxLength: 2 });

const metricPlans: fc.Arbitrary<MetricPlan> = fc
  .constantFrom(...catalogue.metrics.values())
  .chain((metric) => {
    const ids = dimensionsOf(catalogue, entityOf(catalogue, metric)!.id).map(({ id }) => id);
    const groupable = ids.filter((id) => catalogue.dimensions.get(id)!.groupable);
    const group = fc.oneof(
      fc.record({
        dimension: fc.constant('time'),
        grain: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      }),
      fc.record({ dimension: fc.constantFrom(...(groupable.length > 0 ? groupable : ids)) }),
    );
    return fc
      .record({
        groupBy: fc.uniqueArray(group, { maxLength: 2, selector: ({ dimension }) => dimension }),
        time,
        compare: fc.constantFrom('none' as const, 'none' as const, 'none' as const, ...comparisons),
        transform: fc.constantFrom('none' as const, 'none' as const, 'none' as const, ...transforms),
        window: fc.integer({ min: 2, max: 5 }),
        includeEmpty: fc.boolean(),
        where: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: whereOf(ids) }),
        having: fc.constantFrom<MetricPlan['having']>([], [{ metric: metric.id, op: 'gte', value: 1 }]),
        orderBy: fc.constantFrom<MetricPlan['orderBy']>([], [{ by: metric.id, direction: 'asc' }]),
        limit: fc.integer({ min: 1, max: 100 }),
        subject: fc.constantFrom('none' as const, 'none' as const, 'none' as const, ...subjects),
      })
      .map((more) => metricPlanSchema.parse({ kind: 'metric', metrics: [metric.id], ...more }));
  });
const listPlans: fc.Arbitrary<ListPlan> = fc.constantFrom(...catalogue.entities.keys()).chain((entity) => {
  const ids = dimensionsOf(catalogue, entity).map(({ id }) => id);
  return fc
    .record({
      time,
      where: whereOf(ids),
      subject: fc.constantFrom('none' as const, 'none' as const, 'none' as const, ...subjects),
    })
    .map((more) => listPlan(entity, more));
});

describe('any plan of the contract', () => {
  let server: Store | null = null;
  afterAll(() => server?.close());

  it('is answered or refused with reasons on both stores, with the same rows, and no value becomes SQL', async () => {
    const embedded = await openTestStore();
    server = serverUrl
      ? await openStore({ databaseUrl: await createServerDatabase(serverUrl), home: tmpdir() })
      : await openTestStore();
    const stores = [embedded, server];
    for (const store of stores) await seedWorld(store);
    let answered = 0;
    let further = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 4, arbitrary: metricPlans }, { weight: 1, arbitrary: listPlans }),
        async (plan) => {
          const who = plan.limit % 2 === 0 ? 'Max Manager' : 'Rita Rep';
          const results = [];
          for (const store of stores) results.push(await asking(store, catalogue).run(plan, who));
          const [first, second] = results;
          if (!first?.ok) {
            expect(second?.ok).toBe(false);
            expect(first?.issues.length).toBeGreaterThan(0);
            return;
          }
          if (!second?.ok) throw new Error(JSON.stringify(second?.issues));
          answered += 1;
          if (plan.kind === 'metric' && (plan.transform !== 'none' || plan.includeEmpty)) further += 1;
          expect(rounded(second.value.rows)).toEqual(rounded(first.value.rows));
          expect(second.value.columns).toEqual(first.value.columns);
          const { sql } = first.value.provenance;
          for (const typed of plan.where.flatMap(({ any }) => any.flatMap(({ values }) => values)))
            if (typeof typed === 'string' && typed.length > 8) expect(sql).not.toContain(typed);
        },
      ),
      { numRuns: 160 },
    );
    // Most plans of any shape are refused, with reasons; these say that enough were not.
    expect(answered).toBeGreaterThan(10);
    expect(further).toBeGreaterThan(1);
  });
});

/** Two builds of the same database may differ in the last bit of a mean. */
const rounded = (rows: readonly (readonly unknown[])[]) =>
  rows.map((row) => row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(10)) : cell)));
