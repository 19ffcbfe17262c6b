import type { Tone } from '../charts/chart-spec.ts';
import type { Severity } from '../domain/priority.ts';

const tones: Readonly<Record<Severity, Tone>> = {
  critical: 'critical',
  high: 'warning',
  medium: 'notice',
  low: 'neutral',
};

/** Colour of a severity; the word always stands beside it. */
export function toneOf(severity: Severity): Tone {
  return tones[severity];
}
