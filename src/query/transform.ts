import { exhaustive } from '../toolkit/exhaustive.ts';
import type { Transform } from './metric-query.ts';

/** One figure of an answer and where it stands among the others. */
export interface TransformPoint {
  /** What it is read with: its series along time, or all rows of its point. */
  readonly partition: string;
  /** Place within the partition; the order of text is the order of time. */
  readonly position: string | number;
  readonly value: number | null;
}

export interface TransformWish {
  /** A ratio is read across a row, not along others. */
  readonly kind: Exclude<Transform, 'none' | 'ratio'>;
  /** Points of a moving average. */
  readonly window: number;
  /** Which end of the figures has rank 1. */
  readonly first: 'largest' | 'smallest';
}

/**
 * The figure beside each figure, in the order given; see `transforms` for what each means. Null where it is not known.
 *
 * ```ts
 * transformValues({ kind: 'share', window: 7, first: 'largest' }, points); // [0.25, 0.75]
 * ```
 */
export function transformValues(
  wish: TransformWish,
  points: readonly TransformPoint[],
): readonly (number | null)[] {
  const results = new Array<number | null>(points.length).fill(null);
  for (const indexes of partitionsOf(points)) {
    const ordered = indexes.toSorted((left, right) => comparePlaces(points[left], points[right]));
    const values = ordered.map((index) => points[index]?.value ?? null);
    const computed = computeAll(wish, values);
    for (const [place, index] of ordered.entries()) results[index] = computed[place] ?? null;
  }
  return results;
}

function partitionsOf(points: readonly TransformPoint[]): Iterable<readonly number[]> {
  const partitions = new Map<string, number[]>();
  for (const [index, { partition }] of points.entries()) {
    const own = partitions.get(partition);
    if (own) own.push(index);
    else partitions.set(partition, [index]);
  }
  return partitions.values();
}

function comparePlaces(left: TransformPoint | undefined, right: TransformPoint | undefined): number {
  const [a, b] = [left?.position ?? 0, right?.position ?? 0];
  return a === b ? 0 : a < b ? -1 : 1;
}

type Values = readonly (number | null)[];

function computeAll(wish: TransformWish, values: Values): Values {
  switch (wish.kind) {
    case 'change':
      return steps(values, (value, before) => value - before);
    case 'pct_change':
      return steps(values, (value, before) => (before === 0 ? null : (value - before) / Math.abs(before)));
    case 'share':
      return shares(values);
    case 'running':
      return runningTotals(values);
    case 'rank':
      return ranks(values, wish.first);
    case 'mean': {
      const mean = meanOf(known(values));
      return values.map(() => mean);
    }
    case 'moving_avg':
      return values.map((_, index) => meanOfWindow(values, index, wish.window));
    default:
      return exhaustive(wish.kind);
  }
}

function steps(values: Values, step: (value: number, before: number) => number | null): Values {
  return values.map((value, index) => {
    const before = values[index - 1] ?? null;
    return value === null || before === null ? null : step(value, before);
  });
}

function shares(values: Values): Values {
  const total = known(values).reduce((sum, value) => sum + value, 0);
  return values.map((value) => (value === null || total === 0 ? null : value / total));
}

function runningTotals(values: Values): Values {
  let total = 0;
  return values.map((value) => {
    if (value === null) return null;
    total += value;
    return total;
  });
}

function ranks(values: Values, first: TransformWish['first']): Values {
  const sorted = known(values).sort((left, right) => (first === 'largest' ? right - left : left - right));
  const places = new Map<number, number>();
  for (const [index, value] of sorted.entries()) if (!places.has(value)) places.set(value, index + 1);
  return values.map((value) => (value === null ? null : (places.get(value) ?? null)));
}

/** What is unknown takes no part; a window of which nothing is known has no mean. */
function meanOfWindow(values: Values, end: number, window: number): number | null {
  if (end + 1 < window) return null;
  const inside = known(values.slice(end + 1 - window, end + 1));
  return meanOf(inside);
}

const meanOf = (values: Values): number | null =>
  values.length === 0 ? null : known(values).reduce((sum, value) => sum + value, 0) / values.length;

const known = (values: Values): number[] => values.filter((value): value is number => value !== null);
