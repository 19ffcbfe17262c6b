/**
 * Judges open deals: how old they are against the deals that were won, how likely they are to be won, and whether
 * anybody still works on them.
 */
import { chanceOfWinning, type DealHazard } from './deal-hazard.ts';

export interface JudgedDeal {
  readonly id: string;
  readonly stage: string;
  readonly amount: number | null;
  readonly currency: string;
  readonly productId: string | null;
  readonly ageDays: number | null;
  readonly lastTouchAt: Date | null;
}

export interface DealJudgement {
  readonly isStale: boolean;
  /** Chance to be won within 90 days; 0 for stale deals, null when the age or any history is missing. */
  readonly winChance: number | null;
  readonly isUntouched: boolean;
}

export interface JudgeRules {
  /** Null: too few won deals to tell. */
  readonly staleAfterDays: number | null;
  readonly hazard: DealHazard | null;
  readonly noTouch: { readonly days: number; readonly amount: number };
  /** False: no touch of any open deal is known, so that its absence says nothing. */
  readonly areTouchesNoted: boolean;
  readonly now: Date;
}

/** Horizon of a deal's chance. */
export const chanceDays = 90;

export function judgeDeal(deal: JudgedDeal, rules: JudgeRules): DealJudgement {
  const { staleAfterDays, noTouch, now, areTouchesNoted } = rules;
  const { ageDays, amount, lastTouchAt } = deal;
  const isStale = staleAfterDays !== null && ageDays !== null && ageDays > staleAfterDays;
  const since = now.getTime() - noTouch.days * 86_400_000;
  // A deal younger than the span has had no time to be neglected.
  const isOldEnough = ageDays === null || ageDays >= noTouch.days;
  const isQuiet = lastTouchAt === null ? isOldEnough : lastTouchAt.getTime() <= since;
  return {
    isStale,
    winChance: isStale ? 0 : chanceWithin(deal, rules.hazard, chanceDays),
    isUntouched: areTouchesNoted && amount !== null && amount >= noTouch.amount && isQuiet,
  };
}

/** Chance to be won within so many days; null when nothing tells. */
export function chanceWithin(
  { ageDays, stage }: Pick<JudgedDeal, 'ageDays' | 'stage'>,
  hazard: DealHazard | null,
  days: number,
): number | null {
  if (hazard === null || ageDays === null) return null;
  return chanceOfWinning(hazard, { ageDays, stage }, days);
}

/** What a deal is worth: its amount, or the mean won amount of its product or of all in its currency. */
export function worthOf(deal: JudgedDeal, means: MeanWon): number {
  return (
    deal.amount ??
    means.byProduct.get(`${deal.currency}/${deal.productId ?? ''}`) ??
    means.whole.get(deal.currency) ??
    0
  );
}

export interface MeanWon {
  /** By `currency/product id`. */
  readonly byProduct: ReadonlyMap<string, number>;
  /** By currency. */
  readonly whole: ReadonlyMap<string, number>;
}

/**
 * What open deals bring between two horizons, by age and stage; stale ones bring nothing.
 *
 * @param from days from now, exclusive; 0 = from now on
 * @param to days from now, inclusive
 */
export function pipelineWorth(
  deals: readonly JudgedDeal[],
  rules: Pick<JudgeRules, 'hazard' | 'staleAfterDays'>,
  means: MeanWon,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const known = new Map<string, number>();
  const chance = (deal: JudgedDeal, days: number): number => {
    const key = `${deal.ageDays ?? ''}/${days}/${deal.stage}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = chanceWithin(deal, rules.hazard, days) ?? 0;
    known.set(key, found);
    return found;
  };
  let sum = 0;
  for (const deal of deals) {
    const { ageDays } = deal;
    if (rules.staleAfterDays !== null && ageDays !== null && ageDays > rules.staleAfterDays) continue;
    sum += (chance(deal, to) - chance(deal, from)) * worthOf(deal, means);
  }
  return sum;
}
