import { brierScore, ece10, logLoss, lossOfOne } from './calibration.ts';
import type { Judgement } from './churn-model.ts';
import { aucOf, averagePrecision, type Judged, topPrecision } from './discrimination.ts';
import { seededDraw } from './folds.ts';

/** All figures of predictions that were judged. */
export function judge(judged: readonly Judged[]): Judgement {
  const events = judged.filter(({ label }) => label === 1).length;
  const ranks = events > 0 && events < judged.length;
  return {
    rows: judged.length,
    events,
    auc: ranks ? aucOf(judged) : null,
    brier: brierScore(judged),
    logLoss: logLoss(judged),
    ece: ece10(judged),
    averagePrecision: events > 0 ? averagePrecision(judged) : null,
    topPrecision: events > 0 ? topPrecision(judged, 0.1) : null,
  };
}

/** Predictions of two models for the same row. */
export interface Paired {
  /** Rows of one customer are drawn together. */
  readonly group: string;
  readonly label: 0 | 1;
  readonly challenger: number;
  readonly champion: number;
}

const RESAMPLES = 500;

/**
 * Paired bootstrap: customers are drawn with replacement, and it is counted how often the challenger has the smaller
 * loss.
 *
 * @returns shares of the resamples, 0-1
 */
export function winsOf(
  paired: readonly Paired[],
  seed = 1,
): { readonly logLoss: number; readonly brier: number } {
  const gains = new Map<string, [number, number]>();
  for (const { group, label, challenger, champion } of paired) {
    const gain = gains.get(group) ?? [0, 0];
    gain[0] += lossOfOne({ p: champion, label }) - lossOfOne({ p: challenger, label });
    gain[1] += (champion - label) ** 2 - (challenger - label) ** 2;
    gains.set(group, gain);
  }
  const customers = [...gains.values()];
  const draw = seededDraw(seed);
  let [wonLoss, wonBrier] = [0, 0];
  for (let round = 0; round < RESAMPLES; round += 1) {
    let [loss, brier] = [0, 0];
    for (let place = 0; place < customers.length; place += 1) {
      const [ofLoss, ofBrier] = customers[Math.floor(draw() * customers.length)]!;
      loss += ofLoss;
      brier += ofBrier;
    }
    if (loss > 0) wonLoss += 1;
    if (brier > 0) wonBrier += 1;
  }
  return { logLoss: wonLoss / RESAMPLES, brier: wonBrier / RESAMPLES };
}
