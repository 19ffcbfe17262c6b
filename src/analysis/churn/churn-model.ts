import { z } from 'zod';
import { churnFeatures } from './features.ts';

/**
 * How a probability came about, poorest first: the bare index; the index moved to the known rate; calibrated by Platt
 * scaling; a model fitted to those who left.
 */
export const churnStages = ['uncalibrated', 'base-rate', 'platt', 'fitted'] as const;
/** How good predictions were on rows that the model had not seen. */
const judgementSchema = z.object({
  rows: z.number(),
  events: z.number(),
  auc: z.number().nullable(),
  brier: z.number(),
  logLoss: z.number(),
  ece: z.number(),
  averagePrecision: z.number().nullable(),
  topPrecision: z.number().nullable(),
});
export type Judgement = z.infer<typeof judgementSchema>;

const number = z.number();
const feature = z.enum(churnFeatures.map(({ name }) => name));
const backtestSchema = z.object({
  /** Months trained on end before this day less the horizon; tested are those from it on. */
  testFrom: z.string(),
  testTo: z.string(),
  trainRows: number,
  trainEvents: number,
  baseRate: judgementSchema,
  index: judgementSchema,
  fitted: judgementSchema.nullable(),
  /** Share of the resampled comparisons that the fitted model won, in both figures. */
  wins: z.object({ logLoss: number, brier: number }).nullable(),
  calibration: z
    .array(z.object({ from: number, to: number, count: number, given: number, came: number }))
    .readonly(),
});
export type Backtest = z.infer<typeof backtestSchema>;

/** A model as it is kept. */
export const churnModelSchema = z.object({
  version: z.literal(1),
  stage: z.enum(churnStages),
  /** Month it was fitted for, `2026-03`. */
  month: z.string(),
  horizonDays: number,
  /** Customers who left, that it rests on. */
  events: number,
  rows: number,
  /** Logit p' = offset + slope * logit of the index. Of a fitted model: what turns its probability back into an index. */
  calibration: z.object({ offset: number, slope: number }).nullable(),
  fitted: z
    .object({
      intercept: number,
      terms: z
        .array(z.object({ feature, coefficient: number, center: number, scale: number, median: number }))
        .readonly(),
    })
    .nullable(),
  reference: z.object({
    parts: z.partialRecord(z.string(), number),
    features: z.partialRecord(feature, number),
  }),
  /** Deciles of the index of the customers it was fitted on, for drift. */
  indexSample: z.array(number),
  backtest: backtestSchema.nullable(),
  /** What kept it from the next stage. */
  reason: z.string(),
  /** What the months at hand rest on: a change is a reason to fit anew. */
  basis: z.object({ firstUsageDay: z.string().nullable(), months: number }),
});
export type ChurnModel = z.infer<typeof churnModelSchema>;

/** `Platt (34 events)`, as it stands beside every probability. */
export function writeState(model: Pick<ChurnModel, 'stage' | 'events' | 'backtest' | 'month'>): string {
  switch (model.stage) {
    case 'uncalibrated':
      return 'uncalibrated';
    case 'base-rate':
      return `base rate (${model.events} ${model.events === 1 ? 'event' : 'events'})`;
    case 'platt':
      return `Platt (${model.events} events)`;
    case 'fitted': {
      const judged = model.backtest?.fitted;
      const figures = judged ? `, AUC ${(judged.auc ?? 0).toFixed(3)}, Brier ${judged.brier.toFixed(4)}` : '';
      return `fitted (${model.events} events${figures}, ${model.month})`;
    }
  }
}
