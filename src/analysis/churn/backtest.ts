import type { ChurnSettings } from '../../domain/churn-settings.ts';
import { addDays } from '../wording.ts';
import { calibrationTable } from './calibration.ts';
import type { Backtest } from './churn-model.ts';
import { fitFeatures, fittedLogit, type TrainingRow, usableFeatures } from './fit-features.ts';
import { judge, winsOf } from './judge.ts';
import { probabilityOf } from './logistic-regression.ts';
import { fitPlatt } from './platt.ts';

const LEAST_MONTHS = 6;
/** Share of the months before the split. */
const TRAINED = 0.7;

/**
 * Fits on the earlier months and judges on the later ones. Between them lies the horizon, so that no outcome that the
 * training has seen falls into the tested months.
 *
 * @param isFittable whether there is enough for a model of the features
 * @returns null with too few months, or when either side has nobody who left
 */
export function backtest(
  rows: readonly TrainingRow[],
  isFittable: boolean,
  settings: ChurnSettings,
): Backtest | null {
  const months = [...new Set(rows.map(({ day }) => day))].sort();
  if (months.length < LEAST_MONTHS) return null;
  const testFrom = months[Math.floor(months.length * TRAINED)]!;
  const lastTrained = addDays(testFrom, -settings.horizonDays);
  const train = rows.filter(({ day }) => day <= lastTrained);
  const test = rows.filter(({ day }) => day >= testFrom);
  const trainEvents = eventsOf(train);
  if (trainEvents === 0 || eventsOf(test) === 0) return null;
  const rate = train.filter(({ label }) => label === 1).length / train.length;
  const { offset, slope } = fitPlatt(
    train.map(({ indexLogit }) => indexLogit),
    train.map(({ label }) => label),
  );
  const byIndex = (row: TrainingRow) => probabilityOf(offset + slope * row.indexLogit);
  const model = isFittable ? fitFeatures(train, usableFeatures(train), settings) : null;
  const byModel =
    model === null ? null : (row: TrainingRow) => probabilityOf(fittedLogit(row.features, model));
  const judgedBy = (predict: (row: TrainingRow) => number) =>
    test.map((row) => ({ p: predict(row), label: row.label }));
  return {
    testFrom,
    testTo: months.at(-1)!,
    trainRows: train.length,
    trainEvents,
    baseRate: judge(judgedBy(() => rate)),
    index: judge(judgedBy(byIndex)),
    fitted: byModel === null ? null : judge(judgedBy(byModel)),
    wins:
      byModel === null
        ? null
        : winsOf(
            test.map((row) => ({
              group: row.accountId,
              label: row.label,
              challenger: byModel(row),
              champion: byIndex(row),
            })),
          ),
    calibration: calibrationTable(judgedBy(byModel ?? byIndex)),
  };
}

/** Different customers who left. */
export function eventsOf(rows: readonly TrainingRow[]): number {
  return new Set(rows.flatMap(({ label, accountId }) => (label === 1 ? [accountId] : []))).size;
}
