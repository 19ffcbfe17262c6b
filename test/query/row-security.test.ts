import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { raiseWall } from '../../src/query/row-security/raise-wall.ts';
import { rowSecurityOf } from '../../src/query/row-security/row-policies.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { describeStores, serverUrl } from '../support/store.ts';
import { asking, figure, metricPlan, theCatalogue } from './support/ask.ts';
import { seedWorld } from './support/world.ts';

const catalogue = theCatalogue();
const opened = metricPlan('tickets_opened', { time: { kind: 'all' } });

describeStores('the second wall (S0-46)', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
  });
  const policies = async () =>
    (await sql<{ n: number }>`select count(*)::int as n from pg_policies`.execute(store.db)).rows[0]?.n;

  it('stands around every table that can be asked about, and is left alone when it stands', async () => {
    const fenced = rowSecurityOf(catalogue).tables.length;
    expect(await policies()).toBe(2 * fenced);
    const before = await store.db.selectFrom('asker_wall').selectAll().execute();
    expect(await raiseWall(store, catalogue)).toEqual({ isUp: true, problem: null, uncovered: [] });
    expect(await store.db.selectFrom('asker_wall').selectAll().execute()).toEqual(before);
    expect((await asking(store, catalogue).answer(opened)).provenance.oneWall).toBeUndefined();
  });

  it('is taken down where columns may change, and answers say so until it stands again', async () => {
    await sql`select lower_asker_wall()`.execute(store.db);
    expect(await policies()).toBe(0);
    const alone = await asking(store, catalogue).answer(opened, 'Ada Agent');
    expect(alone.provenance.oneWall).toBe('row-level security was not set up yet');
    const [first, second] = await Promise.all([raiseWall(store, catalogue), raiseWall(store, catalogue)]);
    expect([first.isUp, second.isUp]).toEqual([true, true]);
    const both = await asking(store, catalogue).answer(opened, 'Ada Agent');
    expect(both.rows).toEqual(alone.rows);
    expect(both.provenance.oneWall).toBeUndefined();
  });

  it('of another version of the catalogue is not taken for its own', async () => {
    const ticket = catalogue.entities.get('ticket')!;
    const narrower = {
      ...catalogue,
      entities: new Map([
        ...catalogue.entities,
        ['ticket', { ...ticket, rowScope: { ...ticket.rowScope, byRole: { admin: 'all' as const } } }],
      ]),
    };
    const answer = await asking(store, narrower).answer(opened, 'Ann Admin');
    expect(answer.provenance.oneWall).toMatch(/another version of the catalogue/);
  });

  it('lets the service itself work on, whoever the owner of the session is', async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ticket`.execute(store.db);
    expect(rows[0]?.n).toBe(Number(figure(await asking(store, catalogue).answer(opened))) + 1);
  });
});

describe('where the database user may not make roles', () => {
  it.skipIf(!serverUrl)('the compiler stands alone, and start and answers say so plainly', async () => {
    const name = `heed_plain_${randomBytes(4).toString('hex')}`;
    const admin = new pg.Client({ connectionString: serverUrl! });
    await admin.connect();
    try {
      await admin.query(`create role ${name} login password 'plain' nocreaterole nosuperuser`);
      await admin.query(`create database ${name} owner ${name}`);
      const url = new URL(serverUrl!);
      url.username = name;
      url.password = 'plain';
      url.pathname = `/${name}`;
      const store = await openStore({ databaseUrl: url.href, home: tmpdir(), poolSize: 2 });
      try {
        await migrateUp(store);
        await seedWorld(store);
        const wall = await raiseWall(store, catalogue);
        expect(wall.isUp).toBe(false);
        expect(wall.problem).toMatch(/role heed_asker/);
        const answer = await asking(store, catalogue).answer(opened, 'Ada Agent');
        expect(answer.provenance.oneWall).toBe(wall.problem);
        expect(Number(figure(answer))).toBeGreaterThan(0);
        // An administrator puts it right, and the next start finds out.
        await admin.query(
          `do $$ begin create role heed_asker nologin; exception when duplicate_object then null; end $$`,
        );
        await admin.query(`grant heed_asker to ${name}`);
        expect(await raiseWall(store, catalogue)).toEqual({ isUp: true, problem: null, uncovered: [] });
        const fenced = await asking(store, catalogue).answer(opened, 'Ada Agent');
        expect(fenced.provenance.oneWall).toBeUndefined();
        expect(fenced.rows).toEqual(answer.rows);
      } finally {
        await store.close();
      }
    } finally {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.query(`drop role if exists ${name}`);
      await admin.end();
    }
  });
});
