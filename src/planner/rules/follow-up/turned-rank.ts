import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { ListPlan, QueryPlan } from '../../../query/metric-query.ts';

const most = '(?:longest|slowest|largest|biggest|highest|most expensive)';
const least = '(?:quickest|fastest|shortest|smallest|lowest|cheapest)';
const rank = new RegExp(
  `^(?:(?:and|but|now|then) )*(?:(?:what|how) about |which (?:one )?(?:was|is|took|had) |show )?(?:the )?(?:(${most})|(${least}))(?: one)?[\\s?.!]*$`,
  'i',
);

/**
 * "And the quickest" after the one that took longest: the other end of the same order.
 *
 * @returns null where the list before is in no order of a number
 */
export function turnedRank(catalogue: Catalogue, previous: QueryPlan, text: string): ListPlan | null {
  const found = rank.exec(text.trim());
  const [order] = previous.kind === 'list' ? previous.orderBy : [];
  if (!found || previous.kind !== 'list' || order === undefined) return null;
  if (catalogue.dimensions.get(order.by)?.type !== 'number') return null;
  const direction = found[1] === undefined ? 'asc' : 'desc';
  return { ...previous, limit: 1, orderBy: [{ by: order.by, direction }] };
}
