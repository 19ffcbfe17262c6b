import type { Features } from '../features.ts';
import { bestThree, type TopicExample, type TopicScore } from './topic-scores.ts';

/** TF-IDF centroids: what few examples a class has, weighed by how rare each feature is. */
export interface CentroidCounts {
  readonly kind: 'centroid';
  readonly examples: number;
  /** Feature and in how many examples, in turn. */
  readonly frequencies: readonly number[];
  readonly classes: readonly {
    readonly topic: string;
    readonly examples: number;
    /** Feature and weight, in turn; of length 1 as a vector. */
    readonly weights: readonly number[];
  }[];
}

export function countForCentroids(examples: readonly TopicExample[]): CentroidCounts {
  const frequencies = new Map<number, number>();
  for (const { features } of examples)
    for (const place of features.keys()) frequencies.set(place, (frequencies.get(place) ?? 0) + 1);
  const classes = new Map<string, { examples: number; sum: Map<number, number> }>();
  for (const { features, topic } of examples) {
    const own = classes.get(topic) ?? { examples: 0, sum: new Map<number, number>() };
    classes.set(topic, own);
    own.examples += 1;
    for (const [place, weight] of weigh(features, frequencies, examples.length))
      own.sum.set(place, (own.sum.get(place) ?? 0) + weight);
  }
  return {
    kind: 'centroid',
    examples: examples.length,
    frequencies: [...frequencies].flat(),
    classes: [...classes].map(([topic, one]) => ({
      topic,
      examples: one.examples,
      weights: [...normalised(one.sum)].flatMap(([place, weight]) => [place, round(weight)]),
    })),
  };
}

/**
 * Scores texts by the cosine between the text and each class's centroid. Feature weight: (1 + ln tf) · (ln ((1 + N) /
 * (1 + df)) + 1), vectors of length 1.
 *
 * @returns a function that gives the best three, or none for a text without a known feature
 */
export function centroidScorer(model: CentroidCounts): (features: Features) => readonly TopicScore[] {
  const frequencies = new Map<number, number>();
  for (let at = 0; at < model.frequencies.length; at += 2)
    frequencies.set(model.frequencies[at]!, model.frequencies[at + 1]!);
  const inClasses = new Map<number, number[]>();
  for (const [index, { weights }] of model.classes.entries()) {
    for (let at = 0; at < weights.length; at += 2) {
      const found = inClasses.get(weights[at]!);
      if (found) found.push(index, weights[at + 1]!);
      else inClasses.set(weights[at]!, [index, weights[at + 1]!]);
    }
  }
  return (features) => {
    const vector = weigh(features, frequencies, model.examples);
    if (vector.size === 0) return [];
    const cosines = new Float64Array(model.classes.length);
    for (const [place, weight] of vector) {
      const found = inClasses.get(place) ?? [];
      for (let at = 0; at < found.length; at += 2) cosines[found[at]!]! += weight * found[at + 1]!;
    }
    return bestThree(model.classes.map(({ topic }, index) => ({ topic, score: cosines[index]! })));
  };
}

function weigh(
  features: Features,
  frequencies: ReadonlyMap<number, number>,
  examples: number,
): ReadonlyMap<number, number> {
  const weights = new Map<number, number>();
  for (const [place, count] of features) {
    const frequency = frequencies.get(place);
    if (frequency !== undefined)
      weights.set(place, (1 + Math.log(count)) * (Math.log((1 + examples) / (1 + frequency)) + 1));
  }
  return normalised(weights);
}

function normalised(weights: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  let sum = 0;
  for (const weight of weights.values()) sum += weight * weight;
  const length = Math.sqrt(sum);
  return length === 0 ? weights : new Map([...weights].map(([place, weight]) => [place, weight / length]));
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
