import type { Json, JsonObject } from '../json.ts';
import { isList, isObject, parseJson } from '../json.ts';
import { SlackError } from '../slack-error.ts';

/**
 * Arguments of a call: all strings when they came as a form (lists and objects are then JSON inside a string), typed
 * when they came as JSON. Both read the same here.
 */
export type Arguments = JsonObject;

/** The text, or '' when it is missing. */
export function text(args: Arguments, name: string): string {
  const value = args[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/** The text; missing or empty is an `invalid_arguments`. */
export function requiredText(args: Arguments, name: string): string {
  const value = text(args, name);
  if (value === '') throw missing(name);
  return value;
}

export function missing(name: string): SlackError {
  return new SlackError('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
}

/** undefined when it is missing. */
export function flag(args: Arguments, name: string): boolean | undefined {
  const value = args[name];
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' || value === '') return undefined;
  return value === 'true' || value === '1';
}

/** A whole number within bounds; the default when it is missing, `invalid_arguments` when it is none. */
export function wholeNumber(
  args: Arguments,
  name: string,
  bounds: { readonly default: number; readonly min: number; readonly max: number },
): number {
  const raw = text(args, name);
  if (raw === '') return bounds.default;
  const value = Number(raw);
  if (!Number.isInteger(value) || value < bounds.min || value > bounds.max)
    throw new SlackError('invalid_arguments', [
      `[ERROR] ${name} must be between ${bounds.min} and ${bounds.max}`,
    ]);
  return value;
}

/**
 * A value that a form carries as JSON in a string. undefined when it is missing or empty.
 *
 * @param code the error for a string that is not JSON
 */
export function json(args: Arguments, name: string, code: string): Json | undefined {
  const value = args[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  const parsed = parseJson(value);
  if (parsed === undefined) throw new SlackError(code);
  return parsed;
}

export function jsonList(args: Arguments, name: string, code: string): readonly Json[] | undefined {
  const value = json(args, name, code);
  if (value === undefined) return undefined;
  if (!isList(value)) throw new SlackError(code);
  return value;
}

export function jsonObject(args: Arguments, name: string, code: string): JsonObject | undefined {
  const value = json(args, name, code);
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new SlackError(code);
  return value;
}
