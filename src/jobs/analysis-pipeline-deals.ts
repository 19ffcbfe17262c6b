import { buildStaleFindings, buildUntouchedFindings } from '../analysis/pipeline/deal-findings.ts';
import { ageBuckets, buildHazard, type DealHazard } from '../analysis/pipeline/deal-hazard.ts';
import {
  type DealJudgement,
  type JudgeRules,
  judgeDeal,
  type MeanWon,
} from '../analysis/pipeline/deal-signals.ts';
import { buildForecastRows } from '../analysis/pipeline/forecast-rows.ts';
import { localDay, writeNumber } from '../analysis/wording.ts';
import type { ForecastRow } from '../domain/sales-forecast.ts';
import {
  listDealsWithSignals,
  listMeanWon,
  type OpenDealRow,
  saveDealSignals,
} from '../store/deal-signal-store.ts';
import { refreshFindings } from '../store/finding-refresh.ts';
import { replaceFindings } from '../store/finding-store.ts';
import { replaceForecasts } from '../store/pipeline-forecast-store.ts';
import {
  countByAge,
  countDecidedByStage,
  type DealView,
  findFirstDecision,
  findWonCycle,
  listWonDays,
} from '../store/pipeline-store.ts';
import type { AnalysisStep, StepContext, StepResult } from './analysis-step.ts';
import { compareSignals } from './changed-signals.ts';

const touchDays = 30;

/**
 * Every open deal (age, stale, chance, touches), and the forecast of months and quarters beside what they are worth. All
 * deals are looked at by every run, because their chances hang together; only what differs is written.
 */
export const dealSignalsStep: AnalysisStep = { name: 'deal-signals', run: runDealSignals };

async function runDealSignals(context: StepContext): Promise<StepResult> {
  const view = viewOf(context);
  const { deals, rules, wonDeals } = await lookAtDeals(context, view);
  const judged = deals.map((deal) => ({ deal, judgement: judgeDeal(deal, rules) }));
  const signals = judged.map(({ deal, judgement }) => ({
    ...deal,
    ...judgement,
    opportunityId: deal.id,
    day: view.today,
    staleAfterDays: rules.staleAfterDays === null ? null : Math.round(rules.staleAfterDays),
  }));
  const compared = await compareSignals(context, signals);
  const findings = findingsOf(context, judged, { rules, wonDeals, told: compared.told });
  const forecasts = await foresee(context, view, deals, rules);
  const looked = [...compared.gone, ...deals.flatMap(({ id }) => (compared.told.has(id) ? [] : id))];
  await context.write(async (trx) => {
    await saveDealSignals(trx, compared, context.asOf);
    await replaceForecasts(trx, forecasts, context.asOf);
    for (const [kind, found] of findings) {
      if (context.changedSince === null) await replaceFindings(trx, kind, found, context.run);
      else await refreshFindings(trx, kind, found, looked, context.run);
    }
  });
  const told = findings.reduce((sum, [, found]) => sum + found.length, 0);
  return {
    rowsRead: deals.length,
    rowsWritten: compared.changed.length + forecasts.length + told,
    findings: judged.filter(({ judgement }) => judgement.isStale || judgement.isUntouched).length,
    notes: notesOf(
      deals,
      rules,
      wonDeals,
      forecasts.some(({ expected }) => expected === null),
    ),
  };
}

/** Findings about all stale and untouched deals but those of which everything is told already. */
function findingsOf(
  { asOf, zone, settings: { pipeline } }: StepContext,
  judged: readonly { readonly deal: OpenDealRow; readonly judgement: DealJudgement }[],
  {
    rules,
    wonDeals,
    told,
  }: { readonly rules: JudgeRules; readonly wonDeals: number; readonly told: ReadonlySet<string> },
) {
  const telling = { now: asOf, zone, told };
  const limit = { days: rules.staleAfterDays ?? 0, percentile: pipeline.stalePercentile, wonDeals };
  const those = (key: 'isStale' | 'isUntouched') =>
    judged.flatMap(({ deal, judgement }) => (judgement[key] ? deal : []));
  return [
    ['deal-stale', buildStaleFindings(those('isStale'), limit, telling)],
    ['deal-untouched', buildUntouchedFindings(those('isUntouched'), pipeline.noTouch, telling)],
  ] as const;
}

async function foresee(
  context: StepContext,
  view: DealView,
  open: readonly OpenDealRow[],
  rules: JudgeRules,
): Promise<readonly ForecastRow[]> {
  const { store, settings } = context;
  return buildForecastRows({
    wonDays: await listWonDays(store.db, view),
    historyFrom: await findFirstDecision(store.db, view),
    open,
    rules,
    means: await meansOf(context, view),
    today: view.today,
    fiscalStartMonth: settings.pipeline.fiscalStartMonth,
    settings: settings.pipeline.forecast,
  });
}

/** The deals as the run sees them. */
export function viewOf({ asOf, zone, isLive }: StepContext): DealView {
  return { today: localDay(asOf, zone), zone, isLive };
}

async function lookAtDeals(
  { store, asOf, settings: { pipeline } }: StepContext,
  view: DealView,
): Promise<{
  readonly deals: readonly OpenDealRow[];
  readonly rules: JudgeRules;
  readonly wonDeals: number;
}> {
  const staleAfter = await findWonCycle(store.db, view, pipeline.stalePercentile);
  const spans = { now: asOf, touchDays, engagedDays: pipeline.engagedDays };
  const deals = await listDealsWithSignals(store.db, view, spans);
  const rules = {
    staleAfterDays: staleAfter.won >= pipeline.staleLeastWon ? staleAfter.days : null,
    hazard: await loadHazard(store, view, pipeline.winRatePriorDeals),
    noTouch: pipeline.noTouch,
    areTouchesNoted: deals.some(({ lastTouchAt }) => lastTouchAt !== null),
    now: asOf,
  };
  return { deals, rules, wonDeals: staleAfter.won };
}

async function loadHazard(
  { db }: StepContext['store'],
  view: DealView,
  priorDeals: number,
): Promise<DealHazard | null> {
  const from = await findFirstDecision(db, view);
  if (from === null) return null;
  return buildHazard(
    await countByAge(db, view, from, ageBuckets),
    await countDecidedByStage(db, view),
    priorDeals,
  );
}

async function meansOf({ store }: StepContext, view: DealView): Promise<MeanWon> {
  const rows = await listMeanWon(store.db, view);
  return {
    whole: new Map(rows.flatMap((one) => (one.isWhole ? [[one.currency, one.amount]] : []))),
    byProduct: new Map(
      rows.flatMap((one) => (one.isWhole ? [] : [[`${one.currency}/${one.productId ?? ''}`, one.amount]])),
    ),
  };
}

function notesOf(
  deals: readonly OpenDealRow[],
  { staleAfterDays }: JudgeRules,
  won: number,
  lacksHistory: boolean,
): readonly string[] {
  const undated = deals.filter(({ ageDays }) => ageDays === null).length;
  return [
    ...(undated > 0 ? [`deals: ${undated} open deals have no opening date and are not judged by age`] : []),
    ...(staleAfterDays === null
      ? [`deals: ${writeNumber(won)} won deals are too few to tell which are stale`]
      : []),
    ...(lacksHistory ? ['forecast: not enough history for every month and quarter'] : []),
  ];
}
