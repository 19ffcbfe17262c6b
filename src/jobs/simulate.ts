/**
 * Door of the simulation's storing. In: what to simulate, in a store that the demo filled (the caller has seen to
 * that). Out: records stored by the path of every import, or everything put back as it was; and what the analyser has
 * to look at. It never analyses anything itself.
 */
import { addDays, localDay } from '../analysis/wording.ts';
import type { AnyRecord } from '../domain/records.ts';
import { createRandom } from '../sources/synthetic/random.ts';
import type { Store } from '../store/database.ts';
import type { TouchedIds } from '../store/ingest-store.ts';
import { storeRecords } from '../store/record-store.ts';
import {
  countOrdinaryLife,
  keepOriginalUsage,
  listSimulationSteps,
  listSimulationUsage,
  noteSimulationStep,
  putBackSimulated,
  simulationSource,
} from '../store/simulation-store.ts';
import type { Clock } from '../toolkit/clock.ts';
import { outageRecords, pulseRecords } from './simulate-records.ts';

type Transaction = Parameters<Parameters<Store['transaction']>[0]>[0];

export interface SimulateDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** IANA zone of the analyser's days. */
  readonly zone: string;
}

/** What was added, changed or put back. */
export interface Simulated {
  readonly touched: TouchedIds;
  readonly incidents: number;
  readonly tickets: number;
  readonly surveys: number;
  readonly usageDays: number;
}

/** Every demo draws the same ordinary life. */
const SEED = 42;
/** The 30 days that the health score reads, and how late a usage feed may be. */
const OUTAGE_DAYS = 37;
const PULSE_DAYS = 8;
const RATE_DAYS = 28;
const HOUR_MS = 3_600_000;

/**
 * Breaks the product for one account: three critical incidents, four urgent tickets, and the usage of the last weeks
 * all but gone, because that is what its health is read from.
 *
 * @returns null when the account is in a simulated outage already
 */
export async function simulateOutage(
  { store, clock, zone }: SimulateDeps,
  accountId: string,
): Promise<Simulated | null> {
  return store.transaction(async (trx) => {
    const now = clock.now();
    if (!(await noteSimulationStep(trx, { kind: 'outage', accountId, number: 1, at: now }))) return null;
    const today = localDay(now, zone);
    const range = { first: addDays(today, -OUTAGE_DAYS), last: today, accountId };
    const usage = await listSimulationUsage(trx, range);
    return await storeSimulated(trx, outageRecords({ accountId, now, usage }));
  });
}

/** Lets an hour of ordinary life pass for every account. */
export async function simulatePulse({ store, clock, zone }: SimulateDeps): Promise<Simulated> {
  return store.transaction(async (trx) => {
    const now = clock.now();
    const steps = await listSimulationSteps(trx);
    const number =
      1 + Math.max(0, ...steps.filter(({ kind }) => kind === 'pulse').map((step) => step.number));
    await noteSimulationStep(trx, { kind: 'pulse', accountId: null, number, at: now });
    const today = localDay(now, zone);
    const range = { first: addDays(today, -PULSE_DAYS), last: today, accountId: null };
    const usage = await listSimulationUsage(trx, range);
    const hours = RATE_DAYS * 24;
    const life = await countOrdinaryLife(trx, new Date(now.getTime() - hours * HOUR_MS), now);
    const rates = { ticketsPerHour: life.tickets / hours, surveysPerHour: life.surveys / hours };
    return await storeSimulated(
      trx,
      pulseRecords({ number, now, today, usage, ...rates }, createRandom(SEED)),
    );
  });
}

/**
 * Puts back exactly what was there before.
 *
 * @param accountId null: all accounts
 * @returns null when nothing is simulated
 */
export async function resetSimulation(
  { store }: Pick<SimulateDeps, 'store'>,
  accountId: string | null,
): Promise<Simulated | null> {
  return store.transaction(async (trx) => {
    const { accountIds, ticketIds, ...counts } = await putBackSimulated(trx, accountId);
    if (accountIds.length === 0) return null;
    const touched = { accounts: accountIds, tickets: ticketIds, escalations: [], deals: [] };
    return { touched, tickets: ticketIds.length, ...counts };
  });
}

async function storeSimulated(trx: Transaction, records: readonly AnyRecord[]): Promise<Simulated> {
  const of = <E extends AnyRecord['entity']>(entity: E) =>
    records.filter((record): record is Extract<AnyRecord, { entity: E }> => record.entity === entity);
  const [usage, tickets] = [of('usage_daily'), of('ticket')];
  await keepOriginalUsage(
    trx,
    usage.map(({ id }) => id),
  );
  await storeRecords(trx, simulationSource, records);
  const accounts = [...usage, ...tickets, ...of('incident'), ...of('survey_response')];
  return {
    touched: {
      accounts: [...new Set(accounts.flatMap(({ accountId }) => accountId ?? []))].sort(),
      tickets: tickets.map(({ id }) => id),
      escalations: [],
      deals: [],
    },
    incidents: of('incident').length,
    tickets: tickets.length,
    surveys: of('survey_response').length,
    usageDays: usage.length,
  };
}
