import { createHash } from 'node:crypto';

/** `frozen` questions are counted but never shown while the planner is worked on. */
export type Part = 'open' | 'frozen';

/**
 * Freezes a third of a set, by rank of the hashes of its ids: the choice depends on the ids alone, never on what was
 * asked, on files or on their order.
 *
 * @returns the frozen ids, a third of all rounded to the nearest number
 */
export function frozenIds(ids: readonly string[]): ReadonlySet<string> {
  const ranked = ids
    .map((id) => ({ id, hash: createHash('sha256').update(id).digest('hex') }))
    .sort((one, other) => (one.hash < other.hash ? -1 : 1));
  return new Set(ranked.slice(0, Math.round(ids.length / 3)).map(({ id }) => id));
}
