import type { Features } from '../features.ts';
import { type CentroidCounts, centroidScorer, countForCentroids } from './centroid.ts';
import { countForNaiveBayes, type NaiveBayesCounts, naiveBayesScorer } from './naive-bayes.ts';
import { marginOf, type TopicExample, type TopicScore } from './topic-scores.ts';

/** With fewer examples than this in the usual class, centroids beat naive Bayes (10 a class on Banking77: 0.66 against 0.62). */
export const EXAMPLES_FOR_NAIVE_BAYES = 20;
/** A held-out text is every fifth. */
const HELD_OUT = 5;
/** With fewer held-out texts no margin can be judged, and every text gets three suggestions. */
const LEAST_HELD_OUT = 30;

/** Plain data: it is stored as JSON, and read back it scores alike. It holds numbers of features, no words. */
export interface TopicModel {
  readonly counts: NaiveBayesCounts | CentroidCounts;
  /** A best topic this far ahead of the second stands alone; null: never. */
  readonly sureMargin: number | null;
  /** What the held-out texts say; null when there were too few. */
  readonly heldOut: TopicCheck | null;
}

export interface TopicCheck {
  readonly texts: number;
  /** Share whose best topic was right. */
  readonly accuracy: number;
  /** Share whose right topic was among the best three. */
  readonly topThree: number;
  /** Share that is sure enough for one topic, and the share of right ones among those. */
  readonly sureShare: number;
  readonly sureAccuracy: number;
}

export interface TopicReading {
  /** Best first, at most three. */
  readonly best: readonly TopicScore[];
  /** The best one stands alone; else people choose among the three. */
  readonly isSure: boolean;
}

/**
 * Learns topics from examples: centroids while the usual (median) class has fewer than 20 examples, naive Bayes above.
 * A model without every fifth example is tried on those first: `sureMargin` is the smallest margin above which the
 * share of right ones is `sureWhenRight`.
 *
 * @returns null with fewer than two topics
 */
export function trainTopicModel(examples: readonly TopicExample[], sureWhenRight: number): TopicModel | null {
  if (new Set(examples.map(({ topic }) => topic)).size < 2) return null;
  const tried = countExamples(examples.filter((_, index) => index % HELD_OUT !== HELD_OUT - 1));
  const score = scorerOf(tried);
  const trials = examples
    .filter((_, index) => index % HELD_OUT === HELD_OUT - 1)
    .map(({ features, topic }): Trial => {
      const best = score(features);
      return {
        margin: marginOf(best),
        isRight: best[0]?.topic === topic,
        isAmong: best.some((one) => one.topic === topic),
      };
    });
  const sureMargin = trials.length < LEAST_HELD_OUT ? null : findSureMargin(trials, sureWhenRight);
  const heldOut = trials.length < LEAST_HELD_OUT ? null : check(trials, sureMargin);
  return { counts: countExamples(examples), sureMargin, heldOut };
}

/** Reads texts by a model; the best topics are none when no word of the text is known. */
export function topicReader({ counts, sureMargin }: TopicModel): (features: Features) => TopicReading {
  const score = scorerOf(counts);
  return (features) => {
    const best = score(features);
    return { best, isSure: best.length > 0 && sureMargin !== null && marginOf(best) >= sureMargin };
  };
}

interface Trial {
  readonly margin: number;
  readonly isRight: boolean;
  readonly isAmong: boolean;
}

function countExamples(examples: readonly TopicExample[]): TopicModel['counts'] {
  const sizes = new Map<string, number>();
  for (const { topic } of examples) sizes.set(topic, (sizes.get(topic) ?? 0) + 1);
  const sorted = [...sizes.values()].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return median < EXAMPLES_FOR_NAIVE_BAYES ? countForCentroids(examples) : countForNaiveBayes(examples);
}

function scorerOf(counts: TopicModel['counts']): (features: Features) => readonly TopicScore[] {
  return counts.kind === 'centroid' ? centroidScorer(counts) : naiveBayesScorer(counts);
}

function findSureMargin(trials: readonly Trial[], sureWhenRight: number): number | null {
  const widest = trials.toSorted((a, b) => b.margin - a.margin);
  let right = 0;
  let margin: number | null = null;
  for (const [index, trial] of widest.entries()) {
    if (trial.isRight) right += 1;
    if (index + 1 >= LEAST_HELD_OUT && right / (index + 1) >= sureWhenRight) margin = trial.margin;
  }
  return margin;
}

function check(trials: readonly Trial[], sureMargin: number | null): TopicCheck {
  const share = (some: readonly Trial[], holds: (trial: Trial) => boolean) =>
    some.length === 0 ? 0 : some.filter(holds).length / some.length;
  const sure = trials.filter(({ margin }) => sureMargin !== null && margin >= sureMargin);
  return {
    texts: trials.length,
    accuracy: share(trials, ({ isRight }) => isRight),
    topThree: share(trials, ({ isAmong }) => isAmong),
    sureShare: sure.length / trials.length,
    sureAccuracy: share(sure, ({ isRight }) => isRight),
  };
}
