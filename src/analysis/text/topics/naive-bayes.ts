import type { Features } from '../features.ts';
import { bestThree, type TopicExample, type TopicScore } from './topic-scores.ts';

/** Lidstone smoothing; 1 (Laplace) drowns classes of a few hundred words among 100,000 features. */
const SMOOTHING = 0.1;

/** Counts of a multinomial naive Bayes over the features that a text has (each once). */
export interface NaiveBayesCounts {
  readonly kind: 'naive-bayes';
  readonly examples: number;
  readonly classes: readonly {
    readonly topic: string;
    readonly examples: number;
    /** Feature and in how many examples of the class, in turn. */
    readonly counts: readonly number[];
  }[];
}

export function countForNaiveBayes(examples: readonly TopicExample[]): NaiveBayesCounts {
  const classes = new Map<string, { examples: number; counts: Map<number, number> }>();
  for (const { features, topic } of examples) {
    const own = classes.get(topic) ?? { examples: 0, counts: new Map<number, number>() };
    classes.set(topic, own);
    own.examples += 1;
    for (const place of features.keys()) own.counts.set(place, (own.counts.get(place) ?? 0) + 1);
  }
  return {
    kind: 'naive-bayes',
    examples: examples.length,
    classes: [...classes].map(([topic, one]) => ({
      topic,
      examples: one.examples,
      counts: [...one.counts].flat(),
    })),
  };
}

/**
 * Scores texts: log P(class) + Σ log ((n(feature, class) + 0.1) / (n(class) + 0.1 V)) over the features that any class
 * knows, divided by their number, so that margins of short and long texts compare. Multinomial naive Bayes, Manning et
 * al., Introduction to Information Retrieval, 13.2.
 *
 * @returns a function that gives the best three, or none for a text without a known feature
 */
export function naiveBayesScorer(model: NaiveBayesCounts): (features: Features) => readonly TopicScore[] {
  const inClasses = new Map<number, number[]>();
  for (const [index, { counts }] of model.classes.entries()) {
    for (let at = 0; at < counts.length; at += 2) {
      const found = inClasses.get(counts[at]!);
      if (found) found.push(index, counts[at + 1]!);
      else inClasses.set(counts[at]!, [index, counts[at + 1]!]);
    }
  }
  const priors = model.classes.map((one) => Math.log(one.examples / model.examples));
  // What every feature costs that the class has never seen.
  const unseen = model.classes.map(({ counts }) => {
    let total = 0;
    for (let at = 1; at < counts.length; at += 2) total += counts[at]!;
    return Math.log(SMOOTHING / (total + SMOOTHING * inClasses.size));
  });
  return (features) => {
    const gained = new Float64Array(model.classes.length);
    let known = 0;
    for (const place of features.keys()) {
      const found = inClasses.get(place);
      if (found === undefined) continue;
      known += 1;
      for (let at = 0; at < found.length; at += 2)
        gained[found[at]!]! += Math.log((found[at + 1]! + SMOOTHING) / SMOOTHING);
    }
    if (known === 0) return [];
    return bestThree(
      model.classes.map(({ topic }, index) => ({
        topic,
        score: (priors[index]! + known * unseen[index]! + gained[index]!) / known,
      })),
    );
  };
}
