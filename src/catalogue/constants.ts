import { join } from 'node:path';
import { z } from 'zod';
import type { Constants } from '../domain/constants.ts';
import type { Result } from '../toolkit/issue.ts';
import { readYaml } from './read-yaml.ts';

const id = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower case words joined by _');

const constantsFile = z
  .strictObject({
    constants: z.record(
      id,
      z
        .strictObject({
          label: z.string().min(1),
          value: z.number(),
          unit: z.string().min(1),
          currency: z
            .string()
            .regex(/^[A-Z]{3}$/, 'must be a code such as EUR')
            .optional(),
        })
        .refine(({ unit, currency }) => (unit === 'money') === (currency !== undefined), {
          error: 'money needs a currency, and nothing else may have one',
        })
        .transform(({ currency, ...constant }) => ({ ...constant, currency: currency ?? null })),
    ),
  })
  .transform(({ constants }): Constants => new Map(Object.entries(constants)));

/**
 * Loads `constants.yml` of a catalogue folder.
 *
 * @param folder absolute path of the catalogue
 * @returns the constants by id, or every mistake with file and line
 */
export function loadConstants(folder: string): Result<Constants> {
  return readYaml(join(folder, 'constants.yml'), constantsFile);
}
