import { z } from 'zod';
import { parseDuration } from './alert-timing.ts';

/**
 * Operators of a comparison. `within_last` compares an instant with a duration (`24 h`): it lies in the past, but no
 * further back. A fact that is missing or null fails every comparison but `is_null` and `neq`/`not_in`.
 */
export const comparisonOperators = [
  'eq',
  'neq',
  'in',
  'not_in',
  'gt',
  'gte',
  'lt',
  'lte',
  'is_null',
  'is_not_null',
  'within_last',
] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

export type ComparedValue = string | number | boolean;

/** One statement about the finding: `{ field: remaining_seconds, op: lt, value: 0 }`. */
export interface Comparison {
  /** Name of a fact, or `value` for the finding's own number. */
  readonly field: string;
  readonly op: ComparisonOperator;
  /** One value; several for `in` and `not_in`; seconds for `within_last`; none for the null tests. */
  readonly values: readonly ComparedValue[];
}

/** A comparison, or a group of conditions of which all or any must hold. */
export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

export function isComparison(condition: Condition): condition is Comparison {
  return 'field' in condition;
}

/** Every comparison of a condition, with the path to it in the file. */
export function comparisonsOf(
  condition: Condition,
  path: readonly PropertyKey[] = [],
): readonly { readonly comparison: Comparison; readonly path: readonly PropertyKey[] }[] {
  if (isComparison(condition)) return [{ comparison: condition, path }];
  const [word, items] = 'all' in condition ? ['all', condition.all] : ['any', condition.any];
  return items.flatMap((item, index) => comparisonsOf(item, [...path, word, index]));
}

/** Groups inside groups add nothing beyond this, and a bounded depth keeps the explanation readable. */
const deepest = 3;

/** Stored conditions (with `values`) are read by the same schema. */
export const conditionSchema = z.unknown().transform((raw, context): Condition => {
  const complain = (path: readonly PropertyKey[], message: string): void => {
    context.issues.push({ code: 'custom', input: raw, path: [...path], message });
  };
  return readCondition(raw, [], 1, complain) ?? z.NEVER;
});

type Complain = (path: readonly PropertyKey[], message: string) => void;

function readCondition(
  raw: unknown,
  path: readonly PropertyKey[],
  depth: number,
  complain: Complain,
): Condition | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    complain(path, 'must be a comparison {field, op, value}, or all: […], or any: […]');
    return null;
  }
  const map = raw as Readonly<Record<string, unknown>>;
  if ('field' in map) return readComparison(map, path, complain);
  const [word, ...others] = Object.keys(map);
  if ((word !== 'all' && word !== 'any') || others.length > 0) {
    complain(path, 'must hold exactly one of: all, any, or a comparison with field and op');
    return null;
  }
  const items = map[word];
  if (!Array.isArray(items) || items.length === 0) {
    complain([...path, word], 'must be a list with at least one comparison');
    return null;
  }
  if (depth > deepest) {
    complain(path, `groups may be nested ${deepest} deep at most`);
    return null;
  }
  const read = items.map((one, index) => readCondition(one, [...path, word, index], depth + 1, complain));
  const complete = read.filter((one) => one !== null);
  if (complete.length < read.length) return null;
  return word === 'all' ? { all: complete } : { any: complete };
}

function readComparison(
  map: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
  complain: Complain,
): Comparison | null {
  const { field, op } = map;
  const unknownKey = Object.keys(map).find((key) => !['field', 'op', 'value', 'values'].includes(key));
  if (unknownKey !== undefined)
    complain([...path, unknownKey], 'is not part of a comparison {field, op, value}');
  if (typeof field !== 'string') complain([...path, 'field'], 'must be the name of a fact, or value');
  if (!isOperator(op)) {
    complain([...path, 'op'], `must be one of ${comparisonOperators.join(', ')}, not ${JSON.stringify(op)}`);
    return null;
  }
  if (unknownKey !== undefined || typeof field !== 'string') return null;
  const given = map['values'] ?? map['value'];
  const list = (Array.isArray(given) ? given : given === undefined ? [] : [given]) as readonly unknown[];
  const values = list.filter((value): value is ComparedValue =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  const wrong = values.length < list.length ? 'must be text, numbers or true/false' : wrongCount(op, values);
  if (wrong !== null) {
    complain([...path, 'value'], wrong);
    return null;
  }
  if (op !== 'within_last') return { field, op, values };
  const seconds = typeof values[0] === 'boolean' ? null : parseDuration(values[0] ?? '');
  if (seconds === null) {
    complain([...path, 'value'], 'must be a duration such as 24 h');
    return null;
  }
  return { field, op, values: [seconds] };
}

function isOperator(op: unknown): op is ComparisonOperator {
  return (comparisonOperators as readonly unknown[]).includes(op);
}

function wrongCount(op: ComparisonOperator, values: readonly ComparedValue[]): string | null {
  switch (op) {
    case 'is_null':
    case 'is_not_null':
      return values.length > 0 ? `is not used by ${op}` : null;
    case 'in':
    case 'not_in':
      return values.length === 0 ? `must list at least one value for ${op}` : null;
    default:
      return values.length === 1 ? null : `must be exactly one value for ${op}`;
  }
}
