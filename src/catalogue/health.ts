import { join } from 'node:path';
import { z } from 'zod';
import { type HealthComponent, type HealthSettings, healthComponents } from '../domain/health-profile.ts';
import type { Result } from '../toolkit/issue.ts';
import { parseYaml, readYaml } from './read-yaml.ts';

const baseline = z.number().positive({ error: 'must be above 0' });
const points = z.number().min(0).max(100);
const weight = z.number().min(0).max(100);

const healthFile = z
  .strictObject({
    active_profile: z.string(),
    profiles: z.array(
      z.strictObject({ id: z.string().min(1), weights: z.partialRecord(z.enum(healthComponents), weight) }),
    ),
    bands: z.array(z.strictObject({ name: z.string().min(1), from: points })).min(1),
    baselines: z.strictObject({ api_calls_per_30_days: baseline, logins_per_30_days: baseline }),
    accounts: z
      .array(
        z.strictObject({
          account: z.string().min(1),
          api_calls_per_30_days: baseline.optional(),
          logins_per_30_days: baseline.optional(),
        }),
      )
      .default([]),
    incident_penalties: z.strictObject({ critical: points, high: points, medium: points, low: points }),
  })
  .transform((file, context): HealthSettings => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const profiles = file.profiles.map(({ id, weights }, index) => {
      const sum = Object.values(weights).reduce((total, one) => total + one, 0);
      if (Math.abs(sum - 100) > 1e-9)
        complain(['profiles', index, 'weights'], `weights add up to ${sum}; they must add up to 100`);
      const shares = Object.entries(weights).map(([name, one]) => [name, one / 100]);
      return { id, weights: Object.fromEntries(shares) as Partial<Record<HealthComponent, number>> };
    });
    const activeProfile = profiles.find(({ id }) => id === file.active_profile);
    if (activeProfile === undefined) {
      const known = profiles.map(({ id }) => id).join(', ');
      complain(['active_profile'], `there is no profile "${file.active_profile}"; there are ${known}`);
      return z.NEVER;
    }
    const bands = file.bands.toSorted((a, b) => b.from - a.from);
    if (bands.at(-1)?.from !== 0) complain(['bands'], 'the lowest band must begin at 0');
    return {
      profiles,
      activeProfile,
      bands,
      baselines: {
        apiCalls: file.baselines.api_calls_per_30_days,
        logins: file.baselines.logins_per_30_days,
      },
      baselineOverrides: new Map(file.accounts.map((one) => [one.account.toLowerCase(), overrideOf(one)])),
      incidentPenalties: file.incident_penalties,
    };
  });

function overrideOf(written: {
  readonly api_calls_per_30_days?: number | undefined;
  readonly logins_per_30_days?: number | undefined;
}) {
  return {
    ...(written.api_calls_per_30_days === undefined ? {} : { apiCalls: written.api_calls_per_30_days }),
    ...(written.logins_per_30_days === undefined ? {} : { logins: written.logins_per_30_days }),
  };
}

/**
 * Loads `health.yml` of a catalogue folder.
 *
 * @param folder absolute path of the catalogue
 * @returns the settings, or every mistake with file and line
 */
export function loadHealthSettings(folder: string): Result<HealthSettings> {
  return readYaml(join(folder, 'health.yml'), healthFile);
}

/** As `loadHealthSettings`, from text. */
export function parseHealthSettings(text: string, shownAs = 'health.yml'): Result<HealthSettings> {
  return parseYaml(text, healthFile, shownAs);
}
