import { type DealPlan, drawWinRates, streamDeals } from './deals.ts';
import { putRows } from './put-rows.ts';
import { quarterEnd } from './quarter-end.ts';
import { opportunityHistoryTable, opportunityTable } from './salesforce-tables.ts';
import type { WorldBasis, WorldSink } from './world.ts';
import type { NameVariant, WorldTruth } from './world-truth.ts';

/** Closed deals reach back so far in a world of less history. */
const leastClosedDays = 300;

/** Deals and the history of their stages. */
export async function writeDeals(
  basis: WorldBasis,
  sink: WorldSink,
): Promise<
  Pick<
    WorldTruth,
    'overdueDeals' | 'pushedDeals' | 'staleDeals' | 'dealsWithoutAccount' | 'quarterEnd' | 'winRates'
  > & { readonly productVariants: readonly NameVariant[] }
> {
  const { accounts, asOf, scale, people } = basis;
  const random = basis.random('deals');
  const reps = people.filter(({ role }) => role === 'rep');
  const winRates = drawWinRates(random.fork('win rates'), reps);
  const deals = sink.table(opportunityTable.file, opportunityTable.header);
  const history = sink.table(opportunityHistoryTable.file, opportunityHistoryTable.header);
  const named = new Map<DealPlan, string[]>();
  const dealsWithoutAccount: string[] = [];
  const productVariants: NameVariant[] = [];
  const closedDays = Math.max(leastClosedDays, scale.days - 30);
  const request = { accounts, asOf, count: scale.deals, closedDays, byTurns: basis.size !== 'large' };
  for (const deal of streamDeals(random, request, winRates)) {
    await putRows(deals, opportunityTable.rows(deal));
    await putRows(history, opportunityHistoryTable.rows(deal));
    if (deal.plan !== 'closed' && deal.plan !== 'open')
      named.set(deal.plan, [...(named.get(deal.plan) ?? []), deal.name]);
    if (deal.account === null) dealsWithoutAccount.push(deal.id);
    if (deal.productVariant !== null)
      productVariants.push({ ...deal.productVariant, file: opportunityTable.file });
  }
  return {
    overdueDeals: named.get('overdue') ?? [],
    pushedDeals: named.get('pushed') ?? [],
    staleDeals: named.get('stale') ?? [],
    dealsWithoutAccount,
    quarterEnd,
    winRates: reps.map(({ id, name }) => ({ rep: name, rate: winRates.get(id) ?? 0 })),
    productVariants: distinct(productVariants),
  };
}

function distinct(variants: readonly NameVariant[]): readonly NameVariant[] {
  return [...new Map(variants.map((one) => [one.variant, one])).values()];
}
