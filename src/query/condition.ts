import type { EntityDefinition } from '../catalogue/catalogue.ts';
import type { Way } from '../catalogue/paths.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import type { AbsoluteRange } from './resolve/time-range.ts';

/**
 * What rows must meet, with every word already resolved to a stored value. Ways come from the catalogue and become
 * identifiers; values come from people and become bound parameters. Nothing crosses over.
 */
export type Condition =
  | { readonly kind: 'one-of'; readonly way: Way; readonly values: readonly ConditionValue[] }
  /** Rows without a value are not one of the values, so they stay. */
  | { readonly kind: 'none-of'; readonly way: Way; readonly values: readonly ConditionValue[] }
  | {
      readonly kind: 'compare';
      readonly way: Way;
      readonly op: CompareOperator;
      readonly value: ConditionValue;
    }
  /** Case does not matter; `%` and `_` in the text are ordinary characters. */
  | { readonly kind: 'contains'; readonly way: Way; readonly text: string }
  | { readonly kind: 'empty'; readonly way: Way; readonly negated: boolean }
  /** The way leads to a person's id; that person belongs to the team. */
  | { readonly kind: 'person-in-team'; readonly way: Way; readonly teamId: string }
  /** The row has, or has not, so many records of another entity. */
  | { readonly kind: 'related'; readonly records: RelatedRecords; readonly negated: boolean }
  | { readonly kind: 'all-of'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'any-of'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'never' };

/** Records of another entity that belong to a row: both ways lead to the id that they share. */
export interface RelatedRecords {
  readonly entity: EntityDefinition;
  readonly outer: Way;
  readonly inner: Way;
  /** On the records; the asker's scope on them included. */
  readonly conditions: readonly Condition[];
  readonly time: { readonly way: Way; readonly range: AbsoluteRange } | null;
  readonly atLeast: number;
}

/** Dates are `YYYY-MM-DD`, instants are ISO in UTC. */
export type ConditionValue = string | number | boolean;
export type CompareOperator = 'lt' | 'lte' | 'gt' | 'gte';

export function allOf(...conditions: readonly Condition[]): Condition {
  const [only] = conditions;
  return conditions.length === 1 && only ? only : { kind: 'all-of', conditions };
}

/** Whether one value meets a condition that speaks of nothing else, as the database would decide. */
export function meets(condition: Condition, value: ConditionValue): boolean {
  switch (condition.kind) {
    case 'one-of':
      return condition.values.includes(value);
    case 'none-of':
      return !condition.values.includes(value);
    case 'compare': {
      const { op, value: limit } = condition;
      return { lt: value < limit, lte: value <= limit, gt: value > limit, gte: value >= limit }[op];
    }
    case 'contains':
      return String(value).toLowerCase().includes(condition.text.toLowerCase());
    case 'empty':
      return condition.negated;
    case 'person-in-team':
    case 'related':
      return true;
    case 'all-of':
      return condition.conditions.every((one) => meets(one, value));
    case 'any-of':
      return condition.conditions.some((one) => meets(one, value));
    case 'never':
      return false;
    default:
      return exhaustive(condition);
  }
}
