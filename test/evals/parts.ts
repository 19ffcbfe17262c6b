import { createHash } from 'node:crypto';

/** `frozen` questions are counted but never shown while the planner is worked on. */
export type Part = 'open' | 'frozen';

/**
 * Freezes a third of the ids of one file, by rank of their hashes: the choice depends on the ids alone, not on their
 * order or on other files.
 *
 * @returns the frozen ids, a third of all rounded to the nearest number
 */
export function frozenIds(ids: readonly string[]): ReadonlySet<string> {
  const ranked = ids
    .map((id) => ({ id, hash: createHash('sha256').update(id).digest('hex') }))
    .sort((one, other) => (one.hash < other.hash ? -1 : 1));
  return new Set(ranked.slice(0, Math.round(ids.length / 3)).map(({ id }) => id));
}
