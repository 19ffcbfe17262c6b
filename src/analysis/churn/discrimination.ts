/** A prediction and what came. */
export interface Judged {
  readonly p: number;
  readonly label: 0 | 1;
}

/**
 * Area under the ROC curve: how often somebody who left was given the higher probability than somebody who stayed;
 * ties count half (Mann and Whitney's U by ranks).
 *
 * @returns NaN without both kinds
 */
export function aucOf(judged: readonly Judged[]): number {
  const sorted = judged.toSorted((a, b) => a.p - b.p);
  const events = sorted.filter(({ label }) => label === 1).length;
  let ranks = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]!.p === sorted[from]!.p) to += 1;
    const tied = sorted.slice(from, to).filter(({ label }) => label === 1).length;
    ranks += (tied * (from + to + 1)) / 2;
    from = to;
  }
  return (ranks - (events * (events + 1)) / 2) / (events * (sorted.length - events));
}

/** Mean precision over the places of those who left, highest probability first; ties share one place. */
export function averagePrecision(judged: readonly Judged[]): number {
  const sorted = judged.toSorted((a, b) => b.p - a.p);
  const events = sorted.filter(({ label }) => label === 1).length;
  let found = 0;
  let sum = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]!.p === sorted[from]!.p) to += 1;
    const tied = sorted.slice(from, to).filter(({ label }) => label === 1).length;
    found += tied;
    sum += tied * (found / to);
    from = to;
  }
  return sum / events;
}

/** Share of those who left among the `share` with the highest probabilities (at least one). */
export function topPrecision(judged: readonly Judged[], share: number): number {
  const sorted = judged.toSorted((a, b) => b.p - a.p);
  const top = sorted.slice(0, Math.max(1, Math.round(sorted.length * share)));
  return top.filter(({ label }) => label === 1).length / top.length;
}
