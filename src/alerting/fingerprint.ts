import { createHash } from 'node:crypto';
import type { FindingHead } from './candidate.ts';

/** Word for the finding's subject in a rule's `fingerprint` list. */
export const subjectDimension = 'subject';

/**
 * What makes two findings the same alert: the rule and the dimensions that the rule chose. The measured value is
 * never part of it, so an alert lives on while its number moves.
 *
 * @returns 64 hex digits (SHA-256)
 */
export function fingerprintOf(ruleId: string, dimensions: readonly string[], finding: FindingHead): string {
  const parts = dimensions.map((dimension) =>
    dimension === subjectDimension
      ? [dimension, finding.subject.kind, finding.subject.id]
      : [dimension, finding.facts[dimension] ?? null],
  );
  return createHash('sha256')
    .update(JSON.stringify([ruleId, parts]))
    .digest('hex');
}
