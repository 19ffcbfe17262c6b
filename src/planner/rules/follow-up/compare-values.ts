import type { Filter, QueryPlan } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';

type Changes = Omit<PlanPatch, 'kind'>;

/** Words of "compare Claire and Jonas", "vs EMEA" as one reads them in a question. */
export const comparedWords = (words: string): string =>
  words
    .split(/,? (?:and|vs\.?|versus|or|with|to|against) |, /i)
    .map((part) => part.replace(/^(?:the )?(?:ones? )?(?:from|of|for|in) /i, '').trim())
    .filter((part) => part !== '')
    .join(' and ');

/**
 * "Is that better than Americas", "compare Claire and Jonas": each by itself, beside the one that the answer before is of.
 *
 * @param where what the words mean as conditions
 * @param isName of which kind it is, only a look-up can tell
 * @returns null when they are not values of one property, or there is nothing to set beside them
 */
export function besideValues(
  previous: QueryPlan,
  where: QueryPlan['where'],
  isName: boolean,
): Changes | null {
  if (previous.kind === 'list') return null;
  const said = where.flatMap(({ any }) => any);
  const [only, ...others] = said;
  if (!only || !isChoice(only)) return null;
  if (others.some((one) => one.dimension !== only.dimension || !isChoice(one))) return null;
  const choices = previous.where
    .flatMap(({ any }) => (any.length === 1 ? any : []))
    .filter((filter) => isChoice(filter));
  // A name may be one of anything: beside another it is one of the same kind.
  const same = choices.find((filter) => filter.dimension === only.dimension);
  const own = same ?? (isName && choices.length === 1 ? choices[0] : undefined);
  const dimension = own?.dimension ?? only.dimension;
  const values = [...new Set([...(own?.values ?? []), ...said.flatMap((one) => one.values)])];
  if (values.length < 2) return null;
  const isGrouped = previous.groupBy.some((group) => group.dimension === dimension);
  return {
    where: { op: 'replace', all: [{ any: [{ dimension, op: 'in', values }] }] },
    ...(!isGrouped && { groupBy: { op: 'replace', groups: [{ dimension }] } }),
    compare: 'none',
  };
}

const isChoice = ({ op }: Filter): boolean => op === 'eq' || op === 'in';
