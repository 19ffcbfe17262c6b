import { type Kysely, sql, type Transaction } from 'kysely';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

/** Another run holds the lease now, or it ran out: nothing of this transaction may be kept. */
export class LeaseLostError extends Error {
  readonly code = 'lease-lost';
  constructor(name: string, token: number) {
    super(`the lease "${name}" with token ${token} is no longer held`);
    this.name = 'LeaseLostError';
  }
}

export interface Lease {
  /** Increases with every holder; writes of an older token are refused (`assertLease`). */
  readonly token: number;
}

/**
 * Claims one tick of a scheduled job; true for exactly one caller per job and slot, whatever the number of replicas.
 *
 * @param slot the instant the tick is for, rounded by the schedule
 * @param holder names the process, for the people who read the table
 */
export async function claimTick(
  db: Kysely<Schema>,
  job: string,
  slot: Date,
  holder: string,
): Promise<boolean> {
  const row = await db
    .insertInto('job_tick')
    .values({ job, slot, claimed_by: holder, claimed_at: sql`clock_timestamp()` })
    .onConflict((conflict) => conflict.columns(['job', 'slot']).doNothing())
    .returning('job')
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes how a claimed tick ended; `outcome` is a kebab-case word such as `done` or `failed`. */
export async function finishTick(
  db: Kysely<Schema>,
  job: string,
  slot: Date,
  outcome: string,
  detail: unknown = null,
): Promise<void> {
  await db
    .updateTable('job_tick')
    .set({ finished_at: sql`clock_timestamp()`, outcome, detail: toJson(detail) })
    .where('job', '=', job)
    .where('slot', '=', slot)
    .execute();
}

/** Takes a lease that nobody holds; null when somebody does. All times are the database's. */
export async function acquireLease(
  db: Kysely<Schema>,
  name: string,
  holder: string,
  ttlSeconds: number,
): Promise<Lease | null> {
  const row = await db
    .insertInto('job_lease')
    .values({ name, holder, token: 1, expires_at: secondsFromNow(ttlSeconds) })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((eb) => ({
          holder,
          token: eb('job_lease.token', '+', 1),
          expires_at: secondsFromNow(ttlSeconds),
        }))
        .where('job_lease.expires_at', '<=', sql<Date>`clock_timestamp()`),
    )
    .returning('token')
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Extends a lease; false when it passed to another or was given back, and the run must stop. One that ran out and that
 * nobody took is still the holder's: on the embedded engine a single long statement can hold up every renewal.
 */
export async function renewLease(
  db: Kysely<Schema>,
  name: string,
  token: number,
  ttlSeconds: number,
): Promise<boolean> {
  const row = await db
    .updateTable('job_lease')
    .set({ expires_at: secondsFromNow(ttlSeconds) })
    .where('name', '=', name)
    .where('token', '=', token)
    .returning('token')
    .executeTakeFirst();
  return row !== undefined;
}

/** Gives a lease back: its token is worth nothing from now on. The row stays, so that the next token is still higher. */
export async function releaseLease(db: Kysely<Schema>, name: string, token: number): Promise<void> {
  await db
    .updateTable('job_lease')
    .set((eb) => ({ token: eb('token', '+', 1), expires_at: sql`clock_timestamp()` }))
    .where('name', '=', name)
    .where('token', '=', token)
    .execute();
}

/**
 * Call it last in every transaction that writes under a lease: it keeps the lease row locked until COMMIT, so no other
 * run can take the lease between this check and the commit. The token alone decides, not the clock: whoever takes a lease
 * that ran out raises it.
 *
 * @throws LeaseLostError
 */
export async function assertLease(trx: Transaction<Schema>, name: string, token: number): Promise<void> {
  const row = await trx
    .selectFrom('job_lease')
    .select('token')
    .where('name', '=', name)
    .where('token', '=', token)
    .forShare()
    .executeTakeFirst();
  if (!row) throw new LeaseLostError(name, token);
}

const secondsFromNow = (seconds: number) => sql<Date>`clock_timestamp() + make_interval(secs => ${seconds})`;
