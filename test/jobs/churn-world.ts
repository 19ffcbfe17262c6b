import { type Store, sql } from '../../src/store/database.ts';
import { idOf } from './analysis-world.ts';

/** Customers of which six have left: two of them within the last 30 days of `worldNow`. */
export const churnWorld = {
  customers: Array.from({ length: 40 }, (_, i) => `C${String(i).padStart(2, '0')}`),
  left: {
    C01: '2025-10-05',
    C02: '2025-11-20',
    C03: '2026-01-10',
    C04: '2026-02-14',
    C05: '2026-03-10',
    C06: '2026-03-20',
  } as Readonly<Record<string, string>>,
  /** Known by the stage of its life alone: nobody knows when it left. */
  former: 'C07',
};

const names = churnWorld.customers;
const source = (entity: string, name: string) => ({
  id: idOf(entity, name),
  source: 'test',
  source_id: name,
});

/** Every row looks as if it had been stored an hour ago. */
export async function fillChurnWorld(store: Store): Promise<void> {
  const { db } = store;
  await db
    .insertInto('account')
    .values(
      names.map((name, i) => ({
        ...source('account', name),
        name,
        arr: 10_000 + 1000 * i,
        currency: i % 2 === 0 ? 'EUR' : 'USD',
        lifecycle_stage: name === churnWorld.former ? 'Former Customer' : 'Customer',
      })),
    )
    .execute();
  await db
    .insertInto('subscription')
    .values(
      names
        .filter((name) => name !== churnWorld.former)
        .map((name, i) => ({
          ...source('subscription', name),
          account_id: idOf('account', name),
          status: churnWorld.left[name] === undefined ? ('active' as const) : ('cancelled' as const),
          plan: i % 3 === 0 ? 'Starter, monthly' : 'Growth, yearly',
          starts_on: '2024-06-01',
          cancelled_on: churnWorld.left[name] ?? null,
        })),
    )
    .execute();
  // The more to the back of the list, the more they use.
  const ends = names.map(
    (name) => churnWorld.left[name] ?? (name === churnWorld.former ? '2025-12-31' : '2026-03-30'),
  );
  await sql`
    insert into usage_daily (id, source, source_id, account_id, day, api_calls, logins, active_users, seats_entitled)
    select gen_random_uuid(), 'test', name || '/' || day::date, id, day::date,
      20 + 6 * (place - 1), 1 + (place - 1) % 4, 2 + (place - 1) % 9, 10
    from unnest(${[...names]}::text[], ${names.map((name) => idOf('account', name))}::uuid[], ${ends}::date[])
      with ordinality as given(name, id, last, place),
      generate_series('2025-11-01'::date, last, '1 day') day`.execute(db);
  await addIncident(store, 'C10', 'critical', '2026-03-25T10:00Z');
  await addIncident(store, 'C11', 'high', '2025-12-20T10:00Z');
  await sql`insert into survey_response (id, source, source_id, account_id, kind, score, responded_at)
    select gen_random_uuid(), 'test', id::text, id, 'csat', 1 + (arr::int / 1000) % 5, '2026-03-01T00:00Z' from account`.execute(
    db,
  );
  for (const table of ['account', 'subscription', 'usage_daily', 'incident', 'survey_response'])
    await sql`update ${sql.table(table)} set synced_at = now() - interval '1 hour'`.execute(db);
}

export async function addIncident(
  store: Store,
  account: string,
  severity: 'critical' | 'high',
  when: string,
  recorded: string | null = null,
): Promise<void> {
  await store.db
    .insertInto('incident')
    .values({
      ...source('incident', `${account}/${when}/${recorded ?? ''}`),
      account_id: idOf('account', account),
      severity,
      status: 'resolved',
      started_at: new Date(when),
      resolved_at: new Date(when),
      created_at: recorded === null ? null : new Date(recorded),
    })
    .execute();
}
