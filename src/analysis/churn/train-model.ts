/**
 * Door of the churn model. In: monthly rows of customers with what became of them, the known rate, what is usual now.
 * Out: the best model that the customers who left can carry, and why it is not a better one.
 */
import type { ChurnSettings } from '../../domain/churn-settings.ts';
import { backtest, eventsOf } from './backtest.ts';
import type { Backtest, ChurnModel } from './churn-model.ts';
import type { ChurnReference } from './contributions.ts';
import { fitFeatures, type TrainingRow, usableFeatures } from './fit-features.ts';
import { type Calibration, fitBaseRate, fitPlatt } from './platt.ts';

export interface TrainingInput {
  /** Of months whose outcome is known and that enough customers were scored in. */
  readonly rows: readonly TrainingRow[];
  /** Customers who left within the last 12 months, and those there were. */
  readonly lastYear: { readonly lost: number; readonly customers: number };
  /** Logits of the index of today's customers. */
  readonly indexToday: readonly number[];
  readonly reference: ChurnReference;
  /** `2026-03` */
  readonly month: string;
  readonly firstUsageDay: string | null;
}

export function trainChurnModel(input: TrainingInput, settings: ChurnSettings): ChurnModel {
  const { rows, lastYear } = input;
  const { plattEvents } = settings.calibration;
  const events = eventsOf(rows);
  if (events >= plattEvents) {
    const calibration = fitPlatt(
      rows.map(({ indexLogit }) => indexLogit),
      rows.map(({ label }) => label),
    );
    if (calibration.slope > 0) return trainFurther(input, calibration, events, settings);
    const reason = 'the risk index does not rank the customers who left; their health data may be missing';
    return atBaseRate(input, reason, settings);
  }
  const reason =
    events < lastYear.lost
      ? `${events} customers who left have data from before they left; ${plattEvents} are needed`
      : `${events} customers left; ${plattEvents} are needed`;
  return atBaseRate(input, reason, settings);
}

function atBaseRate(input: TrainingInput, reason: string, settings: ChurnSettings): ChurnModel {
  const { lost, customers } = input.lastYear;
  if (lost === 0 || lost >= customers || input.indexToday.length === 0)
    return modelOf(input, { stage: 'uncalibrated', events: 0, reason }, settings);
  const rate = 1 - (1 - lost / customers) ** (settings.horizonDays / 365);
  const calibration = fitBaseRate(input.indexToday, rate);
  return modelOf(input, { stage: 'base-rate', events: lost, calibration, reason }, settings);
}

function trainFurther(
  input: TrainingInput,
  calibration: Calibration,
  events: number,
  settings: ChurnSettings,
): ChurnModel {
  const { rows } = input;
  const names = usableFeatures(rows);
  const lack = whatLacks(rows.length, events, names.length, settings);
  const tested = backtest(rows, lack === null, settings);
  const platt = (reason: string) =>
    modelOf(input, { stage: 'platt', events, calibration, backtest: tested, reason }, settings);
  if (lack !== null) return platt(lack);
  if (tested?.wins == null) return platt('too few months for a comparison on later ones');
  const { confidence } = settings.calibration;
  if (Math.min(tested.wins.logLoss, tested.wins.brier) < confidence)
    return platt(
      `the fitted model beat the calibrated index in ${percent(tested.wins.logLoss)} (log loss) and ${percent(tested.wins.brier)} (Brier) of the comparisons; ${percent(confidence)} are needed`,
    );
  const fitted = fitFeatures(rows, names, settings);
  const reason = 'the fitted model beat the calibrated index on the last months';
  return modelOf(input, { stage: 'fitted', events, calibration, backtest: tested, fitted, reason }, settings);
}

function whatLacks(rows: number, events: number, features: number, settings: ChurnSettings): string | null {
  const { fitEvents, fitRows, eventsPerFeature } = settings.calibration;
  if (events < fitEvents) return `a fitted model needs ${fitEvents} customers who left, there are ${events}`;
  if (rows < fitRows) return `a fitted model needs ${fitRows} rows, there are ${rows}`;
  if (features === 0) return 'no feature is known of half of the customers';
  if (events < eventsPerFeature * features)
    return `${features} features need ${eventsPerFeature * features} customers who left, there are ${events}`;
  return null;
}

function modelOf(
  { rows, reference, indexToday, month, firstUsageDay }: TrainingInput,
  found: Pick<ChurnModel, 'stage' | 'events' | 'reason'> & {
    readonly calibration?: Calibration;
    readonly fitted?: ChurnModel['fitted'];
    readonly backtest?: Backtest | null;
  },
  settings: ChurnSettings,
): ChurnModel {
  return {
    version: 1,
    month,
    horizonDays: settings.horizonDays,
    rows: rows.length,
    calibration: null,
    fitted: null,
    backtest: null,
    reference: { parts: { ...reference.parts }, features: { ...reference.features } },
    indexSample: percentiles(indexToday),
    basis: { firstUsageDay, months: new Set(rows.map(({ day }) => day)).size },
    ...found,
  };
}

/** A hundred values that stand for all of them. */
function percentiles(values: readonly number[]): number[] {
  if (values.length <= 100) return [...values];
  const sorted = values.toSorted((a, b) => a - b);
  return Array.from({ length: 100 }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / 100)]!);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
