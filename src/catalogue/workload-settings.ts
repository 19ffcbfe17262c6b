import { join } from 'node:path';
import { z } from 'zod';
import { serviceLevels, type WorkloadSettings } from '../domain/workload-settings.ts';
import type { Result } from '../toolkit/issue.ts';
import { parseYaml, readYaml } from './read-yaml.ts';

const weight = z.number().min(0, { error: 'must not be negative' }).max(100);
const above = z.number().positive({ error: 'must be above 0' });
const share = above.max(1, { error: 'must be at most 1' });

const levelSchema = z
  .strictObject({ warning: z.number(), critical: z.number(), at_least: z.int().min(1), window_hours: above })
  .refine(({ warning, critical }) => warning !== critical, {
    error: 'warning and critical are the same; one of them must be worse',
  });

const workloadFile = z
  .strictObject({
    weights: z.strictObject({
      urgent: weight,
      high: weight,
      normal: weight,
      low: weight,
      conversation: weight,
    }),
    overloaded_above: z.number().min(1, { error: 'must be 1 or more' }),
    underutilised_below: z.number().min(0).max(1, { error: 'must be 1 or less' }),
    smallest_team: z.int().min(2, { error: 'must be 2 or more: one agent is always the median' }),
    presence: z.strictObject({
      calendar: z.string().min(1),
      calendar_of_team: z.record(z.string(), z.string().min(1)).default({}),
      longest_status_hours: above,
    }),
    queue: z.strictObject({ window_minutes: above, high_depth: above, slow_drain_minutes: above }),
    demand: z.strictObject({
      weeks: z.int().min(1).max(52),
      peak_share: share,
      occupancy: share,
      handling_minutes: above,
    }),
    repeat_window_days: z.int().min(1).max(730),
    levels: z.partialRecord(z.enum(serviceLevels), levelSchema),
  })
  .transform(
    (file): WorkloadSettings => ({
      weights: file.weights,
      overloadedAbove: file.overloaded_above,
      underutilisedBelow: file.underutilised_below,
      smallestTeam: file.smallest_team,
      presence: {
        calendar: file.presence.calendar,
        calendarOfTeam: new Map(
          Object.entries(file.presence.calendar_of_team).map(([team, id]) => [team.toLowerCase(), id]),
        ),
        longestStatusHours: file.presence.longest_status_hours,
      },
      queue: {
        windowMinutes: file.queue.window_minutes,
        highDepth: file.queue.high_depth,
        slowDrainMinutes: file.queue.slow_drain_minutes,
      },
      demand: {
        weeks: file.demand.weeks,
        peakShare: file.demand.peak_share,
        occupancy: file.demand.occupancy,
        handlingMinutes: file.demand.handling_minutes,
      },
      repeatWindowDays: file.repeat_window_days,
      levels: serviceLevels.flatMap((name) => {
        const limits = file.levels[name];
        if (limits === undefined) return [];
        const { warning, critical, at_least: atLeast, window_hours: windowHours } = limits;
        return [{ name, warning, critical, atLeast, windowHours }];
      }),
    }),
  );

/**
 * Loads `workload.yml` of a catalogue folder.
 *
 * @param folder absolute path of the catalogue
 * @returns the settings, or every mistake with file and line
 */
export function loadWorkloadSettings(folder: string): Result<WorkloadSettings> {
  return readYaml(join(folder, 'workload.yml'), workloadFile);
}

/** As `loadWorkloadSettings`, from text. */
export function parseWorkloadSettings(text: string): Result<WorkloadSettings> {
  return parseYaml(text, workloadFile, 'workload.yml');
}
