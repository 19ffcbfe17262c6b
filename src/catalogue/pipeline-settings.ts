import { join } from 'node:path';
import { z } from 'zod';
import type { PipelineSettings } from '../domain/pipeline-settings.ts';
import type { Result } from '../toolkit/issue.ts';
import { readYaml } from './read-yaml.ts';

const days = z.int().min(1).max(3_650);
const weight = z.number().min(0).max(100);

const pipelineFile = z
  .strictObject({
    fiscal_start_month: z.int().min(1).max(12),
    forecast: z.strictObject({
      spread_counts_as: z.number().positive({ error: 'must be above 0' }).max(1_000),
      least_history_days: days,
    }),
    stale_percentile: z.number().min(50).max(100),
    stale_least_won: z.int().min(1),
    win_rate_prior_deals: z.number().min(0),
    performance_days: days,
    conversion_days: days,
    quota_period: z.enum(['month', 'quarter', 'year']),
    no_touch: z.strictObject({ days, amount: z.number().min(0) }),
    engaged_days: days,
    partners: z.strictObject({
      certification_notice_days: days,
      enablement_stale_days: days,
      weights: z.strictObject({ results: weight, pipeline: weight, activity: weight, enablement: weight }),
      bands: z.array(z.strictObject({ name: z.string().min(1), from: z.number().min(0).max(100) })).min(1),
    }),
  })
  .transform((file, context): PipelineSettings => {
    const { weights } = file.partners;
    const sum = weights.results + weights.pipeline + weights.activity + weights.enablement;
    if (Math.abs(sum - 100) > 1e-9) {
      const message = `weights add up to ${sum}; they must add up to 100`;
      context.addIssue({ code: 'custom', path: ['partners', 'weights'], message });
    }
    const bands = file.partners.bands.toSorted((a, b) => b.from - a.from);
    if (bands.at(-1)?.from !== 0) {
      const message = 'the lowest band must begin at 0';
      context.addIssue({ code: 'custom', path: ['partners', 'bands'], message });
    }
    return {
      fiscalStartMonth: file.fiscal_start_month,
      forecast: {
        spreadCountsAs: file.forecast.spread_counts_as,
        leastHistoryDays: file.forecast.least_history_days,
      },
      stalePercentile: file.stale_percentile,
      staleLeastWon: file.stale_least_won,
      winRatePriorDeals: file.win_rate_prior_deals,
      performanceDays: file.performance_days,
      conversionDays: file.conversion_days,
      quotaPeriod: file.quota_period,
      noTouch: file.no_touch,
      engagedDays: file.engaged_days,
      partners: {
        certificationNoticeDays: file.partners.certification_notice_days,
        enablementStaleDays: file.partners.enablement_stale_days,
        weights: {
          results: weights.results / 100,
          pipeline: weights.pipeline / 100,
          activity: weights.activity / 100,
          enablement: weights.enablement / 100,
        },
        bands,
      },
    };
  });

/**
 * Loads `pipeline.yml` of a catalogue folder.
 *
 * @param folder absolute path of the catalogue
 * @returns the settings, or every mistake with file and line
 */
export function loadPipelineSettings(folder: string): Result<PipelineSettings> {
  return readYaml(join(folder, 'pipeline.yml'), pipelineFile);
}
