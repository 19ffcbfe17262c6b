import type { Issue } from '../../toolkit/issue.ts';

export type TidyInput =
  | { readonly kind: 'tidy'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly issue: Issue };

/** The deepest valid plan (an option's filter values) is 9 deep. */
const deepest = 16;
/** A plan with every list full has fewer parts. */
const mostParts = 20_000;

/**
 * What models without strict mode commonly do to a right plan, undone: the plan without its wrapper, the plan as a
 * string, `null` for a field that is not set. Bounded in depth and size before anything walks through it.
 */
export function tidyInput(input: unknown): TidyInput {
  const left = { parts: mostParts };
  const opened = openWrapper(input);
  if ('issue' in opened) return { kind: 'refused', issue: opened.issue };
  const value = withoutNulls(opened.value, deepest, left);
  if (value !== tooMuch) return { kind: 'tidy', value };
  return {
    kind: 'refused',
    issue: { code: 'invalid-plan', path: 'plan', message: 'The plan is nested too deeply or too large.' },
  };
}

function openWrapper(input: unknown): { readonly value: unknown } | { readonly issue: Issue } {
  if (!isRecord(input) || !Object.hasOwn(input, 'plan') || Object.hasOwn(input, 'kind'))
    return { value: input };
  const extra = Object.keys(input).filter((key) => key !== 'plan');
  if (extra.length > 0) return { issue: unknownField(extra[0] ?? '') };
  const { plan } = input;
  if (typeof plan !== 'string' || !plan.trimStart().startsWith('{')) return { value: plan };
  try {
    return { value: JSON.parse(plan) as unknown };
  } catch {
    return { value: plan };
  }
}

const tooMuch = Symbol('too much');

function withoutNulls(value: unknown, depth: number, left: { parts: number }): unknown {
  left.parts -= 1;
  if (depth === 0 || left.parts < 0) return tooMuch;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      const tidy = withoutNulls(item, depth - 1, left);
      if (tidy === tooMuch) return tooMuch;
      items.push(tidy);
    }
    return items;
  }
  if (!isRecord(value)) return value;
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member === null) continue;
    const tidy = withoutNulls(member, depth - 1, left);
    if (tidy === tooMuch) return tooMuch;
    members.push([key, tidy]);
  }
  // fromEntries defines members, so that `__proto__` becomes a key like any other and is refused as unknown.
  return Object.fromEntries(members);
}

/** The same value with every string changed; for values that `tidyInput` has bounded. Keys stay. */
export function withStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => withStrings(item, change));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withStrings(member, change)]));
}

/**
 * Fields of the input that the parsed plan does not have. The contract drops them, but a condition that is dropped
 * gives a wrong figure: they are mistakes here.
 */
export function unknownFields(input: unknown, parsed: unknown, path = ''): readonly Issue[] {
  if (Array.isArray(input) && Array.isArray(parsed)) {
    return input.flatMap((item: unknown, index) => unknownFields(item, parsed[index], `${path}[${index}]`));
  }
  if (!isRecord(input) || !isRecord(parsed)) return [];
  return Object.keys(input).flatMap((key) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(parsed, key)) return [unknownField(here)];
    return unknownFields(input[key], parsed[key], here);
  });
}

function unknownField(path: string): Issue {
  const shown = path.slice(0, 80);
  return {
    code: 'unknown-field',
    path: shown,
    message: `A plan has no field "${shown}"; leave it away or use another.`,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
