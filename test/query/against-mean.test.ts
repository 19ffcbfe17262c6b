import { beforeAll, expect, it } from 'vitest';
import { type Store, sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { asking, metricPlan, theCatalogue } from './support/ask.ts';
import { aTicket, idOf, seedWorld } from './support/world.ts';

describeStores('groups against their mean', (engine) => {
  let store: Store;
  let ask: ReturnType<typeof asking>;

  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
    await store.db
      .insertInto('ticket')
      .values(
        ['2020-04-03', '2020-04-12', '2020-04-20', '2020-03-09'].map((day, index) =>
          aTicket(`M${index}`, {
            account_id: idOf('account', index === 3 ? 'Acme Corp' : 'Isdom'),
            team_id: idOf('team', 'Support EMEA'),
            opened_at: new Date(`${day}T09:00:00Z`),
          }),
        ),
      )
      .execute();
    ask = asking(store, theCatalogue());
  });

  /** Tickets of every customer, those of one team alone where it is named. */
  async function ticketsByAccount(team: string | null) {
    const { rows } = await sql<{ account: string; region: string | null; many: string | number }>`
      select a.name as account, a.region, count(*) as many from ticket t join account a on a.id = t.account_id
       where t.deleted_at is null and (${team}::uuid is null or t.team_id = ${team}::uuid)
       group by a.name, a.region`.execute(store.db);
    return rows.map((row) => ({ ...row, many: Number(row.many) }));
  }

  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

  const tickets = (more: Parameters<typeof metricPlan>[1] = {}) =>
    metricPlan('tickets_opened', {
      groupBy: [{ dimension: 'account' }],
      time: { kind: 'all' },
      where: [{ any: [{ dimension: 'account', op: 'is_not_null', values: [] }] }],
      limit: 100,
      ...more,
    });

  it('keeps the groups above or below the mean of all of them', async () => {
    const all = await ticketsByAccount(null);
    const middle = mean(all.map(({ many }) => many));
    const above = await ask.answer(
      tickets({ having: [{ metric: 'tickets_opened', op: 'gt', value: 1, against: 'mean' }] }),
    );
    const below = await ask.answer(
      tickets({ having: [{ metric: 'tickets_opened', op: 'lte', value: 1, against: 'mean' }] }),
    );
    const names = (wanted: (many: number) => boolean) =>
      all
        .filter(({ many }) => wanted(many))
        .map(({ account }) => account)
        .sort();
    expect(above.rows.length).toBeGreaterThan(0);
    expect(above.rows.map(([account]) => account).sort()).toEqual(names((many) => many > middle));
    expect(below.rows.map(([account]) => account).sort()).toEqual(names((many) => many <= middle));
    expect(above.provenance.steps?.[0]).toMatch(
      new RegExp(`^Only groups above the mean “.+” of all ${all.length} groups: \\d`),
    );
  });

  it('multiplies the mean, and takes it before the rows are cut', async () => {
    const all = await ticketsByAccount(null);
    const middle = mean(all.map(({ many }) => many));
    const { rows } = await ask.answer(
      tickets({ limit: 1, having: [{ metric: 'tickets_opened', op: 'lt', value: 2, against: 'mean' }] }),
    );
    const most = Math.max(...all.map(({ many }) => many).filter((many) => many < 2 * middle));
    expect(rows.map(([, many]) => many)).toEqual([most]);
  });

  it('is the mean of what the asker may see', async () => {
    const all = await ticketsByAccount(idOf('team', 'Support EMEA'));
    const middle = mean(all.map(({ many }) => many));
    const { rows } = await ask.answer(
      tickets({ having: [{ metric: 'tickets_opened', op: 'gte', value: 1, against: 'mean' }] }),
      'Sue Supervisor',
    );
    expect(rows.map(([account]) => account).sort()).toEqual(
      all
        .filter(({ many }) => many >= middle)
        .map(({ account }) => account)
        .sort(),
    );
  });

  it('holds each against those of its own value', async () => {
    const all = await ticketsByAccount(null);
    const { rows, provenance } = await ask.answer(
      tickets({
        groupBy: [{ dimension: 'account' }, { dimension: 'region' }],
        having: [{ metric: 'tickets_opened', op: 'gte', value: 1, against: 'mean', within: 'region' }],
      }),
    );
    const expected = all.filter(
      ({ region, many }) => many >= mean(all.filter((one) => one.region === region).map((one) => one.many)),
    );
    expect(rows.map(([account]) => account).sort()).toEqual(expected.map(({ account }) => account).sort());
    expect(provenance.steps?.length).toBe(new Set(all.map(({ region }) => region)).size);
  });

  it('needs groups, and no course', async () => {
    const having = [{ metric: 'tickets_opened', op: 'gt' as const, value: 1, against: 'mean' as const }];
    const codes = async (plan: Parameters<typeof ask.issues>[0]) =>
      (await ask.issues(plan)).map(({ code }) => code);
    expect(await codes(tickets({ groupBy: [], having }))).toEqual(['no-such-mean']);
    expect(await codes(tickets({ groupBy: [{ dimension: 'time', grain: 'month' }], having }))).toEqual([
      'no-such-mean',
    ]);
    const within = having.map((one) => ({ ...one, within: 'region' }));
    expect(await codes(tickets({ having: within }))).toEqual(['no-such-mean']);
  });

  it('counts what came from nothing among what grew', async () => {
    const month = async (from: string, to: string) => {
      const { rows } = await sql<{ account: string; many: string | number }>`
        select a.name as account, count(*) as many from ticket t join account a on a.id = t.account_id
         where t.deleted_at is null and t.opened_at >= ${from}::timestamptz and t.opened_at < ${to}::timestamptz
         group by a.name`.execute(store.db);
      return new Map(rows.map(({ account, many }) => [account, Number(many)]));
    };
    const now = await month('2020-04-01T00:00:00Z', '2020-05-01T00:00:00Z');
    const before = await month('2020-03-01T00:00:00Z', '2020-04-01T00:00:00Z');
    const { rows } = await ask.answer(
      tickets({
        time: { kind: 'calendar', unit: 'month', number: 4, year: 2020 },
        compare: 'previous_period',
        having: [{ metric: 'tickets_opened__change', op: 'gt', value: 0 }],
      }),
    );
    const grown = [...now].filter(([account, many]) => many > (before.get(account) ?? 0));
    expect(rows.map(([account]) => account).sort()).toEqual(grown.map(([account]) => account).sort());
    expect(grown.some(([account]) => !before.has(account))).toBe(true);
  });
});
