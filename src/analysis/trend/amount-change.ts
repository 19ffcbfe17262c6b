import { type Comparison, type DayCounts, daysOf, type Span } from './spans.ts';

export interface AmountChange {
  readonly before: number;
  readonly after: number;
  /** After over before for as many days, minus 1; null when there was nothing before. */
  readonly share: number | null;
  /** Bounds of the share in 95 of 100 resamples, and in 99 of 100; null as the share. */
  readonly likely: readonly [number, number] | null;
  readonly sure: readonly [number, number] | null;
}

const RESAMPLES = 500;
/** Larger shares are written as this one: there was next to nothing before. */
const MOST = 1_000;

/**
 * Change of an amount with a bootstrap interval: the days of each span are drawn again with replacement, working days
 * among working days and the others among the others, 500 times.
 *
 * @param exposure as for `judgeChange`
 * @param random numbers in [0, 1), the same for the same series, so that a run can be repeated
 */
export function amountChange(
  amounts: DayCounts,
  { now, before }: Comparison,
  isWorkday: (day: string) => boolean,
  { exposure, random }: { readonly exposure: number; readonly random: () => number },
): AmountChange {
  const [early, late] = [strata(amounts, before, isWorkday), strata(amounts, now, isWorkday)];
  const [earlier, later] = [total(early), total(late)];
  if (earlier <= 0) return { before: earlier, after: later, share: null, likely: null, sure: null };
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const bottom = resample(early, random) * exposure;
    return bottom <= 0 ? MOST : Math.min(MOST, resample(late, random) / bottom - 1);
  }).sort((a, b) => a - b);
  const at = (share: number): number => drawn[Math.round(share * (RESAMPLES - 1))]!;
  return {
    before: earlier,
    after: later,
    share: later / (earlier * exposure) - 1,
    likely: [at(0.025), at(0.975)],
    sure: [at(0.005), at(0.995)],
  };
}

type Strata = readonly (readonly number[])[];

function strata(amounts: DayCounts, span: Span, isWorkday: (day: string) => boolean): Strata {
  const days = daysOf(span);
  const amountOf = (day: string): number => amounts.get(day) ?? 0;
  return [days.filter(isWorkday), days.filter((day) => !isWorkday(day))].map((part) => part.map(amountOf));
}

function total(parts: Strata): number {
  return parts.reduce((sum, part) => sum + part.reduce((own, one) => own + one, 0), 0);
}

function resample(parts: Strata, random: () => number): number {
  let sum = 0;
  for (const part of parts)
    for (let draw = 0; draw < part.length; draw += 1) sum += part[Math.floor(random() * part.length)]!;
  return sum;
}
