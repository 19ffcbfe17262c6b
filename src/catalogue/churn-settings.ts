import { join } from 'node:path';
import { z } from 'zod';
import type { ChurnSettings } from '../domain/churn-settings.ts';
import type { Result } from '../toolkit/issue.ts';
import { parseYaml, readYaml } from './read-yaml.ts';

const points = z.number().min(-10).max(10);
const share = z.number().gt(0, { error: 'must be above 0' }).lt(1, { error: 'must be below 1' });
const health = z.number().min(0).max(100);
const count = z.int().min(1).max(1_000_000);
const edge = z
  .strictObject({ churn_above: share, health_below: health })
  .transform((one) => ({ churnAbove: one.churn_above, healthBelow: one.health_below }));

const churnFile = z
  .strictObject({
    horizon_days: z.int().min(7).max(365),
    risk_index: z.strictObject({
      slope: z.number().positive({ error: 'must be above 0: worse health is more risk' }).max(1),
      neutral_health: health,
    }),
    cold_start: z.strictObject({
      tenure: z.strictObject({ points: z.number().min(0).max(10), usual_months: z.number().min(1).max(600) }),
      commitment: z.strictObject({ monthly: points, yearly: points, longer: points }),
      past_due: z.number().min(0).max(10),
    }),
    risk_bands: z.strictObject({ low: share, medium: share, high: share }),
    priorities: z.strictObject({ critical: edge, high: edge, medium: edge }),
    calibration: z.strictObject({
      history_months: z.int().min(6).max(60),
      least_covered: share,
      platt_events: count,
      fit_events: count,
      fit_rows: count,
      events_per_feature: count,
      lambda: z.number().positive({ error: 'must be above 0' }).max(1000),
      confidence: share,
    }),
    drift: z.strictObject({ psi: z.number().positive(), ece: share }),
    forecast: z.strictObject({
      months: z.int().min(1).max(12),
      least_months: z.int().min(9).max(60),
      coverage: share,
    }),
  })
  .superRefine(({ risk_bands: bands, priorities, cold_start: { commitment } }, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (!(bands.low < bands.medium && bands.medium < bands.high))
      complain('risk_bands', 'low, medium and high must rise');
    const { critical, high, medium } = priorities;
    if (!(critical.churnAbove > high.churnAbove && high.churnAbove > medium.churnAbove))
      complain('priorities', 'churn_above must fall from critical to medium');
    if (!(critical.healthBelow < high.healthBelow && high.healthBelow < medium.healthBelow))
      complain('priorities', 'health_below must rise from critical to medium');
    if (commitment.monthly < commitment.yearly || commitment.yearly < commitment.longer)
      complain('cold_start', 'a longer commitment must not raise the risk');
  })
  .transform(
    (file): ChurnSettings => ({
      horizonDays: file.horizon_days,
      riskIndex: { slope: file.risk_index.slope, neutralHealth: file.risk_index.neutral_health },
      coldStart: {
        tenurePoints: file.cold_start.tenure.points,
        usualTenureMonths: file.cold_start.tenure.usual_months,
        commitment: file.cold_start.commitment,
        pastDuePoints: file.cold_start.past_due,
      },
      riskBands: file.risk_bands,
      priorities: file.priorities,
      calibration: {
        historyMonths: file.calibration.history_months,
        leastCovered: file.calibration.least_covered,
        plattEvents: file.calibration.platt_events,
        fitEvents: file.calibration.fit_events,
        fitRows: file.calibration.fit_rows,
        eventsPerFeature: file.calibration.events_per_feature,
        lambda: file.calibration.lambda,
        confidence: file.calibration.confidence,
      },
      drift: file.drift,
      forecast: {
        months: file.forecast.months,
        leastMonths: file.forecast.least_months,
        coverage: file.forecast.coverage,
      },
    }),
  );

/**
 * Loads `churn.yml` of a catalogue folder.
 *
 * @param folder absolute path of the catalogue
 * @returns the settings, or every mistake with file and line
 */
export function loadChurnSettings(folder: string): Result<ChurnSettings> {
  return readYaml(join(folder, 'churn.yml'), churnFile);
}

/** As `loadChurnSettings`, from text. */
export function parseChurnSettings(text: string, shownAs = 'churn.yml'): Result<ChurnSettings> {
  return parseYaml(text, churnFile, shownAs);
}
