import { type Comparison, type Condition, isComparison } from '../../domain/alert-condition.ts';
import type { FactValue } from '../../domain/finding.ts';
import { valueField } from '../../domain/finding-facts.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';

/** The part of a finding that conditions read. */
export interface Judged {
  readonly value: number;
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly observedAt: Date;
}

/** Whether a condition holds for a finding; `within_last` counts back from when the finding was observed. */
export function holds(condition: Condition, finding: Judged): boolean {
  if (isComparison(condition)) return comparisonHolds(condition, finding);
  return 'all' in condition
    ? condition.all.every((one) => holds(one, finding))
    : condition.any.some((one) => holds(one, finding));
}

/** A fact that is missing or null is not equal to anything and compares with nothing. */
export function comparisonHolds({ field, op, values }: Comparison, finding: Judged): boolean {
  const fact = field === valueField ? finding.value : (finding.facts[field] ?? null);
  switch (op) {
    case 'is_null':
      return fact === null;
    case 'is_not_null':
      return fact !== null;
    case 'neq':
    case 'not_in':
      return fact === null || !values.includes(fact);
    case 'eq':
    case 'in':
      return fact !== null && values.includes(fact);
    case 'within_last':
      return isWithinLast(fact, Number(values[0]), finding.observedAt);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return isOrdered(fact, op, values[0]);
    default:
      return exhaustive(op);
  }
}

function isOrdered(
  fact: FactValue,
  op: 'gt' | 'gte' | 'lt' | 'lte',
  limit: string | number | boolean | undefined,
): boolean {
  if (fact === null || limit === undefined || typeof fact !== typeof limit) return false;
  switch (op) {
    case 'gt':
      return fact > limit;
    case 'gte':
      return fact >= limit;
    case 'lt':
      return fact < limit;
    case 'lte':
      return fact <= limit;
  }
}

function isWithinLast(fact: FactValue, seconds: number, now: Date): boolean {
  if (typeof fact !== 'string') return false;
  const age = now.getTime() - Date.parse(fact);
  return age >= 0 && age <= seconds * 1000;
}
