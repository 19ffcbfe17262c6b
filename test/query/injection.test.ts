import fc from 'fast-check';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type Transaction,
} from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { calendarFormats } from '../../src/catalogue/calendar-unit.ts';
import { dimensionsOf, entityOf } from '../../src/catalogue/lookup.ts';
import type { ListPlan, MetricPlan } from '../../src/query/metric-query.ts';
import { filterOperators } from '../../src/query/metric-query.ts';
import type { Store } from '../../src/store/database.ts';
import type { Schema } from '../../src/store/schema.ts';
import { openTestStore } from '../support/store.ts';
import { asking, figure, listPlan, metricPlan, theCatalogue } from './support/ask.ts';
import { payloads } from './support/payloads.ts';
import { aTicket, idOf, seedWorld, world } from './support/world.ts';

const catalogue = theCatalogue();

/** Notes every statement and answers value look-ups with one stored value, so that any word can be "found". */
function recordingStore(stored: () => string) {
  const statements: string[] = [];
  const connection: DatabaseConnection = {
    executeQuery: async <R>({ sql }: CompiledQuery): Promise<QueryResult<R>> => {
      statements.push(sql);
      const isLookUp = sql.startsWith('select distinct ');
      return { rows: (isLookUp ? [{ value: stored() }] : []) as R[] };
    },
    streamQuery: () => {
      throw new Error('nothing streams');
    },
  };
  const driver: Driver = {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: async () => undefined,
    commitTransaction: async () => undefined,
    rollbackTransaction: async () => undefined,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  };
  const db = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (any) => new PostgresIntrospector(any),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  const store: Pick<Store, 'readOnly'> = {
    readOnly: (_limitMs, work) => work(db as unknown as Transaction<Schema>),
  };
  return { statements, store };
}

/** All statements of a plan whose every typed text is `text`. */
async function statementsFor(
  build: (text: string) => MetricPlan | ListPlan,
  text: string,
): Promise<readonly string[]> {
  const { statements, store } = recordingStore(() => text);
  await asking(store, catalogue).run(build(text));
  return statements;
}

const dimensionIds = [...catalogue.dimensions.keys()];
const textDimensions = [...catalogue.dimensions.values()]
  .filter((dimension) => dimension.type === 'text')
  .map((dimension) => dimension.id);

describe('what people type never becomes SQL (S0-45)', () => {
  it('knows more than forty ways to try', () => {
    expect(payloads.length).toBeGreaterThanOrEqual(40);
  });

  it.each(payloads)('leaves the text of the statements alone for %j', async (payload) => {
    for (const op of ['eq', 'neq', 'in', 'not_in', 'contains'] as const) {
      const build = (text: string) =>
        metricPlan(['tickets_opened', 'reopen_rate'], {
          groupBy: [{ dimension: 'account' }, { dimension: 'time', grain: 'week' }],
          where: [
            {
              any: [
                { dimension: 'category', op, values: [text] },
                { dimension: 'account', op: 'contains', values: [text] },
              ],
            },
          ],
        });
      const list = (text: string) =>
        listPlan('opportunity', { where: [{ any: [{ dimension: 'deal', op, values: [text] }] }] });
      for (const plan of [build, list]) {
        const harmless = await statementsFor(plan, 'harmless');
        const attacked = await statementsFor(plan, payload);
        // A word without a letter or digit is refused before anything runs.
        if (attacked.length === harmless.length) expect(attacked).toEqual(harmless);
        else expect(harmless.slice(0, attacked.length)).toEqual(attacked);
        if (payload.length > 8) for (const sql of attacked) expect(sql).not.toContain(payload);
      }
    }
  });

  it('holds for any plan with any text in any place', async () => {
    const text = fc.oneof(fc.constantFrom(...payloads), fc.string({ minLength: 1, maxLength: 40 }));
    const reachable = (entityId: string) => dimensionsOf(catalogue, entityId);
    /** Open words of an entity; any dimension where it has none. */
    const textsOf = (entityId: string) => {
      const own = reachable(entityId).filter(({ type, values }) => type === 'text' && values.length === 0);
      return own.length > 0 ? own.map(({ id }) => id) : dimensionIds;
    };
    const filter = (value: string, entityId: string) =>
      fc.oneof(
        fc.record({
          dimension: fc.constantFrom(...dimensionIds),
          op: fc.constantFrom(...filterOperators),
          values: fc.array(fc.constant(value), { maxLength: 3 }),
        }),
        fc.record({
          dimension: fc.constantFrom(...textsOf(entityId)),
          op: fc.constantFrom('eq' as const, 'neq' as const, 'contains' as const),
          values: fc.array(fc.constant(value), { minLength: 1, maxLength: 1 }),
        }),
      );
    const where = (value: string, entityId: string) =>
      fc.array(fc.record({ any: fc.array(filter(value, entityId), { minLength: 1, maxLength: 2 }) }), {
        maxLength: 2,
      });
    const metricPlans = (value: string) =>
      fc.constantFrom(...catalogue.metrics.values()).chain((metric) => {
        const entity = entityOf(catalogue, metric)!;
        const groupable = reachable(entity.id).filter((dimension) => dimension.groupable);
        return fc
          .record({
            groupBy:
              groupable.length === 0
                ? fc.constant<string[]>([])
                : fc.uniqueArray(fc.constantFrom(...groupable.map(({ id }) => id)), { maxLength: 2 }),
            where: where(value, entity.id),
            subject: fc.constantFrom('none' as const, 'me' as const),
            includeEmpty: fc.boolean(),
            transform: fc.constantFrom('none' as const, 'share' as const, 'rank' as const),
            compare: fc.constantFrom('none' as const, 'previous_period' as const),
          })
          .map(({ groupBy, ...more }) =>
            metricPlan(metric.id, { ...more, groupBy: groupBy.map((dimension) => ({ dimension })) }),
          );
      });
    const listPlans = (value: string) =>
      fc
        .constantFrom(...catalogue.entities.keys())
        .chain((entity) => where(value, entity).map((filters) => listPlan(entity, { where: filters })));
    const plans = (value: string): fc.Arbitrary<MetricPlan | ListPlan> =>
      fc.oneof(metricPlans(value), listPlans(value));
    // The only texts in quotes: the compiler's own, and the settings that row-level security reads.
    const wall = ['heed.person_id', 'heed.role', 'heed.team_id', 'role'].map((setting) => `'${setting}'`);
    const literals = ["'hour'", ...wall, ...Object.values(calendarFormats).map((format) => `'${format}'`)];
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(
        text.chain((value) => plans(value).map((plan) => ({ value, plan }))),
        async ({ value, plan }) => {
          const { statements, store } = recordingStore(() => value);
          await asking(store, catalogue).run(plan);
          ran += statements.length;
          // What is neither a placeholder nor a quoted identifier is fixed text of the compiler.
          for (const sql of statements) {
            for (const [, identifier] of sql.matchAll(/"([^"]*)"/g))
              expect(identifier).toMatch(/^[a-z][a-z0-9_]*$/);
            if (value.length > 12) expect(sql).not.toContain(value);
            expect(literals.reduce((rest, one) => rest.replaceAll(one, ''), sql)).not.toContain("'");
            expect(sql).not.toContain(';');
          }
        },
      ),
      { numRuns: 250 },
    );
    expect(ran).toBeGreaterThan(250);
  });

  it('refuses names that are not in the catalogue, wherever a name goes', async () => {
    const { statements, store } = recordingStore(() => 'x');
    const ask = asking(store, catalogue);
    const name = 'person_email_from_person';
    const attempts: (MetricPlan | ListPlan)[] = [
      metricPlan(name),
      metricPlan('open_tickets', { groupBy: [{ dimension: name }] }),
      metricPlan('open_tickets', { where: [{ any: [{ dimension: name, op: 'eq', values: ['x'] }] }] }),
      metricPlan('open_tickets', { orderBy: [{ by: name, direction: 'asc' }] }),
      metricPlan('open_tickets', { having: [{ metric: name, op: 'gt', value: 1 }] }),
      listPlan(name),
      listPlan('ticket', { columns: [name] }),
      listPlan('ticket', { orderBy: [{ by: name, direction: 'asc' }] }),
      listPlan('ticket', { timeDimension: name, time: { kind: 'all' } }),
    ];
    for (const plan of attempts) expect(await ask.issues(plan)).not.toEqual([]);
    for (const sql of statements) expect(sql).not.toContain(name);
  });
});

describe('attacks on a real database', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
    await seedWorld(store);
    const rows = payloads.map((payload, index) =>
      aTicket(`attack-${index}`, {
        category: payload.replaceAll('\0', '').replaceAll(/\ud800/g, '\ufffd'),
        assignee_id: idOf('person', 'Ada Agent'),
      }),
    );
    await store.db.insertInto('ticket').values(rows).execute();
  });

  it.each(payloads)('finds exactly the rows that hold %j, and changes nothing', async (payload) => {
    const ask = asking(store, catalogue);
    const contains = await ask.answer(
      metricPlan('tickets_opened', {
        time: { kind: 'all' },
        where: [{ any: [{ dimension: 'category', op: 'contains', values: [payload] }] }],
      }),
    );
    const clean = payload
      .replaceAll('\0', '')
      .replaceAll(/\ud800/g, '\ufffd')
      .toLowerCase();
    const stored = [
      ...payloads.map((one) => one.replaceAll('\0', '').replaceAll(/\ud800/g, '\ufffd')),
      ...world.ticket.map((ticket) => ticket.category ?? null),
    ];
    expect(figure(contains)).toBe(stored.filter((value) => value?.toLowerCase().includes(clean)).length);
    const exact = await ask.run(
      metricPlan('tickets_opened', {
        time: { kind: 'all' },
        where: [{ any: [{ dimension: 'category', op: 'eq', values: [payload] }] }],
      }),
    );
    if (exact.ok) expect(figure(exact.value)).toBeGreaterThan(0);
    else expect(exact.issues.map(({ code }) => code)).toEqual(['ambiguous-value']);
  });

  it('still has every row afterwards', async () => {
    const { count } = await store.db
      .selectFrom('ticket')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(world.ticket.length + 1 + payloads.length);
  });

  it.each(textDimensions.slice(0, 12))('takes quotes in %s as text', async (dimension) => {
    const entity = catalogue.dimensions.get(dimension)!.entity;
    const answer = await asking(store, catalogue).answer(
      listPlan(entity, {
        where: [{ any: [{ dimension, op: 'contains', values: ["'; drop table account; --"] }] }],
      }),
    );
    expect(answer.rows.length).toBe(0);
  });
});
