import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/access/asker.ts';
import { raiseWall } from '../../src/query/row-security/raise-wall.ts';
import { createNameBook, type SeenNames } from '../../src/query/seen-names.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { openTestStore } from '../support/store.ts';
import { theCatalogue } from './support/ask.ts';
import { visibleTo } from './support/ownership.ts';
import { seedWiderWorld } from './support/wider-world.ts';
import { asker, askers, aTicket, idOf, now, seedWorld } from './support/world.ts';

const catalogue = theCatalogue();
const idOfPerson = (name: string) => idOf('person', name);

/** What a dimension names, and where else somebody who sees none of its own rows meets such names. */
const named = {
  account: {
    table: 'account',
    column: 'account_id',
    beside: ['ticket', 'customer_escalation', 'conversation', 'activity'],
  },
  deal: { table: 'opportunity', column: 'opportunity_id', beside: ['activity'] },
  contact: { table: 'contact', column: 'contact_id', beside: ['ticket', 'conversation', 'activity'] },
  partner: { table: 'partner', column: 'partner_id', beside: ['activity'] },
  person: { table: 'person', column: 'id', beside: [] },
  lead: { table: 'lead', column: 'id', beside: [] },
} as const;

let store: Store;

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
  await seedWiderWorld(store);
  // Customers of Rob's that one agent each has a ticket of, or nobody.
  const customers = [
    ['Lantern Foods', 'Abe Agent'],
    ['Zenith Works', 'Zoe Agent'],
    ['Quiet Mills', null],
    ['Gone Goods', 'Ada Agent'],
  ] as const;
  for (const [name, agent] of customers) {
    const id = idOf('account', name);
    await store.db
      .insertInto('account')
      .values({ id, source: 'test', source_id: name, synced_at: now, name, owner_id: idOfPerson('Rob Rep') })
      .execute();
    if (agent === null) continue;
    const ticket = aTicket(`of ${name}`, {
      account_id: id,
      assignee_id: idOfPerson(agent),
      team_id: idOf('team', agent === 'Zoe Agent' ? 'Support Americas' : 'Support EMEA'),
      deleted_at: name === 'Gone Goods' ? now : null,
    });
    await store.db.insertInto('ticket').values(ticket).execute();
  }
});

const read = (who: Asker, of: Pick<Store, 'readOnly'> = store) =>
  createNameBook(of, () => catalogue, fixedClock(now)).read(who);
const plain = (names: SeenNames) =>
  Object.fromEntries([...names].map(([dimension, values]) => [dimension, [...values].sort()]));

/** Names of rows that somebody may see, and where there are none those that other rows of theirs belong to. */
async function expected(who: Asker): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const [dimension, { table, column, beside }] of Object.entries(named)) {
    const own = await namesOf(
      `select name from ${table} where ${visibleTo(table, who)} and deleted_at is null`,
    );
    const others = beside.map(
      (other) =>
        `select t.name from (select * from ${other} where ${visibleTo(other, who)} and deleted_at is null) o
         join ${table} t on t.id = o.${column} and t.deleted_at is null`,
    );
    const names = own.length > 0 || others.length === 0 ? own : await namesOf(others.join(' union '));
    if (names.length > 0) found[dimension] = names;
  }
  return found;
}

async function namesOf(text: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select distinct name from (${sql.raw(text)}) as all_names
    where name is not null`.execute(store.db);
  return rows.map(({ name }) => name).sort();
}

describe('names that somebody may see (S0-46)', () => {
  it.each(askers)('are for %s exactly those of the own share', async (name) => {
    expect(plain(await read(asker(name)))).toEqual(await expected(asker(name)));
  });

  it('are for an agent no customers but those of the own tickets', async () => {
    const theirs = async (name: string) => {
      const accounts = (await read(asker(name))).get('account') ?? [];
      return ['Lantern Foods', 'Zenith Works', 'Quiet Mills', 'Gone Goods'].filter((one) =>
        accounts.includes(one),
      );
    };
    expect(await theirs('Ada Agent')).toEqual([]);
    expect(await theirs('Abe Agent')).toEqual(['Lantern Foods']);
    expect(await theirs('Zoe Agent')).toEqual(['Zenith Works']);
    // Of the team.
    expect(await theirs('Sue Supervisor')).toEqual(['Lantern Foods']);
    expect(await theirs('Rita Rep')).toEqual([]);
    expect(await theirs('Rob Rep')).toEqual(['Lantern Foods', 'Zenith Works', 'Quiet Mills', 'Gone Goods']);
  });

  it('are read as the database role that sees the rows of the asker alone', async () => {
    const seen: unknown[] = [];
    const watched: Pick<Store, 'readOnly'> = {
      readOnly: (limitMs, work) =>
        store.readOnly(limitMs, async (trx) => {
          const result = await work(trx);
          const { rows } =
            await sql`select current_user as role, count(*)::int as tickets from ticket`.execute(trx);
          seen.push(...rows);
          return result;
        }),
    };
    await read(asker('Zoe Agent'), watched);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ticket
      where assignee_id = ${idOfPerson('Zoe Agent')} and deleted_at is null`.execute(store.db);
    expect(seen).toEqual([{ role: 'heed_asker', tickets: rows[0]?.n }]);
    expect(rows[0]?.n).toBeGreaterThan(0);
  });

  it('are the same where the compiler stands alone', async () => {
    await sql`select lower_asker_wall()`.execute(store.db);
    try {
      for (const name of ['Ada Agent', 'Abe Agent', 'Sue Supervisor', 'Rita Rep', 'Max Manager'])
        expect(plain(await read(asker(name))), name).toEqual(await expected(asker(name)));
    } finally {
      expect(await raiseWall(store, catalogue)).toMatchObject({ isUp: true });
    }
  });

  it('leave out a dimension that has more of them than can be looked through', async () => {
    const many = (count: number) =>
      sql`insert into lead (id, source, source_id, name, owner_id, status, opened_at)
      select gen_random_uuid(), 'test', 'many ' || n, 'Lead ' || n, ${idOfPerson('Rita Rep')}, 'new', ${now}
      from generate_series(1, ${count}::int) as n on conflict do nothing`.execute(store.db);
    const leads = async (name: string) => (await read(asker(name))).get('lead')?.length;
    try {
      // Rita has one more.
      await many(4999);
      expect(await leads('Rita Rep')).toBe(5000);
      await many(5000);
      expect(await leads('Rita Rep')).toBeUndefined();
      expect((await read(asker('Rita Rep'))).get('account')).toEqual(
        (await expected(asker('Rita Rep')))['account'],
      );
      expect(await leads('Rob Rep')).toBe(2);
    } finally {
      await sql`delete from lead where source_id like 'many %'`.execute(store.db);
    }
  });
});

describe('names that were read', () => {
  /** A store that gives the names it is told, and counts how often it is asked. */
  function counting(answer: (time: number) => Promise<SeenNames>) {
    const state = { reads: 0 };
    const readOnly = (async () => {
      state.reads += 1;
      return answer(state.reads);
    }) as Store['readOnly'];
    return { state, store: { readOnly } };
  }
  const ofTime = async (time: number): Promise<SeenNames> => new Map([['account', [`read ${time}`]]]);
  const ada = asker('Ada Agent');

  it('are kept for ten minutes, and read once for all who wait for them', async () => {
    const { state, store: counted } = counting(ofTime);
    const clock = fixedClock(now);
    const book = createNameBook(counted, () => catalogue, clock);
    const [first, second] = await Promise.all([
      book.read(ada),
      book.read({ ...ada, name: 'Ada', zone: 'UTC' }),
    ]);
    expect(second).toBe(first);
    clock.advance(599);
    expect(await book.read(ada)).toBe(first);
    expect(state.reads).toBe(1);
    clock.advance(1);
    expect((await book.read(ada)).get('account')).toEqual(['read 2']);
    expect((await book.read(ada)).get('account')).toEqual(['read 2']);
  });

  it.each([
    ['another person', { ...ada, personId: idOfPerson('Abe Agent') }],
    ['the same person in another role', { ...ada, role: 'supervisor' as const }],
    ['the same person in another team', { ...ada, teamId: idOf('team', 'Sales') }],
    ['the same person without a team', { ...ada, teamId: null }],
  ])('are not those of %s', async (_who, other) => {
    const book = createNameBook(counting(ofTime).store, () => catalogue, fixedClock(now));
    expect((await book.read(ada)).get('account')).toEqual(['read 1']);
    expect((await book.read(other)).get('account')).toEqual(['read 2']);
    expect((await book.read(ada)).get('account')).toEqual(['read 1']);
  });

  it('are read anew when the catalogue is exchanged', async () => {
    let current = catalogue;
    const book = createNameBook(counting(ofTime).store, () => current, fixedClock(now));
    await book.read(ada);
    current = { ...catalogue, version: `${catalogue.version} and more` };
    expect((await book.read(ada)).get('account')).toEqual(['read 2']);
  });

  it('are none where they cannot be read, and the next question tries again', async () => {
    const { state, store: counted } = counting(async (time) => {
      if (time < 3) throw new Error('no connection');
      return ofTime(time);
    });
    const book = createNameBook(counted, () => catalogue, fixedClock(now));
    const [one, two] = await Promise.all([book.read(ada), book.read(ada)]);
    expect([one.size, two.size, state.reads]).toEqual([0, 0, 1]);
    expect((await book.read(ada)).size).toBe(0);
    expect((await book.read(ada)).get('account')).toEqual(['read 3']);
    expect(await book.read(ada)).toBe(await book.read(ada));
    expect(state.reads).toBe(3);
  });

  it('are kept of the last 200 who asked', async () => {
    const { state, store: counted } = counting(ofTime);
    const book = createNameBook(counted, () => catalogue, fixedClock(now));
    const person = (at: number) => ({ ...ada, personId: `person ${at}` });
    for (let at = 0; at <= 200; at += 1) await book.read(person(at));
    expect(state.reads).toBe(201);
    await book.read(person(1));
    await book.read(person(200));
    expect(state.reads).toBe(201);
    expect((await book.read(person(0))).get('account')).toEqual(['read 202']);
  });
});
