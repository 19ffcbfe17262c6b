import { findBreachAccounts, findBreachCategory } from '../analysis/insight/breach-insights.ts';
import { chooseInsights } from '../analysis/insight/choose-insights.ts';
import {
  findHealthFall,
  findOldestEscalation,
  findRevenueAtRisk,
  findSlippedPipeline,
  findUnusualVolume,
  unhealthyBelow,
} from '../analysis/insight/finding-insights.ts';
import type { Insight } from '../analysis/insight/insight.ts';
import { type DailySeries, findWeekChanges, weekChangeDays } from '../analysis/insight/week-change.ts';
import { addDays, localDay } from '../analysis/wording.ts';
import {
  countBreachesByAccount,
  countBreachesByCategory,
  type InsightRow,
  listDailyValues,
  listTopFindings,
  replaceInsights,
  sumFindings,
} from '../store/insight-store.ts';
import { loadHistoryStates } from '../store/metric-history-store.ts';
import type { AnalysisStep, StepContext } from './analysis-step.ts';

const DAY_MS = 86_400_000;
const FORGET_AFTER_DAYS = 400;
const EVIDENCE_ROWS = 20;

/** What is worth telling of this run's findings and figures. */
export const insightsStep: AnalysisStep = {
  name: 'insights',
  async run(context) {
    const { asOf } = context;
    const series = await dailySeries(context);
    const today = localDay(asOf, context.zone);
    const found = [
      ...findWeekChanges(series, today),
      ...(await breachInsights(context)),
      ...(await findingInsights(context)),
    ];
    const rows = chooseInsights(found).map(toRow);
    const forgetBefore = new Date(asOf.getTime() - FORGET_AFTER_DAYS * DAY_MS);
    await context.write((trx) => replaceInsights(trx, rows, asOf, forgetBefore));
    const notes =
      series.length === 0 ? ['insights: no metric is kept by day yet, so weeks are not compared'] : [];
    return { rowsRead: found.length, rowsWritten: rows.length, findings: rows.length, notes };
  },
};

/** Counts that are kept by day and whose days reach back over the two weeks that are compared. */
async function dailySeries({
  store,
  catalogue,
  settings,
  zone,
  asOf,
}: StepContext): Promise<readonly DailySeries[]> {
  const states = await loadHistoryStates(store.db);
  const metrics = [...settings.snapshots.metrics.keys(), ...states.keys()].flatMap((id) => {
    const metric = catalogue.metrics.get(id);
    const isCount = metric?.type === 'simple' && metric.measure.aggregate === 'count';
    const isTimed = metric?.type === 'simple' && metric.timeDimension !== null;
    return isCount && isTimed && states.has(id) ? [metric] : [];
  });
  const ids = [...new Set(metrics.map(({ id }) => id))];
  const from = addDays(localDay(asOf, zone), -weekChangeDays);
  const days = new Map<string, Map<string, number>>(ids.map((id) => [id, new Map()]));
  for (const { metric, day, value } of await listDailyValues(store.db, ids, zone, from))
    days.get(metric)?.set(day, value);
  return ids.flatMap((id) => {
    const metric = catalogue.metrics.get(id);
    const own = days.get(id);
    if (!metric || !own) return [];
    return [{ metric: id, label: metric.label, goodDirection: metric.goodDirection, days: own }];
  });
}

async function breachInsights({ store, asOf }: StepContext): Promise<readonly Insight[]> {
  const before = (days: number) => new Date(asOf.getTime() - days * DAY_MS);
  return [
    ...findBreachCategory(await countBreachesByCategory(store.db, before(7), asOf)),
    ...findBreachAccounts(await countBreachesByAccount(store.db, before(30), asOf)),
  ];
}

async function findingInsights({ store: { db } }: StepContext): Promise<readonly Insight[]> {
  const one = { limit: 1 } as const;
  const many = { direction: 'largest', limit: EVIDENCE_ROWS } as const;
  const [fallen] = await listTopFindings(db, {
    kind: 'account-health',
    by: 'change_7d',
    direction: 'smallest',
    ...one,
  });
  const [oldest] = await listTopFindings(db, {
    kind: 'customer-escalation',
    by: 'age_seconds',
    direction: 'largest',
    ...one,
  });
  const [unusual] = await listTopFindings(db, {
    kind: 'volume-anomaly',
    by: 'value',
    direction: 'most extreme',
    ...one,
  });
  const slipped = await listTopFindings(db, { kind: 'deal-slipped', by: 'amount', ...many });
  const unhealthy = await listTopFindings(db, {
    kind: 'account-health',
    by: 'arr',
    valueBelow: unhealthyBelow,
    ...many,
  });
  return [
    ...findHealthFall(fallen ?? null),
    ...findOldestEscalation(oldest ?? null),
    ...findUnusualVolume(unusual ?? null),
    ...findSlippedPipeline(await sumFindings(db, 'deal-slipped', 'amount'), slipped),
    ...findRevenueAtRisk(await sumFindings(db, 'account-health', 'arr', unhealthyBelow), unhealthy),
  ];
}

/** The rule that makes a kind has the kind's name. */
const toRow = (insight: Insight): InsightRow => ({ ...insight, ruleId: insight.kind });
