import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { checkOwnTables, type ReadCatalogue, readAskedCatalogue } from '../../src/app/read-catalogue.ts';
import { loadCatalogueWithPlaces } from '../../src/catalogue/load-catalogue.ts';
import { exportOsi } from '../../src/catalogue/osi/export-osi.ts';
import { importOsi } from '../../src/catalogue/osi/import-osi.ts';
import { raiseWall } from '../../src/query/row-security/raise-wall.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { asking, figure, listPlan, metricPlan, records } from '../query/support/ask.ts';
import { seedWorld } from '../query/support/world.ts';
import { describeStores } from '../support/store.ts';

const shipped = resolve('catalogue');
const root = mkdtempSync(join(tmpdir(), 'heed-own-'));
const own = join(root, 'ours');
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Bookings of a hotel: odd names, an enum, a wall time, an id of our CRM, an owner by address. */
const entities = `
entities:
  - id: booking
    label: { one: booking, many: bookings }
    synonyms: [reservation]
    table: Hotel.Booked Rooms
    key: number
    columns:
      number: { type: number, column: No }
      guest: text
      state: text
      nights: number
      price: number
      made_at: { type: instant, zone: Europe/Berlin }
      arrival: date
      crm_id: text
      seller_email: text
      last: text
      full_guest: { joined: [guest, last] }
      currency: { constant: EUR }
    title: guest
    joins:
      account: { entity: account, column: crm_id, to: source_id, source: test }
      seller: { entity: person, column: seller_email, to: email }
    default_time: booking_made_at
    list_columns: [booking_guest, booking_state, booking_made_at]
    row_scope:
      owner: seller.id
      roles: { rep: own, manager: all }
dimensions:
  - { id: booking_guest, label: Guest, description: Who stays with us., synonyms: [visitor], entity: booking, path: full_guest, type: text }
  - { id: booking_state, label: Booking state, description: How the booking stands., synonyms: [state of the booking], entity: booking, path: state, type: text }
  - { id: booking_made_at, label: Booked, description: When it was booked., synonyms: [booked on], entity: booking, path: made_at, type: instant }
`;
const metrics = `
metrics:
  - { id: bookings, label: Bookings, description: Bookings that were made., synonyms: [reservations made], unit: bookings, format: number, good: up, entity: booking, measure: { aggregate: count }, time: booking_made_at, additive: true }
  - { id: booked_amount, label: Booked amount, description: Sum of the prices of bookings., synonyms: [booking value], unit: EUR, format: money, good: up, entity: booking, measure: { aggregate: sum, path: price, currency: currency }, time: booking_made_at, additive: true }
  - { id: price_per_booking, label: Price per booking, description: Booked amount by bookings., synonyms: [mean booking price], unit: EUR, format: number, good: up, formula: booked_amount / bookings }
`;

function put(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function read(folder: string): ReadCatalogue {
  const found = readAskedCatalogue([shipped, folder]);
  if (!found.ok) throw new Error(found.issues.map(({ path, message }) => `${path} ${message}`).join('\n'));
  return found.value;
}

describeStores("tables of one's own", (engine) => {
  let store: Store;
  let catalogue: ReadCatalogue['catalogue'];
  beforeAll(async () => {
    put(own, 'entities/hotel.yml', entities);
    put(own, 'metrics/hotel.yml', metrics);
    store = await engine.open();
    await seedWorld(store);
    await sql
      .raw(`
      create schema "Hotel";
      create type "Hotel".room_state as enum ('open', 'paid');
      create table "Hotel"."Booked Rooms" ("No" int primary key, guest text, last text, state "Hotel".room_state, nights int,
        price numeric(10, 2), made_at timestamp, arrival date, crm_id varchar(40), seller_email text, secret text)`)
      .execute(store.db);
    const { rows } = await sql<{ id: string; email: string | null; source_id: string }>`
      select p.id, p.email, a.source_id from person p, (select source_id from account where source = 'test' order by source_id limit 1) a
      where p.name = 'Rita Rep'`.execute(store.db);
    const [rita] = rows;
    await sql`
      insert into "Hotel"."Booked Rooms" values
        (1, 'Ada', 'Byron', 'paid', 2, 200, '2017-12-10 23:30', '2017-12-20', ${rita?.source_id ?? 'x'}, ${rita?.email ?? 'rita@x'}, 's'),
        (2, 'Bob', 'Byron', 'open', 1, 80.5, '2017-12-11 00:30', '2017-12-21', 'nobody', 'somebody@else', 's'),
        (3, 'Ada', 'Byron', 'paid', 3, 300, '2017-12-11 09:00', '2017-12-22', null, null, 's')`.execute(
      store.db,
    );
    ({ catalogue } = read(own));
    await raiseWall(store, catalogue);
  });

  const ask = () => asking(store, catalogue);
  const all = { time: { kind: 'all' } } as const;

  it('are counted, added up and divided like any other', async () => {
    expect(figure(await ask().answer(metricPlan('bookings', all)))).toBe(3);
    expect(figure(await ask().answer(metricPlan('booked_amount', all)))).toBe(580.5);
    expect(figure(await ask().answer(metricPlan('price_per_booking', all)))).toBe(193.5);
  });

  it('are filtered and grouped by enums and joined names', async () => {
    const states = await ask().answer(
      metricPlan('bookings', {
        ...all,
        groupBy: [{ dimension: 'booking_state' }],
        orderBy: [{ by: 'booking_state', direction: 'asc' }],
      }),
    );
    expect(records(states).map((row) => [row['booking_state'], row['bookings']])).toEqual([
      ['open', 1],
      ['paid', 2],
    ]);
    const where = [{ any: [{ dimension: 'booking_guest', op: 'eq' as const, values: ['Ada Byron'] }] }];
    expect(figure(await ask().answer(metricPlan('bookings', { ...all, where })))).toBe(2);
  });

  it('read a wall time in the zone it was written in', async () => {
    const days = await ask().answer(
      metricPlan('bookings', { ...all, groupBy: [{ dimension: 'time', grain: 'day' }] }),
    );
    // 23:30 and 00:30 in Berlin are 22:30 and 23:30 of the tenth in UTC.
    expect(records(days).map((row) => row['bookings'])).toEqual([2, 1]);
  });

  it('lead to our records over their own ids without counting a row twice', async () => {
    const byAccount = await ask().answer(
      metricPlan('bookings', { ...all, groupBy: [{ dimension: 'account' }] }),
    );
    const counts = records(byAccount).map((row) => Number(row['bookings']));
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(3);
    expect(counts.length).toBe(2);
  });

  it('show nothing to a role that is not named, and own rows to one that is', async () => {
    const denied = await ask().issues(metricPlan('bookings', all), 'Ada Agent');
    expect(denied[0]?.code).toBe('not-allowed');
    const listed = await ask().answer(listPlan('booking'));
    expect(listed.rows).toHaveLength(3);
    // Behind row-level security, not only behind the compiler's scope.
    expect(listed.provenance.oneWall).toBeUndefined();
    const mine = await ask().answer(listPlan('booking'), 'Rita Rep');
    expect(mine.rows.map((row) => row[0])).toEqual(['Ada Byron']);
    expect(figure(await ask().answer(metricPlan('bookings', all), 'Rob Rep'))).toBe(0);
  });

  it('say which table or column the database does not have', async () => {
    const check = async (text: string): Promise<readonly string[]> => {
      const folder = join(root, 'wrong');
      put(folder, 'entities/hotel.yml', text);
      put(folder, 'metrics/hotel.yml', metrics);
      const found = await checkOwnTables(store, read(folder).loaded);
      return found.map(({ path, message }) => `${path} ${message}`);
    };
    expect(await check(entities)).toEqual([]);
    expect((await check(entities.replace('Hotel.Booked Rooms', 'Hotel.Rooms'))).join()).toMatch(
      /^wrong\/entities\/hotel\.yml:6 entities\[0\]\.table booking: the database has no table Hotel\.Rooms/,
    );
    expect((await check(entities.replace('nights: number', 'night: number'))).join()).toMatch(
      /hotel\.yml:12 entities\[0\]\.columns\.night booking: Hotel\.Booked Rooms has no column night; it has nights/,
    );
    expect((await check(entities.replace('nights: number', 'nights: date'))).join()).toMatch(
      /is integer: it is no date/,
    );
    expect((await check(entities.replace(', zone: Europe/Berlin', ''))).join()).toMatch(
      /does not say in which zone/,
    );
    expect((await check(entities.replace('key: number', 'key: nights'))).join()).toMatch(
      /nights is not unique/,
    );
    expect((await check(entities.replace('Hotel.Booked Rooms', 'public.person'))).join()).toMatch(
      /a table of Heed's own/,
    );
    expect((await check(entities.replace('Hotel.Booked Rooms', 'pg_catalog.pg_authid'))).join()).toMatch(
      /belongs to the database itself/,
    );
  });

  it('come back from an interchange document and answer the same', async () => {
    const loaded = loadCatalogueWithPlaces([shipped, own]);
    const ground = loadCatalogueWithPlaces(shipped);
    if (!loaded.ok || !ground.ok) throw new Error('not loaded');
    const text = stringify(exportOsi(loaded.value.catalogue, loaded.value.written));
    const imported = importOsi(text, 'model.yml', ground.value);
    if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
    expect(imported.value.notes).toEqual([]);
    // The fourth is a shipped metric that gave a synonym to one of these.
    expect(imported.value.counts).toMatchObject({ entities: 1, dimensions: 3, metrics: 4 });
    const folder = join(root, 'imported');
    for (const [file, content] of Object.entries(imported.value.files)) put(folder, file, stringify(content));
    const again = read(folder).catalogue;
    for (const id of ['bookings', 'booked_amount', 'price_per_booking', 'tickets_opened']) {
      const plan = metricPlan(id, all);
      const [before, after] = [await ask().answer(plan), await asking(store, again).answer(plan)];
      expect(after.rows, id).toEqual(before.rows);
    }
  });
});

describe('an interchange document of somebody else', () => {
  const ground = loadCatalogueWithPlaces(shipped);
  const imported = (text: string) => {
    if (!ground.ok) throw new Error('not loaded');
    const result = importOsi(text, 'model.yml', ground.value);
    if (!result.ok) throw new Error(JSON.stringify(result.issues));
    return result.value;
  };

  it('is translated as far as its core names reach, and the rest is named', () => {
    const { files, notes } = imported(`
version: 0.2.0.dev0
semantic_model:
  - name: shop
    ai_context: be kind
    datasets:
      - name: Orders
        source: db.shop.orders
        primary_key: [order_id]
        fields:
          - { name: order_id, expression: { dialects: [{ dialect: ANSI_SQL, expression: order_id }] }, datatype: Integer }
          - { name: placed, expression: { dialects: [{ dialect: ANSI_SQL, expression: placed_on }] }, datatype: Date, ai_context: { synonyms: [ordered on] } }
          - { name: amount, expression: { dialects: [{ dialect: ANSI_SQL, expression: amount }] }, datatype: Decimal }
          - { name: shout, expression: { dialects: [{ dialect: ANSI_SQL, expression: UPPER(note) }] } }
    metrics:
      - { name: order_total, expression: { dialects: [{ dialect: ANSI_SQL, expression: SUM(Orders.amount) }] }, ai_context: { synonyms: [order value] } }
      - { name: mean_order, expression: { dialects: [{ dialect: ANSI_SQL, expression: 'SUM(Orders.amount) / NULLIF(COUNT(*), 0)' }] } }
      - { name: odd, expression: { dialects: [{ dialect: ANSI_SQL, expression: 'STDDEV(Orders.amount)' }] } }
`);
    const folder = join(root, 'foreign');
    for (const [file, content] of Object.entries(files)) put(folder, file, stringify(content));
    const { catalogue } = read(folder);
    expect(catalogue.entities.get('orders')?.table).toBe('shop.orders');
    expect(catalogue.entities.get('orders')?.rowScope.byRole).toEqual({ admin: 'all' });
    expect(catalogue.metrics.get('order_total')).toMatchObject({
      type: 'simple',
      measure: { aggregate: 'sum', path: 'amount' },
    });
    expect(catalogue.metrics.get('mean_order')).toMatchObject({
      type: 'derived',
      written: 'mean_order_part_1 / (mean_order_part_2)',
    });
    expect(catalogue.metrics.has('odd')).toBe(false);
    expect(notes.join('\n')).toMatch(/field Orders\.shout: .*left out/);
    expect(notes.join('\n')).toMatch(/metric odd: .*left out/);
    expect(notes.join('\n')).toMatch(/who may see its rows is not said/);
    expect(notes.join('\n')).toMatch(/instructions were left out/);
  });

  it('of the first draft, with texts where later ones have records, is read as well', () => {
    const { files } = imported(`
semantic_model:
  name: shop
  datasets:
    - { name: orders, source: shop.orders, primary_key: id, fields: [{ name: id, expression: id, datatype: Integer }] }
  metrics:
    - { name: order_rows, expression: COUNT(*) }
`);
    expect(JSON.stringify(parse(stringify(files['metrics/imported.yml'])))).toContain('"aggregate":"count"');
  });
});
