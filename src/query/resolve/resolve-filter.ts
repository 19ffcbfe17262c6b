import { type CalendarUnit, calendarLabels, calendarWords } from '../../catalogue/calendar-unit.ts';
import type { DimensionDefinition, MetricFilter } from '../../catalogue/catalogue.ts';
import { findValue } from '../../catalogue/lookup.ts';
import type { Way } from '../../catalogue/paths.ts';
import { cleanText } from '../../store/json.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import { fail, type Issue, ok, type Result } from '../../toolkit/issue.ts';
import { allOf, type CompareOperator, type Condition, type ConditionValue } from '../condition.ts';
import type { Filter } from '../metric-query.ts';
import { type TimeSettings, today } from './calendar-units.ts';
import { dayEdge } from './edge.ts';
import { lengthWords } from './length-words.ts';
import { matchValue } from './match-value.ts';
import { dayWords } from './range-words.ts';
import { absoluteRange, parseDay } from './time-range.ts';

/** A filter whose words were found; it becomes a condition once the way from an entity's rows is known. */
export interface ResolvedFilter {
  readonly dimension: DimensionDefinition;
  readonly toCondition: (way: Way) => Condition;
  /** For example `Priority is Urgent`. */
  readonly words: string;
}

/** Stored values of a dimension that the asker may see. */
export type LookUpValues = (dimension: DimensionDefinition, word: string) => Promise<readonly string[]>;

type Resolution = Result<ResolvedFilter>;

/** Finds what a person's filter means. Mistakes come back with the path of the filter and what would have fitted. */
export async function resolveFilter(
  filter: Filter,
  dimension: DimensionDefinition,
  path: string,
  settings: TimeSettings,
  lookUp: LookUpValues,
): Promise<Resolution> {
  const shape = checkShape(filter, dimension, path);
  if (shape) return fail(shape);
  if (filter.op === 'is_null' || filter.op === 'is_not_null') {
    const negated = filter.op === 'is_not_null';
    return ok({
      dimension,
      toCondition: (way) => ({ kind: 'empty', way, negated }),
      words: `${dimension.label} is ${negated ? 'known' : 'empty'}`,
    });
  }
  if (dimension.calendar !== undefined) return resolveCalendar(filter, dimension, dimension.calendar, path);
  const own = asMetricFilter(filter, dimension);
  if (own) return ok(storedFilter(own, dimension, settings));
  switch (dimension.type) {
    case 'text':
      return resolveText(filter, dimension, path, lookUp);
    case 'number':
      return resolveNumber(filter, dimension, path);
    case 'boolean':
      return resolveBoolean(filter, dimension, path);
    case 'date':
    case 'instant':
      return resolveTime(filter, dimension, path, settings);
    default:
      return exhaustive(dimension.type);
  }
}

/** A list of the rows behind a metric takes over the metric's conditions, with `@today` and `@now` in them. */
function asMetricFilter(filter: Filter, dimension: DimensionDefinition): MetricFilter | null {
  const isTime = dimension.type === 'date' || dimension.type === 'instant';
  const { op, values } = filter;
  if (!isTime || !values.some((value) => value === '@now' || value === '@today')) return null;
  return op === 'lt' || op === 'lte' || op === 'gt' || op === 'gte'
    ? { dimension: dimension.id, op, values }
    : null;
}

/** A metric's own condition: its values are stored values already. `@today` and `@now` become what they stand for. */
export function storedFilter(
  filter: MetricFilter,
  dimension: DimensionDefinition,
  settings: TimeSettings,
): ResolvedFilter {
  const values = filter.values.map((value) => {
    if (value === '@now') return settings.now.toISOString();
    return value === '@today' ? today(settings).toString() : value;
  });
  const shown = filter.values.map((value, index) => {
    if (value === '@now') return 'now';
    return value === '@today'
      ? `today (${dayWords(today(settings))})`
      : labelOf(dimension, values[index] ?? '');
  });
  const make = (toCondition: (way: Way) => Condition, verb: string): ResolvedFilter => ({
    dimension,
    toCondition,
    words: `${dimension.label} ${verb}${shown.length > 0 ? ` ${orList(shown)}` : ''}`,
  });
  const isTime = dimension.type === 'date' || dimension.type === 'instant';
  switch (filter.op) {
    case 'eq':
    case 'in':
      return make((way) => ({ kind: 'one-of', way, values }), 'is');
    case 'neq':
    case 'not_in':
      return make((way) => ({ kind: 'none-of', way, values }), 'is not');
    case 'is_null':
      return make((way) => ({ kind: 'empty', way, negated: false }), 'is empty');
    case 'is_not_null':
      return make((way) => ({ kind: 'empty', way, negated: true }), 'is known');
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      const { op } = filter;
      const [value = ''] = values;
      return make((way) => ({ kind: 'compare', way, op, value }), (isTime ? timeVerbs : numberVerbs)[op]);
    }
    default:
      return exhaustive(filter.op);
  }
}

const numberVerbs: Readonly<Record<CompareOperator, string>> = {
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
};
const timeVerbs: Readonly<Record<CompareOperator, string>> = {
  lt: 'is before',
  lte: 'is not after',
  gt: 'is after',
  gte: 'is not before',
};

function checkShape(filter: Filter, dimension: DimensionDefinition, path: string): Issue | null {
  const { op, values } = filter;
  const isOrdered = dimension.type !== 'text' && dimension.type !== 'boolean';
  const allowed: Readonly<Record<Filter['op'], boolean>> = {
    eq: true,
    neq: dimension.type !== 'date' && dimension.type !== 'instant',
    in: dimension.type !== 'date' && dimension.type !== 'instant',
    not_in: dimension.type !== 'date' && dimension.type !== 'instant',
    // Personal data must not be spelled out letter by letter.
    contains: dimension.type === 'text' && dimension.calendar === undefined && !dimension.pii,
    gt: isOrdered,
    gte: isOrdered,
    lt: isOrdered,
    lte: isOrdered,
    between: isOrdered,
    is_null: true,
    is_not_null: true,
  };
  if (!allowed[op]) {
    return {
      code: 'operator-not-applicable',
      path: `${path}.op`,
      message: `${dimension.label} cannot be compared with "${op}".`,
      suggestions: Object.entries(allowed).flatMap(([name, isAllowed]) => (isAllowed ? [name] : [])),
    };
  }
  const [least, most] =
    op === 'is_null' || op === 'is_not_null'
      ? [0, 0]
      : op === 'between'
        ? [2, 2]
        : isOrdered && op !== 'in' && op !== 'not_in'
          ? [1, 1]
          : [1, 50];
  if (values.length >= least && values.length <= most) return null;
  const wanted = least === most ? `${least}` : `${least} to ${most}`;
  return {
    code: 'wrong-number-of-values',
    path: `${path}.values`,
    message: `"${op}" on ${dimension.label} takes ${wanted} ${most === 1 ? 'value' : 'values'}, not ${values.length}.`,
  };
}

/** Weekdays, hours and months by their name ("Saturday", "18:00") or as they are stored ("6", "18"). */
function resolveCalendar(
  filter: Filter,
  dimension: DimensionDefinition,
  unit: CalendarUnit,
  path: string,
): Resolution {
  const labels = calendarLabels(unit);
  const known = Object.entries(labels);
  const values: string[] = [];
  for (const [index, given] of filter.values.entries()) {
    const word = cleanText(String(given)).trim().toLowerCase();
    const found = known.find(([value, label]) => value === word || label.toLowerCase() === word);
    if (!found)
      return fail({
        code: 'unknown-value',
        path: `${path}.values[${index}]`,
        message: `${dimension.label} has no value "${word}".`,
        suggestions: Object.values(labels).slice(0, 7),
      });
    values.push(found[0]);
  }
  const isNegated = filter.op === 'neq' || filter.op === 'not_in';
  const kept = [...new Set(values)].sort();
  return ok({
    dimension,
    toCondition: (way) => ({ kind: isNegated ? 'none-of' : 'one-of', way, values: kept }),
    words: `${dimension.label} is ${isNegated ? 'not ' : ''}${orList(calendarWords(unit, kept))}`,
  });
}

async function resolveText(
  filter: Filter,
  dimension: DimensionDefinition,
  path: string,
  lookUp: LookUpValues,
): Promise<Resolution> {
  if (filter.op === 'contains') {
    const texts = filter.values.map((value) => cleanText(String(value)));
    return ok({
      dimension,
      toCondition: (way) => ({
        kind: 'any-of',
        conditions: texts.map((text) => ({ kind: 'contains', way, text })),
      }),
      words: `${dimension.label} contains ${orList(texts.map((text) => `"${text}"`))}`,
    });
  }
  const found: string[] = [];
  const shown: string[] = [];
  const issues: Issue[] = [];
  for (const [index, given] of filter.values.entries()) {
    const word = cleanText(String(given));
    const match = await findStored(word, dimension, `${path}.values[${index}]`, lookUp);
    if ('issue' in match) issues.push(match.issue);
    else {
      found.push(...match.values);
      shown.push(match.shown);
    }
  }
  if (issues.length > 0) return fail(...issues);
  const values = [...new Set(found)];
  const isNegated = filter.op === 'neq' || filter.op === 'not_in';
  return ok({
    dimension,
    toCondition: (way) => ({ kind: isNegated ? 'none-of' : 'one-of', way, values }),
    words: `${dimension.label} is ${isNegated ? 'not ' : ''}${orList([...new Set(shown)])}`,
  });
}

type StoredWord = { readonly values: readonly string[]; readonly shown: string } | { readonly issue: Issue };

async function findStored(
  word: string,
  dimension: DimensionDefinition,
  path: string,
  lookUp: LookUpValues,
): Promise<StoredWord> {
  const known = findValue(dimension, word);
  if (known !== null) return { values: [known], shown: labelOf(dimension, known) };
  const isClosed = dimension.values.length > 0;
  const stored = isClosed
    ? dimension.values.flatMap(({ value, label }) => (value === label ? [value] : [value, label]))
    : await lookUp(dimension, word);
  const match = matchValue(word, stored);
  if (match.kind === 'found') {
    const values = isClosed
      ? [...new Set(match.values.map((value) => findValue(dimension, value) ?? value))]
      : match.values;
    const names = orList(values.map((value) => labelOf(dimension, value)));
    const isGuess = match.how === 'prefix' || match.how === 'typo';
    return { values, shown: isGuess ? `${names} (asked: "${word}")` : names };
  }
  if (match.kind === 'several') {
    const labels = [...new Set(match.values.map((value) => labelOf(dimension, value)))];
    return {
      issue: {
        code: 'ambiguous-value',
        path,
        message: `"${word}" fits several values of ${dimension.label}; which one do you mean?`,
        suggestions: labels.slice(0, 5),
      },
    };
  }
  return {
    issue: {
      code: 'unknown-value',
      path,
      message: `${dimension.label} has no value "${word}" that you can see.`,
      suggestions: [...new Set(match.nearest.map((value) => labelOf(dimension, value)))],
    },
  };
}

function resolveNumber(filter: Filter, dimension: DimensionDefinition, path: string): Resolution {
  const numbers: number[] = [];
  for (const [index, given] of filter.values.entries()) {
    const number =
      typeof given === 'number' ? given : Number(String(given).replaceAll(/[,\s]/g, '') || 'none');
    if (typeof given === 'boolean' || !Number.isFinite(number)) {
      return fail({
        code: 'not-a-number',
        path: `${path}.values[${index}]`,
        message: `${dimension.label} is a number; "${given}" is not.`,
      });
    }
    numbers.push(number);
  }
  const shown = numbers.map((one) =>
    dimension.format?.kind === 'duration' ? lengthWords(one) : String(one),
  );
  return ok(ordered(filter.op, dimension, numbers, shown, numberVerbs));
}

function resolveBoolean(filter: Filter, dimension: DimensionDefinition, path: string): Resolution {
  const values: boolean[] = [];
  for (const [index, given] of filter.values.entries()) {
    const word = String(given).trim().toLowerCase();
    const isYes = ['true', 'yes', 'y', '1', dimension.label.toLowerCase()].includes(word);
    const isNo = ['false', 'no', 'n', '0', `not ${dimension.label.toLowerCase()}`].includes(word);
    if (!isYes && !isNo) {
      return fail({
        code: 'not-yes-or-no',
        path: `${path}.values[${index}]`,
        message: `${dimension.label} is yes or no; "${word}" is neither.`,
        suggestions: ['yes', 'no'],
      });
    }
    values.push(isYes);
  }
  const isNegated = filter.op === 'neq' || filter.op === 'not_in';
  return ok({
    dimension,
    toCondition: (way) => ({ kind: isNegated ? 'none-of' : 'one-of', way, values }),
    words: `${dimension.label} is ${isNegated ? 'not ' : ''}${orList(values.map((value) => labelOf(dimension, value)))}`,
  });
}

/** A day in a filter means the whole day in the asker's zone: "after 3 March" begins on the 4th. */
function resolveTime(
  filter: Filter,
  dimension: DimensionDefinition,
  path: string,
  settings: TimeSettings,
): Resolution {
  const type = dimension.type === 'date' ? 'date' : 'instant';
  const bounds: { start: string; end: string; words: string }[] = [];
  for (const [index, given] of filter.values.entries()) {
    const day = parseDay(String(given));
    if (day === 'invalid') {
      return fail({
        code: 'not-a-day',
        path: `${path}.values[${index}]`,
        message: `${dimension.label} is compared with a day written as YYYY-MM-DD; "${given}" is not one.`,
      });
    }
    const range = { start: dayEdge(day), end: dayEdge(day.add({ days: 1 })) };
    const { start, end } = absoluteRange(range, type, settings);
    bounds.push({ start: start ?? '', end: end ?? '', words: dayWords(day) });
  }
  const [first, last = first] = bounds;
  if (!first || !last) return fail({ code: 'not-a-day', path, message: `${dimension.label} needs a day.` });
  const compare =
    (op: CompareOperator, value: string) =>
    (way: Way): Condition => ({ kind: 'compare', way, op, value });
  const within = (way: Way) => allOf(compare('gte', first.start)(way), compare('lt', last.end)(way));
  const make = (toCondition: (way: Way) => Condition, words: string): Resolution =>
    ok({ dimension, toCondition, words: `${dimension.label} ${words}, ${settings.zone}` });
  switch (filter.op) {
    case 'gt':
      return make(compare('gte', first.end), `is after ${first.words}`);
    case 'gte':
      return make(compare('gte', first.start), `is not before ${first.words}`);
    case 'lt':
      return make(compare('lt', first.start), `is before ${first.words}`);
    case 'lte':
      return make(compare('lt', first.end), `is not after ${first.words}`);
    case 'between':
      return make(within, `is from ${first.words} up to and including ${last.words}`);
    default:
      return make(within, `is on ${first.words}`);
  }
}

function ordered(
  op: Filter['op'],
  dimension: DimensionDefinition,
  values: readonly ConditionValue[],
  shown: readonly string[],
  verbs: Readonly<Record<CompareOperator, string>>,
): ResolvedFilter {
  const [first = 0, last = first] = values;
  if (op === 'gt' || op === 'gte' || op === 'lt' || op === 'lte') {
    return {
      dimension,
      toCondition: (way) => ({ kind: 'compare', way, op, value: first }),
      words: `${dimension.label} ${verbs[op]} ${shown[0] ?? ''}`,
    };
  }
  if (op === 'between') {
    return {
      dimension,
      toCondition: (way) =>
        allOf(
          { kind: 'compare', way, op: 'gte', value: first },
          { kind: 'compare', way, op: 'lte', value: last },
        ),
      words: `${dimension.label} is between ${shown[0] ?? ''} and ${shown[1] ?? ''}`,
    };
  }
  const isNegated = op === 'neq' || op === 'not_in';
  return {
    dimension,
    toCondition: (way) => ({ kind: isNegated ? 'none-of' : 'one-of', way, values }),
    words: `${dimension.label} is ${isNegated ? 'not ' : ''}${orList(shown)}`,
  };
}

/** How a stored value is shown: the label of a closed vocabulary, yes and no for flags. */
function labelOf(dimension: DimensionDefinition, value: ConditionValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return dimension.values.find((one) => one.value === value)?.label ?? String(value);
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
