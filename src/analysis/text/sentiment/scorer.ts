import { CLEAR_TONE } from '../../../domain/tone.ts';

/** Who says how a text sounds. The lexicon is the default; a tenant's own model takes its place once it is better. */
export interface SentimentScorer {
  readonly source: 'lexicon' | 'model';
  /** Stored with every score, so that a score tells what made it. */
  readonly version: string;
  /** @returns -1 (negative) to 1 (positive); null when nothing can be said of this text */
  readonly score: (text: string) => number | null;
}

export type Tone = 'negative' | 'neutral' | 'positive';

/** The word for a score from -1 to 1. */
export function toneOf(score: number): Tone {
  if (score <= -CLEAR_TONE) return 'negative';
  return score >= CLEAR_TONE ? 'positive' : 'neutral';
}
