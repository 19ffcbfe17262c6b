import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../../src/toolkit/package-root.ts';

/** The question sets that come with Heed: `test/evals/questions/<author>/<author>-<set>.yml`. */
export function questionFiles(): readonly string[] {
  const folder = packagePath('test', 'evals', 'questions');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
