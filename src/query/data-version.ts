import { createHash } from 'node:crypto';
import type { Provenance } from './answer-data.ts';

/**
 * Stamp of the data behind an answer: equal for two answers exactly when the catalogue is the same and every source
 * they read, and the analyser where it took part, was last brought up to date at the same instants. Rows that were
 * pushed since the last import of a source do not change it; it is as cheap as the freshness that it is made of.
 */
export function dataVersionOf({
  freshness,
  catalogueVersion,
}: Pick<Provenance, 'freshness' | 'catalogueVersion'>): string {
  const sources = freshness.map(({ source, syncedAt }) => `${source}@${syncedAt}`).sort();
  const hash = createHash('sha256').update([catalogueVersion, ...sources].join('\n'));
  return `d-${hash.digest('hex').slice(0, 12)}`;
}
