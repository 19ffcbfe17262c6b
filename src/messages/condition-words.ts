import { type Comparison, type Condition, isComparison } from '../domain/alert-condition.ts';
import type { FindingKind } from '../domain/finding.ts';
import { factOf } from '../domain/finding-facts.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import { type FactContext, formatDuration, formatFact } from './format.ts';

/** A condition as a sentence part: `Target used is at least 75 % and Clock is running`. */
export function conditionWords(condition: Condition, kind: FindingKind, context: FactContext): string {
  if (isComparison(condition))
    return `${comparisonLabel(condition, kind)} ${limitWords(condition, kind, context)}`;
  const isAll = 'all' in condition;
  const items = isAll ? condition.all : condition.any;
  return items
    .map((item) => {
      const words = conditionWords(item, kind, context);
      return isComparison(item) || items.length === 1 ? words : `(${words})`;
    })
    .join(isAll ? ' and ' : ' or ');
}

/** What is compared, as people call it. */
export function comparisonLabel({ field }: Comparison, kind: FindingKind): string {
  return factOf(kind, field)?.label ?? field;
}

/** What it is compared with: `is at least 75 %`. */
export function limitWords(
  { field, op, values }: Comparison,
  kind: FindingKind,
  context: FactContext,
): string {
  const definition = factOf(kind, field);
  const written = values.map((value) =>
    definition === undefined ? String(value) : (formatFact(value, definition, context) ?? String(value)),
  );
  switch (op) {
    case 'eq':
    case 'in':
      return `is ${written.join(' or ')}`;
    case 'neq':
    case 'not_in':
      return `is not ${written.join(' or ')}`;
    case 'gt':
      return `is above ${written.join()}`;
    case 'gte':
      return `is at least ${written.join()}`;
    case 'lt':
      return `is below ${written.join()}`;
    case 'lte':
      return `is at most ${written.join()}`;
    case 'is_null':
      return 'is not known';
    case 'is_not_null':
      return 'is known';
    case 'within_last':
      return `lies within the last ${formatDuration(Number(values[0]))}`;
    default:
      return exhaustive(op);
  }
}
