import { CompiledQuery, sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { heedTables } from '../../src/catalogue/tables.ts';
import { enterWall } from '../../src/query/row-security/enter-wall.ts';
import { rowSecurityOf } from '../../src/query/row-security/row-policies.ts';
import type { Store } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { metricPlan, theCatalogue } from './support/ask.ts';
import { ownership, visibleTo } from './support/ownership.ts';
import { ask, expectations, people, questions, seedMatrixWorld, walls } from './support/scope-matrix.ts';

const catalogue = theCatalogue();
const security = rowSecurityOf(catalogue);
const asked = questions(catalogue);
/** Every question is put to somebody of each narrow role; test/torture asks everybody everything. */
const oneIn = 28;

describeStores('the scope matrix (S1-44, S0-46)', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open({ poolSize: 4 });
    await seedMatrixWorld(store);
  });

  it('knows the owner of the rows of every table that can be asked about', () => {
    const tables = [...catalogue.entities.values()].map(({ table }) => table);
    expect(Object.keys(ownership).toSorted()).toEqual(tables.toSorted());
  });

  it.each(people)(
    'lets the database itself show $name ($role) their rows of every table and no others',
    async (who) => {
      const fingerprint = (table: string, condition: string) => {
        const columns = Object.keys(heedTables[table] ?? {}).map((column) => `"${column}"`);
        return `select '${table}' as name, count(*)::int as rows, md5(coalesce(string_agg(md5(row(${columns.join()})::text), '' order by md5(row(${columns.join()})::text)), '')) as hash from "${table}" where ${condition}`;
      };
      const all = (condition: (table: string) => string) =>
        CompiledQuery.raw(
          Object.keys(ownership)
            .map((table) => fingerprint(table, condition(table)))
            .join(' union all '),
        );
      const expected = await store.db.executeQuery(all((table) => visibleTo(table, who)));
      const seen = await store.readOnly(60_000, async (trx) => {
        const { isFenced } = await enterWall(trx, who, security, []);
        expect(isFenced).toBe(true);
        return trx.executeQuery(all(() => 'true'));
      });
      expect(seen.rows).toEqual(expected.rows);
    },
  );

  it.each(people)(
    `tells $name ($role) what is theirs and nothing else, with both walls, either one removed (a sample of 1 in ${oneIn} of all questions)`,
    async (who) => {
      const at = people.indexOf(who);
      const sample = asked.filter((_, index) => index % oneIn === at % oneIn);
      const expected = await expectations(store, catalogue, who, sample);
      let told = 0;
      const wrong: unknown[] = [];
      for (const standing of walls) {
        for (const [index, plan] of sample.entries()) {
          const name = `${standing}: ${plan.kind === 'list' ? plan.entity : plan.metrics.join()}`;
          const got = await ask(store, catalogue, who, plan, standing);
          if (got === 'not-allowed') continue;
          told += 1;
          if (JSON.stringify(got) !== JSON.stringify(expected[index]))
            wrong.push({ name, got, expected: expected[index] });
        }
      }
      expect(wrong).toEqual([]);
      expect(told).toBeGreaterThan(sample.length / 3);
    },
    60_000,
  );

  it('shows nobody anything without settings, and lets the role write nothing and read no other column', async () => {
    const act = (statement: string) =>
      store.transaction(async (trx) => {
        await sql`set local role heed_asker`.execute(trx);
        return (await trx.executeQuery(CompiledQuery.raw(statement))).rows;
      });
    expect(await act('select id from ticket')).toEqual([]);
    expect(await act('select id from account')).toEqual([]);
    expect(await act('select value from metric_history')).toEqual([]);
    for (const statement of [
      'select raw from ticket',
      'select * from ticket',
      'select key from privacy_key',
      'select question from answer',
      'delete from ticket',
      "update account set name = 'mine'",
      'select comment from survey_response',
    ])
      await expect(act(statement), statement).rejects.toThrow(/permission denied/);
  });

  it('keeps 1,000 people apart who ask at the same time on a pool of 4 (S1-44)', async () => {
    const plan = metricPlan('tickets_opened', { time: { kind: 'all' } });
    const expected = await Promise.all(
      people.map((who) => ask(store, catalogue, who, plan, 'the compiler alone')),
    );
    expect(new Set(expected.map(String)).size).toBeGreaterThan(5);
    const asking = Array.from({ length: 1000 }, async (_, index) => {
      const at = (index * 7) % people.length;
      // Between them the service itself works on the same connections, as nobody in particular and with all its rights.
      if (index % 10 === 0) {
        const { rows } = await sql<{
          me: boolean;
          settings: string | null;
        }>`select current_user = session_user as me,
          concat(current_setting('heed.role', true), current_setting('heed.person_id', true)) as settings`.execute(
          store.db,
        );
        return [rows[0]?.me === true && rows[0].settings === '', true] as const;
      }
      return [
        String(await ask(store, catalogue, people[at]!, plan, 'row-level security alone')),
        String(expected[at]),
      ] as const;
    });
    for (const [got, wanted] of await Promise.all(asking)) expect(got).toBe(wanted);
  }, 60_000);
});
