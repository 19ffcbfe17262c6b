import { join } from 'node:path';
import { z } from 'zod';
import type { TrendSettings } from '../domain/trend-settings.ts';
import type { Result } from '../toolkit/issue.ts';
import { readYaml } from './read-yaml.ts';

const trendFile = z
  .strictObject({
    trends: z.strictObject({
      least_change: z.number().min(0.01).max(10),
      least_count: z.int().min(1).max(100_000),
      month_to_date_from_day: z.int().min(2).max(28),
      history_weeks: z.int().min(6).max(104),
    }),
  })
  .transform(
    ({ trends }): TrendSettings => ({
      leastChange: trends.least_change,
      leastCount: trends.least_count,
      monthToDateFromDay: trends.month_to_date_from_day,
      historyWeeks: trends.history_weeks,
    }),
  );

/**
 * Loads `trends.yml` of a catalogue folder.
 *
 * @param folder absolute path of the catalogue
 * @returns the settings, or every mistake with file and line
 */
export function loadTrendSettings(folder: string): Result<TrendSettings> {
  return readYaml(join(folder, 'trends.yml'), trendFile);
}
