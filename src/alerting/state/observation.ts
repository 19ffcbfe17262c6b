import type { Severity } from '../../domain/priority.ts';

/** What one evaluation says about one fingerprint. */
export type Observation =
  /** The condition holds. `changed`: watched facts that differ from what the message shows. */
  | { readonly kind: 'matched'; readonly severity: Severity; readonly changed: readonly string[] }
  /** Neither the condition nor the clear condition holds (hysteresis). */
  | { readonly kind: 'undecided'; readonly changed: readonly string[] }
  | { readonly kind: 'cleared' }
  /** The analyser looked and no longer reports the subject. */
  | { readonly kind: 'gone' }
  /** The analyser did not look. */
  | { readonly kind: 'no-data' }
  /** A more important rule is open for the same subject. */
  | { readonly kind: 'superseded'; readonly by: string }
  /** The rule is no longer in the catalogue. */
  | { readonly kind: 'withdrawn' };
