import { join } from 'node:path';
import { z } from 'zod';
import type { SnapshotSettings } from '../domain/snapshot-settings.ts';
import type { Result } from '../toolkit/issue.ts';
import { readYaml } from './read-yaml.ts';

const id = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower case words joined by _');
const days = z.int().min(1).max(3660);

const snapshotsFile = z
  .strictObject({
    keep_days: z.strictObject({ hourly: days, daily: days, weekly: days }),
    metrics: z
      .array(z.strictObject({ metrics: z.array(id).min(1), segments: z.array(id).max(4).default([]) }))
      .min(1),
  })
  .transform((file, context): SnapshotSettings => {
    const { hourly, daily, weekly } = file.keep_days;
    if (hourly > daily)
      context.addIssue({ code: 'custom', path: ['keep_days', 'hourly'], message: 'must not exceed daily' });
    const metrics = new Map<string, readonly string[]>();
    for (const [index, group] of file.metrics.entries()) {
      for (const metric of group.metrics) {
        if (metrics.has(metric))
          context.addIssue({
            code: 'custom',
            path: ['metrics', index, 'metrics'],
            message: `"${metric}" stands here twice`,
          });
        metrics.set(metric, group.segments);
      }
    }
    return { keepDays: { hour: hourly, day: daily, week: weekly }, metrics };
  });

/**
 * Loads `snapshots.yml` of a catalogue folder: which metrics are kept per hour, day and week, and by which segments.
 *
 * @param folder absolute path of the catalogue
 * @returns the settings, or every mistake with file and line
 */
export function loadSnapshotSettings(folder: string): Result<SnapshotSettings> {
  return readYaml(join(folder, 'snapshots.yml'), snapshotsFile);
}
