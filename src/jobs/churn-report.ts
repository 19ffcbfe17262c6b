import { type ChurnModel, churnModelSchema, writeState } from '../analysis/churn/churn-model.ts';
import { churnFeatures } from '../analysis/churn/features.ts';
import type { ChurnSettings } from '../domain/churn-settings.ts';
import { type ChurnMonthRow, findChurnModel, listChurnMonths } from '../store/analysis-churn.ts';
import { countByPriority, findScoredDay } from '../store/churn-scores.ts';
import type { Store } from '../store/database.ts';

export interface ChurnReport {
  /** `Platt (34 events)` */
  readonly state: string;
  /** In one sentence, how far the probabilities may be trusted. */
  readonly honest: string;
  readonly createdAt: Date;
  readonly model: ChurnModel;
  readonly coefficients: readonly Coefficient[];
  readonly scored: {
    readonly day: string | null;
    readonly priorities: readonly {
      readonly priority: string;
      readonly accounts: number;
      readonly probability: number;
      readonly riskIndex: number;
    }[];
  };
  readonly months: readonly ChurnMonthRow[];
}

export interface Coefficient {
  readonly feature: string;
  readonly label: string;
  /** Of the standardised feature: points of the logit per deviation. */
  readonly coefficient: number;
  /** Which way it may point. */
  readonly mayPoint: 'up' | 'down';
}

/** The model in use with everything that speaks for and against it; null before the first. */
export async function readChurnReport(db: Store['db'], settings: ChurnSettings): Promise<ChurnReport | null> {
  const row = await findChurnModel(db);
  const parsed = churnModelSchema.safeParse(row?.model);
  if (row === null || !parsed.success) return null;
  const model = parsed.data;
  const day = await findScoredDay(db);
  return {
    state: writeState(model),
    honest: honestSentence(model, settings),
    createdAt: row.createdAt,
    model,
    coefficients: (model.fitted?.terms ?? []).map(({ feature, coefficient }) => {
      const { label, sign } = churnFeatures.find(({ name }) => name === feature)!;
      return { feature, label, coefficient, mayPoint: sign === 1 ? 'up' : 'down' };
    }),
    scored: { day, priorities: day === null ? [] : await countByPriority(db, day) },
    months: await listChurnMonths(db),
  };
}

function honestSentence({ stage, events, reason, backtest }: ChurnModel, settings: ChurnSettings): string {
  const days = settings.horizonDays;
  const figures = backtest?.fitted ?? backtest?.index ?? null;
  const tested =
    figures === null
      ? 'It has not been tested on later months'
      : `On later months that it had not seen, AUC was ${figures.auc === null ? 'not to be told' : figures.auc.toFixed(3)} and the Brier score ${figures.brier.toFixed(4)}, ${figures.brier < backtest!.baseRate.brier ? 'better' : 'no better'} than the bare rate (${backtest!.baseRate.brier.toFixed(4)})`;
  switch (stage) {
    case 'uncalibrated':
      return `Not a probability: an index of risk made of health and rules, because nobody is known to have left. Next: ${reason}.`;
    case 'base-rate':
      return `The mean is right by the last 12 months (${events} left), the ranking within it is the rules' and untested. Next: ${reason}.`;
    case 'platt':
      return `The risk index, calibrated on ${events} customers who left within ${days} days. ${tested}. Next: ${reason}.`;
    case 'fitted':
      return `A model fitted to ${events} customers who left within ${days} days. ${tested}; ${reason}.`;
  }
}
