import { monthStart, periodOf } from '../analysis/pipeline/fiscal-periods.ts';
import {
  addUpCurrencies,
  estimateWinRate,
  orderStages,
  velocityOf,
} from '../analysis/pipeline/sales-performance.ts';
import { addDays, localDay } from '../analysis/wording.ts';
import type { DealView } from '../store/pipeline-store.ts';
import {
  listQuotas,
  listSegmentCycles,
  listSegmentDeals,
  replaceSalesPerformance,
  type SegmentDeals,
  type VelocityRow,
  type WinRateRow,
} from '../store/sales-performance-store.ts';
import {
  findStagesCountedAt,
  listClosingStages,
  listStageOrder,
  replaceStageSnapshots,
  replaceStageTimes,
} from '../store/stage-store.ts';
import { viewOf } from './analysis-pipeline-deals.ts';
import type { AnalysisStep, StepContext } from './analysis-step.ts';

/** Snapshots on the first of this month and of the twelve before. */
const snapshotMonths = 13;

/**
 * Stages over time, days per stage, win rates, velocity and quotas, as tables that can be asked. The stages are of the past
 * and are counted once a day; the rest by every run.
 */
export const salesStep: AnalysisStep = {
  name: 'sales-performance',
  async run(context) {
    const { store, asOf, settings } = context;
    const view = viewOf(context);
    const since = addDays(view.today, -settings.pipeline.performanceDays);
    const deals = await listSegmentDeals(store.db, view, since);
    const { rates, velocities } = await performanceOf(context, view, since, deals);
    await context.write((trx) => replaceSalesPerformance(trx, rates, velocities, asOf));
    const stages = (await hasStagesOfToday(context, view)) ? 0 : await countStages(context, view, since);
    return {
      rowsRead: deals.length,
      rowsWritten: stages + rates.length + velocities.length,
      findings: 0,
      notes: [],
    };
  },
};

async function hasStagesOfToday(
  { store, changedSince, zone }: StepContext,
  { today }: DealView,
): Promise<boolean> {
  if (changedSince === null) return false;
  const at = await findStagesCountedAt(store.db);
  return at !== null && localDay(at, zone) === today;
}

async function countStages(context: StepContext, view: DealView, since: string): Promise<number> {
  const { store, asOf, settings } = context;
  const stages = orderStages(await listStageOrder(store.db), await listClosingStages(store.db));
  const days = Array.from({ length: snapshotMonths }, (_, index) => monthStart(view.today, -index));
  const judgedAfter = settings.pipeline.conversionDays;
  return context.write(async (trx) => {
    const snapshots = await replaceStageSnapshots(trx, view, { days, stages, judgedAfter, computedAt: asOf });
    return snapshots + (await replaceStageTimes(trx, view, { stages, since, computedAt: asOf }));
  });
}

async function performanceOf(
  { store, settings: { pipeline } }: StepContext,
  view: DealView,
  since: string,
  deals: readonly SegmentDeals[],
): Promise<{ readonly rates: readonly WinRateRow[]; readonly velocities: readonly VelocityRow[] }> {
  const keyOf = ({ kind, key }: { readonly kind: string; readonly key: string }) => `${kind}/${key}`;
  const segments = addUpCurrencies(deals);
  const all = segments.find(({ kind }) => kind === 'all') ?? { wonDeals: 0, decidedDeals: 0 };
  const rates = segments.map(
    (one): WinRateRow => ({
      kind: one.first.kind,
      key: one.key,
      label: one.label,
      decidedDeals: one.decidedDeals,
      wonDeals: one.wonDeals,
      winRate: one.decidedDeals === 0 ? null : one.wonDeals / one.decidedDeals,
      estimatedWinRate: estimateWinRate(one, all, pipeline.winRatePriorDeals),
    }),
  );
  const rateOf = new Map(rates.map((one) => [keyOf(one), one.estimatedWinRate]));
  const cycles = new Map(
    (await listSegmentCycles(store.db, view, since)).map((one) => [keyOf(one), one.days]),
  );
  const velocities = deals
    .filter(({ currency }) => currency !== '')
    .map((one): VelocityRow => {
      const estimatedWinRate = rateOf.get(keyOf(one)) ?? null;
      const cycleDays = cycles.get(keyOf(one)) ?? null;
      return {
        ...one,
        estimatedWinRate,
        cycleDays,
        velocityPerDay: velocityOf({ ...one, winRate: estimatedWinRate, cycleDays }),
        quota: null,
        quotaWon: null,
        quotaStartsOn: null,
      };
    });
  return { rates, velocities: await addQuotas({ store, pipeline }, view, velocities) };
}

/** Quotas stand beside the rep's figures in the quota's currency; a rep without a deal in it gets a row of their own. */
async function addQuotas(
  {
    store,
    pipeline,
  }: Pick<StepContext, 'store'> & { readonly pipeline: StepContext['settings']['pipeline'] },
  view: DealView,
  velocities: readonly VelocityRow[],
): Promise<readonly VelocityRow[]> {
  const { start } = periodOf(pipeline.quotaPeriod, view.today, pipeline);
  const rows = new Map(velocities.map((one) => [`${one.kind}/${one.key}/${one.currency}`, one]));
  for (const one of await listQuotas(store.db, view, start)) {
    if (one.currency === '') continue;
    const at = `rep/${one.personId}/${one.currency}`;
    const before = rows.get(at) ?? emptyRep(one);
    rows.set(at, { ...before, quota: one.quota, quotaWon: one.won, quotaStartsOn: start });
  }
  return [...rows.values()];
}

function emptyRep(person: {
  readonly personId: string;
  readonly name: string;
  readonly currency: string;
}): VelocityRow {
  return {
    kind: 'rep',
    key: person.personId,
    label: person.name,
    currency: person.currency,
    openDeals: 0,
    openAmount: 0,
    wonDeals: 0,
    wonAmount: 0,
    averageWon: null,
    estimatedWinRate: null,
    cycleDays: null,
    velocityPerDay: null,
    quota: null,
    quotaWon: null,
    quotaStartsOn: null,
  };
}
