import type { Catalogue, SimpleMetric } from '../catalogue/catalogue.ts';
import { type DimensionWay, followPath } from '../catalogue/paths.ts';
import type { ListTotals } from './answer-data.ts';
import { compileTotals, type Listing } from './compile/compile-list.ts';
import type { Work } from './work.ts';

/**
 * How many rows a list has in all, and what they are worth together: whoever wanted the number finds it in the answer,
 * however few of the rows are shown.
 *
 * @param shown columns of the list, in their order: the first amount among them is added up
 * @param read number of rows that were found, one more than are shown where there are more
 */
export async function totalsOf(
  work: Work,
  listing: Listing,
  shown: readonly DimensionWay[],
  read: number,
): Promise<ListTotals | undefined> {
  const isCut = read > listing.limit;
  const amount = read > 1 ? amountOf(work.catalogue, listing.entity.id, shown) : null;
  if (listing.skip > 0 || (!isCut && amount === null)) return undefined;
  const path = amount?.measure.path;
  const currencyPath = amount?.measure.currencyPath;
  const wayOf = (one: string | null | undefined) =>
    one == null ? null : followPath(work.catalogue, listing.entity.id, one);
  const rows = await work.answer(
    compileTotals(work.catalogue, listing, { amount: wayOf(path), currency: wayOf(currencyPath) }),
  );
  return {
    count: rows.reduce((sum, row) => sum + row.many, 0),
    amounts: rows.flatMap(({ amount: value, in_currency }) =>
      value === null ? [] : [{ currency: in_currency ?? null, value }],
    ),
  };
}

/** The figure that adds up one of the shown columns: money of the rows themselves, whatever its conditions are. */
function amountOf(
  catalogue: Catalogue,
  entityId: string,
  shown: readonly DimensionWay[],
): SimpleMetric | null {
  if (catalogue.entities.get(entityId)?.snapshot !== undefined) return null;
  const sums = [...catalogue.metrics.values()].filter(
    (metric): metric is SimpleMetric =>
      metric.type === 'simple' &&
      metric.entity === entityId &&
      metric.format.kind === 'money' &&
      metric.measure.aggregate === 'sum' &&
      metric.measure.currencyPath !== undefined &&
      metric.measure.times === undefined &&
      metric.measure.since === undefined,
  );
  for (const { joins, column } of shown) {
    const found = joins.length === 0 ? sums.find(({ measure }) => measure.path === column) : undefined;
    if (found) return found;
  }
  return null;
}
