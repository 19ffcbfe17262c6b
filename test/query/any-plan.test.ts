import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkBetween } from '../../src/catalogue/link.ts';
import { dimensionsOf, entityOf } from '../../src/catalogue/lookup.ts';
import {
  type Beside,
  comparisons,
  filterOperators,
  type ListPlan,
  type MetricPlan,
  metricPlanSchema,
  type QueryPlan,
  type Related,
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
const whereOf = (ids: readonly string[]): fc.Arbitrary<MetricPlan['where']> =>
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

const entities = [...catalogue.entities.keys()];
const tied = new Map(
  entities.map((outer) => [outer, entities.filter((inner) => linkBetween(catalogue, outer, inner) !== null)]),
);
const idsOf = (entity: string) => dimensionsOf(catalogue, entity).map(({ id }) => id);
const seldom = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: some });
const seldomWhere = (ids: readonly string[]): fc.Arbitrary<MetricPlan['where']> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant<MetricPlan['where']>([]) },
    { weight: 1, arbitrary: whereOf(ids) },
  );
const recordsOf = (entity: string) =>
  fc.record({
    entity: fc.constant(entity),
    where: seldomWhere(idsOf(entity)),
    time: fc.constant(null),
    subject: fc.constant('none' as const),
  });
const relatedTo = (outer: string): fc.Arbitrary<Related> =>
  fc
    .constantFrom(...tied.get(outer)!)
    .chain((entity) =>
      fc
        .tuple(
          recordsOf(entity),
          fc.constantFrom('some' as const, 'none' as const),
          fc.integer({ min: 1, max: 3 }),
        )
        .map(([records, has, atLeast]) => ({ ...records, has, atLeast })),
    );
const besideOf = (outer: string): fc.Arbitrary<Beside> =>
  fc
    .constantFrom(...tied.get(outer)!)
    .chain((entity) =>
      fc
        .tuple(
          recordsOf(entity),
          fc.constantFrom(
            'count',
            'count',
            'count',
            'count',
            'count',
            'sum',
            'average',
            'lowest',
            'highest',
            'latest',
          ),
          fc.constantFrom(...idsOf(entity)),
        )
        .map(([records, show, dimension]) =>
          show === 'count' ? { ...records, show } : { ...records, show: show as 'sum', dimension },
        ),
    );
const hasTies = (entity: string) => tied.get(entity)!.length > 0;
const without = <T extends object>(plan: T): T => JSON.parse(JSON.stringify(plan)) as T;

/** Plans with other records, parts, means and one of each; most of them fit together. */
const widerPlans: fc.Arbitrary<QueryPlan> = fc.oneof(
  fc
    .constantFrom(...[...catalogue.metrics.values()].filter((one) => hasTies(entityOf(catalogue, one)!.id)))
    .chain((metric): fc.Arbitrary<QueryPlan> => {
      const entity = entityOf(catalogue, metric)!.id;
      const groupable = idsOf(entity).filter((id) => catalogue.dimensions.get(id)!.groupable);
      const ids = groupable.length > 0 ? groupable : idsOf(entity);
      return fc
        .record({
          group: fc.constantFrom(...ids),
          other: fc.constantFrom(...ids),
          related: seldom(fc.array(relatedTo(entity), { minLength: 1, maxLength: 2 })),
          part: seldom(
            fc.record({
              where: seldomWhere(ids),
              related: fc.array(relatedTo(entity), { minLength: 1, maxLength: 1 }),
            }),
          ),
          isOnePer: fc.boolean(),
          isMean: fc.boolean(),
          isWithin: fc.boolean(),
          op: fc.constantFrom('gt' as const, 'lt' as const),
          value: fc.constantFrom(1, 0.5, 2),
          limit: fc.integer({ min: 1, max: 100 }),
        })
        .map(({ group, other, related, part, isOnePer, isMean, isWithin, op, value: times, limit }) => {
          const groups = [...new Set(isOnePer || isWithin ? [group, other] : [group])];
          return metricPlanSchema.parse(
            without({
              kind: 'metric',
              metrics: [metric.id],
              groupBy: groups.map((dimension) => ({ dimension })),
              time: { kind: 'all' },
              related,
              part: isMean ? undefined : part,
              onePer: isOnePer && (isMean || !part) ? group : undefined,
              having: isMean
                ? [
                    {
                      metric: metric.id,
                      op,
                      value: times,
                      against: 'mean',
                      within: isWithin ? group : undefined,
                    },
                  ]
                : [],
              orderBy: [{ by: metric.id, direction: 'desc' }],
              limit,
            }),
          );
        });
    }),
  fc.constantFrom(...entities.filter(hasTies)).chain((entity) =>
    fc
      .record({
        where: seldomWhere(idsOf(entity)),
        related: seldom(fc.array(relatedTo(entity), { minLength: 1, maxLength: 2 })),
        beside: seldom(fc.array(besideOf(entity), { minLength: 1, maxLength: 3 })),
        onePer: seldom(fc.constantFrom(...idsOf(entity))),
        isOrdered: fc.boolean(),
        limit: fc.integer({ min: 1, max: 25 }),
      })
      .map(({ isOrdered, ...more }) =>
        listPlan(
          entity,
          without({
            ...more,
            orderBy: isOrdered && more.beside ? [{ by: 'beside_1', direction: 'desc' as const }] : [],
          }),
        ),
      ),
  ),
);

/** What was typed into a plan, wherever it stands. */
function typedIn(plan: QueryPlan): readonly unknown[] {
  const part = plan.kind === 'metric' ? plan.part : undefined;
  const beside = plan.kind === 'list' ? plan.beside : undefined;
  const wheres = [
    plan,
    ...(plan.related ?? []),
    ...(beside ?? []),
    ...(part ? [part, ...(part.related ?? [])] : []),
  ];
  return wheres.flatMap(({ where }) => where.flatMap(({ any }) => any.flatMap(({ values }) => values)));
}

describe('any plan of the contract', () => {
  let stores: readonly Store[] = [];
  beforeAll(async () => {
    const embedded = await openTestStore();
    const other = serverUrl
      ? await openStore({ databaseUrl: await createServerDatabase(serverUrl), home: tmpdir() })
      : await openTestStore();
    stores = [embedded, other];
    for (const store of stores) await seedWorld(store);
  });
  afterAll(() => stores[1]?.close());

  /** Whether it was answered: by both stores with the same rows, and by SQL that holds nothing that was typed. */
  async function isAnswered(plan: QueryPlan): Promise<boolean> {
    const who = plan.limit % 2 === 0 ? 'Max Manager' : 'Rita Rep';
    const results = [];
    for (const store of stores) results.push(await asking(store, catalogue).run(plan, who));
    const [first, second] = results;
    if (!first?.ok) {
      expect(second?.ok).toBe(false);
      expect(first?.issues.length).toBeGreaterThan(0);
      return false;
    }
    if (!second?.ok) throw new Error(JSON.stringify(second?.issues));
    expect(rounded(second.value.rows)).toEqual(rounded(first.value.rows));
    expect(second.value.columns).toEqual(first.value.columns);
    const { sql } = first.value.provenance;
    for (const typed of typedIn(plan))
      if (typeof typed === 'string' && typed.length > 8) expect(sql).not.toContain(typed);
    return true;
  }

  // Most plans of any shape are refused, with reasons; the numbers say that enough were not.
  it('is answered or refused with reasons on both stores, with the same rows, and no value becomes SQL', async () => {
    let answered = 0;
    let further = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 4, arbitrary: metricPlans }, { weight: 1, arbitrary: listPlans }),
        async (plan) => {
          if (!(await isAnswered(plan))) return;
          answered += 1;
          if (plan.kind === 'metric' && (plan.transform !== 'none' || plan.includeEmpty)) further += 1;
        },
      ),
      { numRuns: 160 },
    );
    expect(answered).toBeGreaterThan(10);
    expect(further).toBeGreaterThan(1);
  });

  it('is so with other records, parts, means of the groups and one of each as well', async () => {
    const answered = { related: 0, part: 0, mean: 0, onePer: 0, beside: 0 };
    await fc.assert(
      fc.asyncProperty(widerPlans, async (plan) => {
        if (!(await isAnswered(plan))) return;
        if (plan.related) answered.related += 1;
        if (plan.onePer !== undefined) answered.onePer += 1;
        if (plan.kind === 'metric' && plan.part) answered.part += 1;
        if (plan.kind === 'metric' && plan.having.length > 0) answered.mean += 1;
        if (plan.kind === 'list' && plan.beside) answered.beside += 1;
      }),
      { numRuns: 200 },
    );
    expect(Math.min(...Object.values(answered)), JSON.stringify(answered)).toBeGreaterThan(0);
  });
});

/** Two builds of the same database may differ in the last bit of a mean. */
const rounded = (rows: readonly (readonly unknown[])[]) =>
  rows.map((row) => row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(10)) : cell)));
