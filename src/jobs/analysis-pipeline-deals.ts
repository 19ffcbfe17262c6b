import { buildStaleFindings, buildUntouchedFindings } from '../analysis/pipeline/deal-findings.ts';
import { ageBuckets, buildHazard, type DealHazard } from '../analysis/pipeline/deal-hazard.ts';
import { type JudgeRules, judgeDeal, type MeanWon } from '../analysis/pipeline/deal-signals.ts';
import { buildForecastRows } from '../analysis/pipeline/forecast-rows.ts';
import { localDay, writeNumber } from '../analysis/wording.ts';
import {
  listDealsWithSignals,
  listMeanWon,
  type OpenDealRow,
  replaceDealSignals,
} from '../store/deal-signal-store.ts';
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
import type { AnalysisStep, StepContext } from './analysis-step.ts';

const touchDays = 30;

/** Every open deal (age, stale, chance, touches), and the forecast of months and quarters beside what they are worth. */
export const dealSignalsStep: AnalysisStep = {
  name: 'deal-signals',
  async run(context) {
    const { store, run, settings } = context;
    const view = viewOf(context);
    const { deals, rules, staleAfter } = await lookAtDeals(context, view);
    const judged = deals.map((deal) => ({ deal, judgement: judgeDeal(deal, rules) }));
    const telling = { now: context.asOf, zone: context.zone };
    const stale = judged.flatMap(({ deal, judgement }) => (judgement.isStale ? deal : []));
    const limit = {
      days: rules.staleAfterDays ?? 0,
      percentile: settings.pipeline.stalePercentile,
      wonDeals: staleAfter.won,
    };
    const untouched = judged.flatMap(({ deal, judgement }) => (judgement.isUntouched ? deal : []));
    const findings = [
      ['deal-stale', buildStaleFindings(stale, limit, telling)],
      ['deal-untouched', buildUntouchedFindings(untouched, settings.pipeline.noTouch, telling)],
    ] as const;
    const forecasts = buildForecastRows({
      wonDays: await listWonDays(store.db, view),
      historyFrom: await findFirstDecision(store.db, view),
      open: deals,
      rules,
      means: await meansOf(context, view),
      today: view.today,
      fiscalStartMonth: settings.pipeline.fiscalStartMonth,
      settings: settings.pipeline.forecast,
    });
    await context.write(async (trx) => {
      const signals = judged.map(({ deal, judgement }) => ({
        ...deal,
        ...judgement,
        opportunityId: deal.id,
        day: view.today,
        staleAfterDays: rules.staleAfterDays === null ? null : Math.round(rules.staleAfterDays),
      }));
      await replaceDealSignals(trx, signals, context.asOf);
      await replaceForecasts(trx, forecasts, context.asOf);
      for (const [kind, found] of findings) await replaceFindings(trx, kind, found, run);
    });
    const found = stale.length + untouched.length;
    return {
      rowsRead: deals.length,
      rowsWritten: deals.length + forecasts.length + found,
      findings: found,
      notes: notesOf(
        deals,
        rules,
        staleAfter.won,
        forecasts.some(({ expected }) => expected === null),
      ),
    };
  },
};

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
  readonly staleAfter: { readonly days: number | null; readonly won: number };
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
  return { deals, rules, staleAfter };
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
