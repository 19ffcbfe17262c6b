import type { Features } from '../features.ts';

/** A text whose topic somebody has named. */
export interface TopicExample {
  readonly features: Features;
  readonly topic: string;
}

/** A topic and how well a text fits it; the scale is the model's own. */
export interface TopicScore {
  readonly topic: string;
  readonly score: number;
}

/** Sorts best first (in place) and keeps the best three; ties go by name, so that the same text gets the same answer. */
export function bestThree(scores: TopicScore[]): readonly TopicScore[] {
  return scores.sort((a, b) => b.score - a.score || (a.topic < b.topic ? -1 : 1)).slice(0, 3);
}

/** How far the best is ahead of the second; Infinity where there is no second. */
export function marginOf(best: readonly TopicScore[]): number {
  const [first, second] = best;
  if (first === undefined) return 0;
  return second === undefined ? Number.POSITIVE_INFINITY : first.score - second.score;
}
