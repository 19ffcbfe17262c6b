import type { Json, JsonObject } from '../json.ts';
import { isList, isObject } from '../json.ts';

/** One thing that is wrong with a payload, in the words Slack uses. */
export interface Problem {
  /** JSON pointer, for example `/blocks/0/text/text`. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

export type Report = (pointer: string, code: string, message: string) => void;

/** Looks at one value and reports what is wrong with it. Rules are composed into a table that reads like the docs. */
export type Rule = (value: Json | undefined, pointer: string, report: Report) => void;

/** Runs a rule. An empty list means that the value is valid. */
export function check(rule: Rule, value: Json | undefined, pointer: string): readonly Problem[] {
  const problems: Problem[] = [];
  rule(value, pointer, (at, code, message) => problems.push({ pointer: at, code, message }));
  return problems;
}

/** `response_metadata.messages` as Slack writes them. */
export function toMessages(problems: readonly Problem[]): readonly string[] {
  return problems.map((problem) => `[ERROR] ${problem.message} [json-pointer:${problem.pointer}]`);
}

export function string(options: { max?: number; min?: number; pattern?: RegExp; hint?: string } = {}): Rule {
  const { min = 1, max } = options;
  return (value, pointer, report) => {
    if (typeof value !== 'string') return report(pointer, 'invalid_type', 'must provide a string');
    if (value.length < min)
      return report(pointer, 'too_short', `must be more than ${min - 1} character${min === 2 ? '' : 's'}`);
    if (max !== undefined && value.length > max)
      return report(pointer, 'too_long', `must be less than ${max + 1} characters`);
    if (options.pattern !== undefined && !options.pattern.test(value))
      report(pointer, 'invalid_format', options.hint ?? 'has an invalid format');
  };
}

export function number(options: { min?: number; max?: number; integer?: boolean } = {}): Rule {
  return (value, pointer, report) => {
    if (typeof value !== 'number' || !Number.isFinite(value))
      return report(pointer, 'invalid_type', 'must provide a number');
    if (options.integer === true && !Number.isInteger(value))
      return report(pointer, 'invalid_type', 'must provide an integer');
    if (options.min !== undefined && value < options.min)
      return report(pointer, 'too_small', `must be at least ${options.min}`);
    if (options.max !== undefined && value > options.max)
      report(pointer, 'too_large', `must be at most ${options.max}`);
  };
}

export const boolean: Rule = (value, pointer, report) => {
  if (typeof value !== 'boolean') report(pointer, 'invalid_type', 'must provide a boolean');
};

export function oneOf(...allowed: readonly string[]): Rule {
  return (value, pointer, report) => {
    if (typeof value !== 'string' || !allowed.includes(value))
      report(pointer, 'failed_constraint', `must be one of: ${allowed.join(', ')}`);
  };
}

export function list(item: Rule, options: { min?: number; max?: number } = {}): Rule {
  const { min = 1, max } = options;
  return (value, pointer, report) => {
    if (!isList(value)) return report(pointer, 'invalid_type', 'must provide an array');
    if (value.length < min) report(pointer, 'too_few', `no fewer than ${min} items allowed`);
    if (max !== undefined && value.length > max)
      return report(pointer, 'too_many', `no more than ${max} items allowed`);
    for (const [index, one] of value.entries()) item(one, `${pointer}/${index}`, report);
  };
}

/** An object with exactly these fields; `type` is always allowed. `further` sees the whole object afterwards. */
export function shape(
  required: Readonly<Record<string, Rule>>,
  optional: Readonly<Record<string, Rule>> = {},
  further?: (value: JsonObject, pointer: string, report: Report) => void,
): Rule {
  return (value, pointer, report) => {
    if (!isObject(value)) return report(pointer, 'invalid_type', 'must provide an object');
    for (const [name, rule] of Object.entries(required)) {
      if (value[name] === undefined || value[name] === null)
        report(pointer, 'missing_field', `missing required field: ${name}`);
      else rule(value[name], `${pointer}/${name}`, report);
    }
    for (const [name, rule] of Object.entries(optional))
      if (value[name] !== undefined) rule(value[name], `${pointer}/${name}`, report);
    for (const name of Object.keys(value))
      if (name !== 'type' && !(name in required) && !(name in optional))
        report(`${pointer}/${name}`, 'additional_property', `invalid additional property: ${name}`);
    further?.(value, pointer, report);
  };
}

/** Chooses the rule by the object's `type`. */
export function byType(table: Readonly<Record<string, Rule>>): Rule {
  return (value, pointer, report) => {
    if (!isObject(value)) return report(pointer, 'invalid_type', 'must provide an object');
    const type = value['type'];
    if (typeof type !== 'string') return report(pointer, 'missing_field', 'missing required field: type');
    const rule = Object.hasOwn(table, type) ? table[type] : undefined;
    if (rule === undefined)
      return report(`${pointer}/type`, 'failed_constraint', `unsupported type: ${type}`);
    rule(value, pointer, report);
  };
}

/** Both rules look at the value. */
export function both(first: Rule, second: Rule): Rule {
  return (value, pointer, report) => {
    first(value, pointer, report);
    second(value, pointer, report);
  };
}
