import type { ChurnSignals } from '../analysis/churn/churn-signals.ts';
import { groupBy } from '../analysis/group-by.ts';
import type { HealthMoment } from '../analysis/health/account-signals.ts';
import { startOfDay } from '../analysis/local-days.ts';
import { addDays } from '../analysis/wording.ts';
import { listTonesOf, listUrgentTickets } from '../store/analysis-churn.ts';
import { listIncidentsSince, listSurveysSince, listUsageSince } from '../store/analysis-health.ts';
import type { CustomerSpan } from '../store/customer-spans.ts';
import type { Store } from '../store/database.ts';

/** Days of usage that features look back: 13 weeks behind a feed that is a week late. */
export const usageDays = 100;
const SURVEY_DAYS = 181;
const SIGNAL_DAYS = 92;

/** How many accounts are read at once, so that no more than about 60,000 rows of usage are held. */
export function pageSize(days: number): number {
  return Math.max(20, Math.min(500, Math.floor(60_000 / (days + usageDays))));
}

/** Pages of a list, in its order. */
export function pagesOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, page) =>
    items.slice(page * size, (page + 1) * size),
  );
}

export interface LoadedSignals {
  /** As long as nothing says otherwise: `knownAt` decides what of it was known when. */
  readonly signals: readonly ChurnSignals[];
  readonly rowsRead: number;
}

/**
 * Reads what a few customers did and said.
 *
 * @param firstDay the earliest day that is looked at; what that day looks back on is read as well
 */
export async function loadChurnSignals(
  db: Store['db'],
  customers: readonly CustomerSpan[],
  firstDay: string,
): Promise<LoadedSignals> {
  const ids = customers.map(({ id }) => id);
  const since = (days: number) => new Date(`${addDays(firstDay, -days)}T00:00:00Z`);
  const usage = await listUsageSince(db, addDays(firstDay, -usageDays), ids);
  const incidents = await listIncidentsSince(db, since(SIGNAL_DAYS), ids);
  const surveys = await listSurveysSince(db, since(SURVEY_DAYS), ids);
  const tones = await listTonesOf(db, since(SIGNAL_DAYS), ids);
  const tickets = await listUrgentTickets(db, since(SIGNAL_DAYS), ids);
  const usageOf = groupBy(usage, (row) => row.accountId);
  const incidentsOf = groupBy(incidents, (row) => row.accountId);
  const surveysOf = groupBy(surveys, (row) => row.accountId);
  const tonesOf = groupBy(tones, (row) => row.accountId);
  const ticketsOf = groupBy(tickets, (row) => row.accountId);
  const signals = customers.map(
    (account): ChurnSignals => ({
      account,
      usage: usageOf.get(account.id) ?? [],
      firstUsageDay: account.firstUsageDay,
      incidents: incidentsOf.get(account.id) ?? [],
      surveys: surveysOf.get(account.id) ?? [],
      tones: tonesOf.get(account.id) ?? [],
      tickets: (ticketsOf.get(account.id) ?? []).map((one) => ({ ...one, isUrgent: true })),
    }),
  );
  const rowsRead = usage.length + incidents.length + surveys.length + tones.length + tickets.length;
  return { signals, rowsRead: rowsRead + customers.length };
}

/** The beginning of a day: what was known before it. */
export function beginningOf(day: string, zone: string, feedDays: readonly string[]): HealthMoment {
  return { day, until: startOfDay(day, zone), feedDay: feedDays.findLast((one) => one < day) ?? null };
}
