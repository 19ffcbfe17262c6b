/** Win rates that few deals cannot spoil, and the speed at which a pipeline turns into money. */
import { groupBy } from '../group-by.ts';

/** Deals of a segment in one currency. */
export interface SegmentCounts {
  readonly kind: string;
  readonly key: string;
  readonly decidedDeals: number;
  readonly wonDeals: number;
}

/**
 * (won + k r) / (decided + k) with r the rate of all deals: k deals that went as all do are added to a segment's own.
 * Null when nothing was decided anywhere.
 *
 * @param priorDeals k
 */
export function estimateWinRate(
  own: { readonly wonDeals: number; readonly decidedDeals: number },
  all: { readonly wonDeals: number; readonly decidedDeals: number },
  priorDeals: number,
): number | null {
  if (all.decidedDeals === 0) return null;
  const rate = all.wonDeals / all.decidedDeals;
  const weight = own.decidedDeals + priorDeals;
  return weight === 0 ? rate : (own.wonDeals + priorDeals * rate) / weight;
}

/** Money per day: open deals x win rate x average won amount / days of a won deal. Null when a part is not known. */
export function velocityOf(parts: {
  readonly openDeals: number;
  readonly winRate: number | null;
  readonly averageWon: number | null;
  readonly cycleDays: number | null;
}): number | null {
  const { openDeals, winRate, averageWon, cycleDays } = parts;
  if (winRate === null || averageWon === null || cycleDays === null) return null;
  // Deals won on the day they began have a cycle of a day, not of none.
  return (openDeals * winRate * averageWon) / Math.max(1, cycleDays);
}

/** Segments by kind and key, added up over their currencies: a win rate has none. */
export function addUpCurrencies<Row extends SegmentCounts & { readonly label: string }>(
  rows: readonly Row[],
): readonly (SegmentCounts & { readonly label: string; readonly first: Row })[] {
  const groups = groupBy(rows, ({ kind, key }) => `${kind}/${key}`);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    return {
      kind: first.kind,
      key: first.key,
      label: first.label,
      first,
      decidedDeals: own.reduce((sum, one) => sum + one.decidedDeals, 0),
      wonDeals: own.reduce((sum, one) => sum + one.wonDeals, 0),
    };
  });
}

/**
 * Open stages in their order: by the mean probability that the source gives them where all have one, else by how many
 * stages deals had seen before.
 */
export function orderStages(
  stages: readonly { readonly stage: string; readonly probability: number | null; readonly place: number }[],
  closing: ReadonlySet<string>,
): readonly string[] {
  const open = stages.filter(({ stage }) => !closing.has(stage));
  const haveAll = open.every(({ probability }) => probability !== null);
  return open
    .toSorted((a, b) =>
      haveAll && a.probability !== b.probability
        ? (a.probability ?? 0) - (b.probability ?? 0)
        : a.place - b.place || (a.stage < b.stage ? -1 : 1),
    )
    .map(({ stage }) => stage);
}
