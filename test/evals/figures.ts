import type { Result, SetName } from './evaluate.ts';
import type { Part } from './parts.ts';
import type { Verdict } from './verdict.ts';
import type { PlannerName } from './world.ts';

/** One line of the evaluation. `right`, `silentWrong`, `refused`, `clarified` and `warned` are counts that add up to `n`. */
export interface Figure {
  readonly set: SetName;
  readonly planner: PlannerName;
  readonly n: number;
  readonly right: number;
  readonly silentWrong: number;
  /** Refused, or failed visibly, where that was not right. */
  readonly refused: number;
  /** Asked back where that was not right. */
  readonly clarified: number;
  /** Answered otherwise, and said so. */
  readonly warned: number;
  readonly part: Part;
}

export const setOrder: readonly SetName[] = [
  'single',
  'follow-ups',
  'ambiguous',
  'unanswerable',
  'dates and zones',
  'car dealership',
];

/** Counts per set and part, in the order in which they are shown; sets without a question are left out. */
export function figuresOf(results: readonly Result[], planner: PlannerName): readonly Figure[] {
  return setOrder.flatMap((set) =>
    (['open', 'frozen'] as const).flatMap((part) => {
      const own = results.filter((one) => one.set === set && one.part === part);
      return own.length === 0 ? [] : [{ set, planner, ...count(own), part }];
    }),
  );
}

function count(results: readonly Result[]): Omit<Figure, 'set' | 'planner' | 'part'> {
  const of = (...verdicts: readonly Verdict[]): number =>
    results.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return {
    n: results.length,
    right: of('right'),
    silentWrong: of('silent-wrong'),
    refused: of('refused', 'failed'),
    clarified: of('clarified'),
    warned: of('warned'),
  };
}

/** Value below which the given share of the values lies (nearest rank), or null without values. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
