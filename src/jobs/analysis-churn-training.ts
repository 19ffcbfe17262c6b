import { z } from 'zod';
import type { ChurnModel } from '../analysis/churn/churn-model.ts';
import type { ChurnReference } from '../analysis/churn/contributions.ts';
import { churnFeatures } from '../analysis/churn/features.ts';
import type { TrainingRow } from '../analysis/churn/fit-features.ts';
import { medianOf } from '../analysis/churn/median.ts';
import { addMonths } from '../analysis/churn/monthly-rate.ts';
import { type ChurnView, viewAccount } from '../analysis/churn/score-account.ts';
import { trainChurnModel } from '../analysis/churn/train-model.ts';
import { addDays, daysBetween } from '../analysis/wording.ts';
import {
  deleteSnapshots,
  listFeedDays,
  listSnapshotDays,
  listSnapshots,
  type SnapshotRow,
  saveSnapshots,
} from '../store/analysis-churn.ts';
import type { CustomerSpan } from '../store/customer-spans.ts';
import { beginningOf, loadChurnSignals, pageSize, pagesOf, usageDays } from './analysis-churn-signals.ts';
import type { StepContext } from './analysis-step.ts';

const storedFeatures = z.partialRecord(z.enum(churnFeatures.map(({ name }) => name)), z.number());

/** Rows that a model is fitted on at most; more customers are thinned out whole, so that the rate stays. */
const MOST_ROWS = 60_000;

export interface Trained {
  readonly model: ChurnModel;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly notes: readonly string[];
}

/**
 * Completes the monthly snapshots and fits the model on them.
 *
 * @param customers everybody who is or was one
 * @param today what is known of today's customers: it says what is usual
 * @param isAfresh whether stored snapshots rest on other settings or other history
 */
export async function trainChurn(
  context: StepContext,
  customers: readonly CustomerSpan[],
  today: { readonly day: string; readonly views: readonly ChurnView[] },
  isAfresh: boolean,
): Promise<Trained> {
  const firstUsageDay = firstOf(customers.flatMap(({ firstUsageDay: day }) => day ?? []));
  const written = await completeSnapshots(context, customers, { today: today.day, firstUsageDay, isAfresh });
  const { rows, read, thin } = await loadTrainingRows(context, customers, today.day);
  const yearAgo = addDays(today.day, -365);
  const lastYear = customers.filter(
    ({ since, endedOn, isFormer }) =>
      (since === null || since <= today.day) && (endedOn === null ? !isFormer : endedOn > yearAgo),
  );
  const model = trainChurnModel(
    {
      rows,
      lastYear: {
        lost: lastYear.filter(({ endedOn }) => endedOn !== null && endedOn <= today.day).length,
        customers: lastYear.length,
      },
      indexToday: today.views.flatMap(({ indexLogit }) => indexLogit ?? []),
      reference: referenceOf(today.views),
      month: today.day.slice(0, 7),
      firstUsageDay,
    },
    context.settings.churn,
  );
  const undated = customers.filter(({ isFormer, endedOn }) => isFormer && endedOn === null).length;
  return {
    model,
    rowsRead: written.read + read,
    rowsWritten: written.saved,
    notes: [
      ...(undated > 0
        ? [`churn: ${undated} former customers have no date of leaving and teach nothing`]
        : []),
      ...(thin > 0
        ? [`churn: ${thin} months are left out because too few of their customers could be scored`]
        : []),
    ],
  };
}

/** Medians over today's customers. */
function referenceOf(views: readonly ChurnView[]): ChurnReference {
  const parts = new Map<string, number[]>();
  const features = new Map<string, number[]>();
  const push = (lists: Map<string, number[]>, name: string, value: number) => {
    const list = lists.get(name);
    if (list) list.push(value);
    else lists.set(name, [value]);
  };
  for (const view of views) {
    if (view.health.score !== null)
      for (const { name, score } of view.health.components) push(parts, name, score);
    for (const [name, { value }] of Object.entries(view.features)) push(features, name, value);
  }
  const medians = (lists: Map<string, number[]>) =>
    Object.fromEntries([...lists].map(([name, list]) => [name, medianOf(list)]));
  return { parts: medians(parts), features: medians(features) };
}

interface SnapshotPlan {
  readonly today: string;
  readonly firstUsageDay: string | null;
  readonly isAfresh: boolean;
}

/** Writes the snapshots of months that have none yet; each customer's history is read once for all of them. */
async function completeSnapshots(
  context: StepContext,
  customers: readonly CustomerSpan[],
  { today, firstUsageDay, isAfresh }: SnapshotPlan,
): Promise<{ readonly read: number; readonly saved: number }> {
  const { store, zone, say, health } = context;
  const { churn } = context.settings;
  if (isAfresh) await context.write((trx) => deleteSnapshots(trx));
  const present = new Set(isAfresh ? [] : await listSnapshotDays(store.db));
  const months = monthsUntil(today, churn.calibration.historyMonths)
    // Before there was usage, nobody can be scored.
    .filter((day) => firstUsageDay !== null && day > firstUsageDay && !present.has(day));
  const [first] = months;
  if (first === undefined) return { read: 0, saved: 0 };
  const feedDays = await listFeedDays(store.db, addDays(first, -usageDays));
  const moments = months.map((day) => beginningOf(day, zone, feedDays));
  const size = pageSize(daysBetween(first, months.at(-1) ?? first));
  let [read, saved, seen] = [0, 0, 0];
  for (const page of pagesOf(customers, size)) {
    const loaded = await loadChurnSignals(store.db, page, first);
    const rows: SnapshotRow[] = [];
    for (const [place, signals] of loaded.signals.entries()) {
      for (const moment of moments) {
        if (!isCustomerOn(page[place]!, moment.day)) continue;
        rows.push(snapshotOf(viewAccount(signals, moment, false, { health, churn })));
      }
    }
    const scored = rows.filter(({ indexLogit }) => indexLogit !== null);
    await context.write((trx) => saveSnapshots(trx, scored));
    read += loaded.rowsRead;
    saved += scored.length;
    seen += page.length;
    say(`history of ${seen} of ${customers.length} customers`);
  }
  return { read, saved };
}

function snapshotOf({ accountId, day, indexLogit, features }: ChurnView): SnapshotRow {
  const values = Object.entries(features).map(([name, { value }]) => [name, value]);
  return { accountId, day, indexLogit, features: Object.fromEntries(values) };
}

/** First days of months up to a day, oldest first. */
export function monthsUntil(day: string, count: number): readonly string[] {
  const month = `${day.slice(0, 7)}-01`;
  return Array.from({ length: count }, (_, i) => addMonths(month, i + 1 - count));
}

/** Whoever left at an unknown time is nobody's example. */
export function isCustomerOn({ since, endedOn, isFormer }: CustomerSpan, day: string): boolean {
  if (since !== null && since > day) return false;
  return endedOn === null ? !isFormer : endedOn > day;
}

/**
 * Rows of the months whose outcome is known and in which enough of the customers could be scored: where only some were
 * measured, having data would give away who left.
 */
async function loadTrainingRows(
  { store, settings }: StepContext,
  customers: readonly CustomerSpan[],
  today: string,
): Promise<{ readonly rows: readonly TrainingRow[]; readonly read: number; readonly thin: number }> {
  const { horizonDays, calibration } = settings.churn;
  const byId = new Map(customers.map((one) => [one.id, one]));
  const lastDay = addDays(today, -horizonDays);
  const months = monthsUntil(today, calibration.historyMonths).filter((day) => day <= lastDay);
  const share = Math.min(1, MOST_ROWS / Math.max(1, customers.length * months.length));
  const rows: TrainingRow[] = [];
  let [read, thin] = [0, 0];
  for (const day of months) {
    const there = customers.filter((one) => isCustomerOn(one, day)).length;
    const snapshots = await listSnapshots(store.db, day);
    read += snapshots.length;
    if (snapshots.length === 0) continue;
    if (snapshots.length < calibration.leastCovered * there) {
      thin += 1;
      continue;
    }
    for (const { accountId, indexLogit, features } of snapshots) {
      const customer = byId.get(accountId);
      if (customer === undefined || indexLogit === null || placeOf(accountId) >= share) continue;
      if (!isCustomerOn(customer, day)) continue;
      const label = customer.endedOn !== null && customer.endedOn <= addDays(day, horizonDays) ? 1 : 0;
      rows.push({ accountId, day, label, indexLogit, features: storedFeatures.parse(features) });
    }
  }
  return { rows, read, thin };
}

/** A customer's place in [0, 1), always the same: ids are hashes. */
function placeOf(accountId: string): number {
  return Number.parseInt(accountId.slice(0, 8), 16) / 2 ** 32;
}

function firstOf(days: readonly string[]): string | null {
  return days.reduce<string | null>((first, day) => (first === null || day < first ? day : first), null);
}
