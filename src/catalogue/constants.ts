import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Constants } from '../domain/constants.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { type Layer, shownAs } from './layers.ts';
import { openYamlFile } from './read-yaml.ts';

const id = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower case words joined by _');

const constantSchema = z
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
  .transform(({ currency, ...constant }) => ({ ...constant, currency: currency ?? null }));

/**
 * Constants of all layers from the ground up. One that exists below changes where only `value` or another key is given.
 *
 * @returns the constants and the files they came from; a catalogue of one's own needs none
 */
export function loadLayeredConstants(
  layers: readonly Layer[],
): Result<{ readonly constants: Constants; readonly files: readonly string[] }> {
  const raw = new Map<string, Readonly<Record<string, unknown>>>();
  const constants = new Map<string, z.infer<typeof constantSchema>>();
  const issues: Issue[] = [];
  const files: string[] = [];
  for (const layer of layers) {
    const file = join(layer.folder, 'constants.yml');
    if (!existsSync(file)) continue;
    files.push(file);
    const opened = openYamlFile(file, shownAs(layer, 'constants.yml'));
    if (!opened.ok) {
      issues.push(...opened.issues);
      continue;
    }
    const outer = z
      .strictObject({ constants: z.record(id, z.record(z.string(), z.unknown())) })
      .safeParse(opened.value.written);
    if (!outer.success) {
      issues.push(...outer.error.issues.map((issue) => opened.value.issueFor(issue)));
      continue;
    }
    for (const [name, given] of Object.entries(outer.data.constants)) {
      const merged = { ...raw.get(name), ...given };
      raw.set(name, merged);
      const parsed = constantSchema.safeParse(merged);
      if (parsed.success) constants.set(name, parsed.data);
      else
        issues.push(...parsed.error.issues.map((issue) => opened.value.issueFor(issue, ['constants', name])));
    }
  }
  return issues.length > 0 ? fail(...issues) : ok({ constants, files });
}
