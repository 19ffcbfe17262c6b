import { type Kysely, sql, type Transaction } from 'kysely';
import { stableId } from '../toolkit/ids.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;
type Trx = Transaction<Schema>;

/** `source` of every record that a simulation adds. */
export const simulationSource = 'simulation';

export interface SimulationStep {
  readonly kind: 'pulse' | 'outage';
  /** Null: all accounts. */
  readonly accountId: string | null;
  readonly number: number;
  readonly at: Date;
}

/** What has been simulated and not been put back, oldest first. */
export async function listSimulationSteps(db: Db): Promise<readonly SimulationStep[]> {
  return db
    .selectFrom('simulation_step')
    .select(['kind', 'account_id as accountId', 'number', 'at'])
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/**
 * Notes a step, in the transaction that stores its records.
 *
 * @returns false when that very step was taken already: then nothing may be stored
 */
export async function noteSimulationStep(trx: Trx, step: SimulationStep): Promise<boolean> {
  const key = step.kind === 'outage' ? (step.accountId ?? '') : String(step.number);
  const row = await trx
    .insertInto('simulation_step')
    .values({
      id: stableId('simulation-step', step.kind, key),
      kind: step.kind,
      account_id: step.accountId,
      number: step.number,
      at: step.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps days of usage as they are now, once: what a simulation changed already stays as it was before that. */
export async function keepOriginalUsage(trx: Trx, usageIds: readonly string[]): Promise<void> {
  if (usageIds.length === 0) return;
  await sql`
    insert into simulation_original (id, account_id, original)
    select u.id, u.account_id, to_jsonb(u) from usage_daily u
    where u.id = any(${[...usageIds]}::uuid[]) and u.source <> ${simulationSource}
    on conflict (id) do nothing
  `.execute(trx);
}

export interface SimulationUsage {
  readonly id: string;
  readonly source: string;
  readonly sourceId: string;
  readonly accountId: string;
  readonly day: string;
  readonly apiCalls: number;
  readonly logins: number;
  readonly activeUsers: number | null;
  readonly seatsEntitled: number | null;
  readonly featuresUsed: number | null;
  readonly featuresAvailable: number | null;
}

/**
 * Usage of the days from `first` to `last`, ordered by account and day.
 *
 * @param accountId null: all accounts
 */
export async function listSimulationUsage(
  db: Db,
  range: { readonly first: string; readonly last: string; readonly accountId: string | null },
): Promise<readonly SimulationUsage[]> {
  return db
    .selectFrom('usage_daily')
    .innerJoin('account', 'account.id', 'usage_daily.account_id')
    .select([
      'usage_daily.id',
      'usage_daily.source',
      'usage_daily.source_id as sourceId',
      'usage_daily.account_id as accountId',
      'usage_daily.day',
      'usage_daily.api_calls as apiCalls',
      'usage_daily.logins',
      'usage_daily.active_users as activeUsers',
      'usage_daily.seats_entitled as seatsEntitled',
      'usage_daily.features_used as featuresUsed',
      'usage_daily.features_available as featuresAvailable',
    ])
    .where('usage_daily.day', '>=', range.first)
    .where('usage_daily.day', '<=', range.last)
    .where('usage_daily.deleted_at', 'is', null)
    .where('account.deleted_at', 'is', null)
    .$if(range.accountId !== null, (query) => query.where('usage_daily.account_id', '=', range.accountId))
    .orderBy('usage_daily.account_id')
    .orderBy('usage_daily.day')
    .execute();
}

/** How many tickets and survey answers came between two moments. */
export async function countOrdinaryLife(
  db: Db,
  since: Date,
  until: Date,
): Promise<{ readonly tickets: number; readonly surveys: number }> {
  const { rows } = await sql<{ tickets: number; surveys: number }>`
    select
      (select count(*) from ticket
        where opened_at > ${since} and opened_at <= ${until} and source <> ${simulationSource}) as tickets,
      (select count(*) from survey_response
        where responded_at > ${since} and responded_at <= ${until} and source <> ${simulationSource}) as surveys
  `.execute(db);
  return rows[0] ?? { tickets: 0, surveys: 0 };
}

export interface PutBack {
  readonly accountIds: readonly string[];
  /** Simulated tickets, which are gone now. */
  readonly ticketIds: readonly string[];
  readonly incidents: number;
  readonly surveys: number;
  /** Days of usage that are as they were again, or gone again. */
  readonly usageDays: number;
}

/**
 * Takes every simulated record away and writes the changed ones back, column by column.
 *
 * @param accountId null: all accounts
 */
export async function putBackSimulated(trx: Trx, accountId: string | null): Promise<PutBack> {
  const ofAccount = accountId === null ? sql`true` : sql`account_id = ${accountId}`;
  const take = async (table: string) =>
    (
      await sql<{ id: string; account_id: string | null }>`
        delete from ${sql.table(table)} where source = ${simulationSource} and ${ofAccount}
        returning id, account_id
      `.execute(trx)
    ).rows;
  const tickets = await take('ticket');
  const ticketIds = tickets.map(({ id }) => id);
  await sql`delete from sla_clock where ticket_id = any(${ticketIds}::uuid[])`.execute(trx);
  await sql`delete from ticket_time where ticket_id = any(${ticketIds}::uuid[])`.execute(trx);
  const incidents = await take('incident');
  const surveys = await take('survey_response');
  const addedDays = await take('usage_daily');
  const changedDays = await putBackUsage(trx, accountId);
  const steps = await sql<{ account_id: string | null }>`
    delete from simulation_step where ${ofAccount} returning account_id
  `.execute(trx);
  const accountIds = [tickets, incidents, surveys, addedDays, changedDays, steps.rows]
    .flat()
    .flatMap((row) => row.account_id ?? []);
  return {
    accountIds: [...new Set(accountIds)].sort(),
    ticketIds,
    incidents: incidents.length,
    surveys: surveys.length,
    usageDays: addedDays.length + changedDays.length,
  };
}

async function putBackUsage(trx: Trx, accountId: string | null) {
  const ofAccount = accountId === null ? sql`true` : sql`account_id = ${accountId}`;
  await sql`
    delete from usage_daily where id in (select id from simulation_original where ${ofAccount})
  `.execute(trx);
  await sql`
    insert into usage_daily
    select (jsonb_populate_record(null::usage_daily, original)).* from simulation_original where ${ofAccount}
  `.execute(trx);
  const { rows } = await sql<{ account_id: string }>`
    delete from simulation_original where ${ofAccount} returning account_id
  `.execute(trx);
  return rows;
}

/** Accounts that are there, by name. */
export async function listAccountNames(
  db: Db,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return db
    .selectFrom('account')
    .select(['id', 'name'])
    .where('deleted_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** Newest health of accounts, from the findings; accounts that are not scored are missing. */
export async function listHealthNow(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('finding')
    .select(['subject_id', 'value'])
    .where('kind', '=', 'account-health')
    .execute();
  return new Map(rows.map(({ subject_id, value }) => [subject_id, value]));
}

export interface AccountAlert {
  readonly id: string;
  readonly ruleId: string;
  readonly accountId: string | null;
  readonly state: Schema['alert']['state'];
  readonly pendingAt: Date;
  /** As stored; to be checked. */
  readonly snapshot: unknown;
}

/** Alerts about these accounts: those that are open, and those that ended since a moment. */
export async function listAlertsOfAccounts(
  db: Db,
  accountIds: readonly string[],
  endedSince: Date,
): Promise<readonly AccountAlert[]> {
  if (accountIds.length === 0) return [];
  return db
    .selectFrom('alert')
    .select([
      'id',
      'rule_id as ruleId',
      'account_id as accountId',
      'state',
      'pending_at as pendingAt',
      'snapshot',
    ])
    .where('account_id', 'in', [...accountIds])
    .where((eb) => eb.or([eb('state', '<>', 'resolved'), eb('resolved_at', '>=', endedSince)]))
    .orderBy('pending_at')
    .orderBy('id')
    .execute();
}
