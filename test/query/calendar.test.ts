import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { storeRecords } from '../../src/store/record-store.ts';
import { describeStores } from '../support/store.ts';
import { asking, listPlan, metricPlan, theCatalogue } from './support/ask.ts';
import { seedWiderWorld } from './support/wider-world.ts';
import { idOf, seedWorld } from './support/world.ts';

const catalogue = theCatalogue();
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'] as const;

/** Instants around both changes of the clock in Berlin and New York, and a new year. */
const moments = [
  '2025-10-26T00:30:00Z',
  '2025-10-26T01:30:00Z',
  '2025-11-02T05:30:00Z',
  '2025-11-02T06:30:00Z',
  '2025-12-31T23:15:00Z',
  '2026-03-08T06:59:59Z',
  '2026-03-08T07:00:00Z',
  '2026-03-29T00:59:00Z',
  '2026-03-29T01:00:00Z',
  '2026-07-05T22:10:00Z',
  '2026-07-06T03:40:00Z',
].map((text) => new Date(text));

/** The same in words by another library: `Intl`. */
function inWords(at: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone }).format(at);
}
const hour = (at: Date, zone: string) => `${inWords(at, zone, { hour: '2-digit', hourCycle: 'h23' })}:00`;
const weekday = (at: Date, zone: string) => inWords(at, zone, { weekday: 'long' });
const expected = {
  hour_of_day: hour,
  weekday,
  hour_of_week: (at: Date, zone: string) => `${weekday(at, zone)} ${hour(at, zone)}`,
  month_of_year: (at: Date, zone: string) => inWords(at, zone, { month: 'long' }),
} as const;

describeStores('what repeats in a calendar', (engine) => {
  let store: Store;
  let opened: readonly Date[];
  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
    await seedWiderWorld(store);
    const conversations = moments.map((openedAt, index) => ({
      entity: 'conversation' as const,
      id: idOf('conversation', `night ${index}`),
      source: 'test',
      sourceId: `night ${index}`,
      status: 'resolved' as const,
      openedAt,
      resolvedAt: new Date(openedAt.getTime() + 20 * 3_600_000),
      firstResponseSeconds: 60 * (index + 1),
    }));
    await store.transaction((trx) => storeRecords(trx, 'test', conversations));
    const rows = await store.db.selectFrom('conversation').select('opened_at').execute();
    opened = rows.map((row) => row.opened_at);
  });

  it.each(Object.keys(expected) as (keyof typeof expected)[])(
    'groups by %s in the zone of whoever asks, over every change of the clock (S1-26)',
    async (unit) => {
      for (const zone of zones) {
        const answer = await asking(store, catalogue, { zone }).answer(
          metricPlan('conversations', { groupBy: [{ dimension: unit }], time: { kind: 'all' }, limit: 100 }),
        );
        const labels = answer.columns[0]?.valueLabels ?? {};
        const found = Object.fromEntries(answer.rows.map(([word, n]) => [labels[String(word)], n]));
        const wanted: Record<string, number> = {};
        for (const at of opened) {
          const word = expected[unit](at, zone);
          wanted[word] = (wanted[word] ?? 0) + 1;
        }
        expect(found, zone).toEqual(wanted);
      }
    },
  );

  it('takes the time that the metric counts by: solved by weekday is the weekday of the solution', async () => {
    const answer = await asking(store, catalogue).answer(
      metricPlan('conversation_resolution_average', {
        groupBy: [{ dimension: 'weekday' }],
        time: { kind: 'all' },
      }),
    );
    const rows = await store.db
      .selectFrom('conversation')
      .select('resolved_at')
      .where('resolved_at', 'is not', null)
      .execute();
    const days = new Set(rows.map((row) => weekday(row.resolved_at!, 'UTC')));
    const labels = answer.columns[0]?.valueLabels ?? {};
    expect(new Set(answer.rows.map(([word]) => labels[String(word)]))).toEqual(days);
  });

  it('compares the same weekday of two periods', async () => {
    const answer = await asking(store, catalogue).answer(
      metricPlan('tickets_opened', {
        groupBy: [{ dimension: 'weekday' }],
        time: { kind: 'relative', unit: 'day', n: 14, completeOnly: false },
        compare: 'previous_period',
      }),
    );
    expect(answer.columns.map(({ id }) => id)).toEqual([
      'weekday',
      'tickets_opened',
      'tickets_opened__previous',
      'tickets_opened__change',
    ]);
    expect(answer.rows.length).toBeLessThanOrEqual(7);
  });

  it('stands beside rows in a list, in the order of the calendar', async () => {
    const answer = await asking(store, catalogue, { zone: 'Europe/Berlin' }).answer(
      listPlan('conversation', {
        columns: ['hour_of_week', 'conversation_opened_at'],
        orderBy: [{ by: 'hour_of_week', direction: 'asc' }],
        limit: 25,
      }),
    );
    const words = answer.rows.map(([word]) => String(word));
    expect(words).toEqual(words.toSorted());
    const labels = answer.columns[0]?.valueLabels ?? {};
    for (const [word, at] of answer.rows)
      expect(labels[String(word)]).toBe(expected.hour_of_week(new Date(String(at)), 'Europe/Berlin'));
  });

  it.each([
    ['weekday', 'in', ['Saturday', 'sunday']],
    ['weekday', 'not_in', ['Saturday', 'Sunday']],
    ['hour_of_day', 'in', ['23:00', '00:00', '01:00']],
    ['month_of_year', 'eq', ['October']],
  ] as const)('picks rows by %s %s %s, in figures and in lists', async (unit, op, values) => {
    for (const zone of zones) {
      const where = [{ any: [{ dimension: unit, op, values: [...values] }] }];
      const ask = asking(store, catalogue, { zone });
      const named = values.map((word) => word.toLowerCase());
      const wanted = opened.filter(
        (at) => named.includes(expected[unit](at, zone).toLowerCase()) === (op !== 'not_in'),
      );
      const figure = await ask.answer(metricPlan('conversations', { where, time: { kind: 'all' } }));
      expect(figure.rows, zone).toEqual([[wanted.length]]);
      const rows = await ask.answer(
        listPlan('conversation', { columns: ['conversation_opened_at'], where, limit: 25 }),
      );
      expect(rows.rows.map(([at]) => String(at)).sort(), zone).toEqual(
        wanted.map((at) => at.toISOString()).sort(),
      );
    }
  });

  it('takes the time that is asked by: solved on a weekday', async () => {
    const where = [{ any: [{ dimension: 'weekday', op: 'eq' as const, values: ['Sunday'] }] }];
    const answer = await asking(store, catalogue).answer(
      metricPlan('conversation_resolution_average', {
        where,
        groupBy: [{ dimension: 'weekday' }],
        time: { kind: 'all' },
      }),
    );
    const labels = answer.columns[0]?.valueLabels ?? {};
    expect(answer.rows.map(([word]) => labels[String(word)])).toEqual(['Sunday']);
    expect(answer.provenance.filters).toContain('Weekday is Sunday');
  });

  it('says hours that follow on each other in one', async () => {
    const values = ['22:00', '23:00', '00:00', '09:00'];
    const answer = await asking(store, catalogue).answer(
      metricPlan('conversations', { where: [{ any: [{ dimension: 'hour_of_day', op: 'in', values }] }] }),
    );
    expect(answer.provenance.filters).toContain(
      'Hour of the day is 00:00 to 00:59, 09:00 to 09:59 or 22:00 to 23:59',
    );
  });

  it.each([
    ['weekday', 'eq', 'Someday', 'unknown-value'],
    ['weekday', 'contains', 'day', 'operator-not-applicable'],
    ['hour_of_week', 'eq', '1 09', 'not-filterable'],
  ] as const)('refuses %s %s %s', async (dimension, op, value, code) => {
    const plan = metricPlan('conversations', { where: [{ any: [{ dimension, op, values: [value] }] }] });
    expect((await asking(store, catalogue).issues(plan)).map((one) => one.code)).toEqual([code]);
  });
});
