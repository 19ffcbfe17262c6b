import { quantile } from './robust.ts';
import type { SeriesKind } from './series.ts';

/** On which scale a series is judged, so that its spread does not depend on its level. */
export type TransformName = 'identity' | 'square-root' | 'logarithm';

export interface Transform {
  readonly name: TransformName;
  forward(value: number): number;
  back(value: number): number;
}

const identity: Transform = { name: 'identity', forward: (value) => value, back: (value) => value };

/** 2 sqrt(x + 3/8) of a Poisson count has variance 1 at every mean (Anscombe 1948). */
const squareRoot: Transform = {
  name: 'square-root',
  forward: (value) => 2 * Math.sqrt(Math.max(0, value) + 3 / 8),
  back: (value) => Math.max(0, (Math.max(0, value) / 2) ** 2 - 3 / 8),
};

/** For what varies by a factor, like waiting times and money; below 1 nothing is told apart. */
const logarithm: Transform = {
  name: 'logarithm',
  forward: (value) => Math.log(Math.max(1, value)),
  back: (value) => Math.exp(value),
};

const transforms: Readonly<Record<SeriesKind, readonly [Transform, ...Transform[]]>> = {
  count: [identity, squareRoot],
  share: [identity],
  time: [identity, logarithm],
  amount: [identity, logarithm],
  measure: [identity],
};

/** Those that a kind of series may be judged on, the plainest first. */
export function transformsFor(kind: SeriesKind): readonly [Transform, ...Transform[]] {
  return transforms[kind];
}

/** Relative standard error of a mean of |normal| over n values is sqrt(pi / 2 - 1) / sqrt(n). */
const RELATIVE_ERROR = Math.sqrt(Math.PI / 2 - 1);
/** Standard errors from which a difference between high and low is more than chance. */
const SURE = 2;

export interface Unevenness {
  /** |ln| of mean residual where the level is high (upper third) over where it is low (lower third); 0 is even. */
  readonly ratio: number;
  readonly isSure: boolean;
}

/** Sizes count at most as this quantile of all of them: a spike in the past says nothing about the level. */
const CAP = 0.98;

/**
 * How much the spread depends on the level: what a good transform takes away.
 *
 * @param levels what was expected
 * @param sizes absolute residuals, one for each level
 */
export function unevennessOf(levels: readonly number[], sizes: readonly number[]): Unevenness {
  const third = Math.floor(levels.length / 3);
  const sorted = Float64Array.from(levels).sort();
  const lowest = sorted[third - 1];
  const highest = sorted[sorted.length - third];
  if (lowest === undefined || highest === undefined || lowest === highest) return { ratio: 0, isSure: false };
  const cap = quantile(sizes, CAP);
  const [low, high] = [
    meanWhere((index) => levels[index]! <= lowest),
    meanWhere((index) => levels[index]! >= highest),
  ];
  if (low === 0 && high === 0) return { ratio: 0, isSure: false };
  if (low === 0 || high === 0) return { ratio: Number.MAX_VALUE, isSure: true };
  const ratio = Math.abs(Math.log(high / low));
  return { ratio, isSure: ratio > SURE * RELATIVE_ERROR * Math.sqrt(2 / third) };

  function meanWhere(includes: (index: number) => boolean): number {
    let [sum, count] = [0, 0];
    for (const [index, size] of sizes.entries()) {
      if (!includes(index)) continue;
      sum += Math.min(size, cap);
      count += 1;
    }
    return sum / count;
  }
}
