import { type DimensionDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import type { DateEvent } from '../../../catalogue/date-event.ts';
import { timeUnits } from '../../../query/metric-query.ts';
import { hasEvent, isDate } from '../date-events.ts';
import { type Draft, meaningsOf, timeDimensionOf } from './draft.ts';

/** What the events of records are called where their dates are meant. */
const eventNouns: readonly (readonly [RegExp, ReadonlySet<DateEvent>])[] = [
  [/^(?:creation|created|create|opening|signup|registration|start)$/, new Set(['begins'])],
  [/^(?:resolution|solution|solved|resolved)$/, new Set(['solved'])],
  [/^(?:close|closed|closing|closure)$/, new Set(['planned', 'closed'])],
  [/^(?:due|deadline)$/, new Set(['due'])],
  [/^(?:renewal|renew)$/, new Set(['renews'])],
  [/^(?:expiry|expiration|end)$/, new Set(['expires', 'ends'])],
  [/^conversion$/, new Set(['converted'])],
  [/^cancellation$/, new Set(['cancelled'])],
];

/**
 * "Pipeline by close month", "tickets per week of creation", "renewals by month of renewal": points of a date that is named
 * beside the unit. The date that the figure goes by anyway is its course.
 */
export function addDateGroups(draft: Draft): void {
  const { reading } = draft.understood;
  for (const { index, word } of reading.tokens) {
    // "Each create this month": a period.
    if (/^(?:this|last|next|previous|past|the)$/.test(reading.tokens[index - 1]?.lower ?? '')) continue;
    const grain = timeUnits.find((unit) => unit === word);
    const place = grain === undefined ? null : placeBeside(draft, index);
    if (grain === undefined || place === null) continue;
    const date = dateAt(draft, place);
    if (date === null || (date.type === 'date' && grain === 'hour')) continue;
    const [metric] = draft.metrics;
    const isOwn = metric !== undefined && timeDimensionOf(draft.catalogue, metric) === date.id;
    draft.groupBy = [...draft.groupBy, { dimension: isOwn ? metricTime : date.id, grain }];
    take(draft, place.taken);
  }
}

interface Place {
  /** Tokens that name the date. */
  readonly name: readonly number[];
  /** These and all that says that it splits the figures. */
  readonly taken: readonly number[];
}

/** "By close month", "per month of renewal": where the date's name stands around a unit. */
function placeBeside({ understood: { reading } }: Draft, unit: number): Place | null {
  const { tokens } = reading;
  const isMarker = (index: number): boolean => /^(?:by|per|each|every)$/.test(tokens[index]?.lower ?? '');
  if (isMarker(unit - 1) && tokens[unit + 1]?.lower === 'of') {
    const name = /^(?:the|their|its|expected|planned)$/.test(tokens[unit + 2]?.lower ?? '')
      ? [unit + 2, unit + 3]
      : [unit + 2];
    return { name, taken: [unit, unit + 1, ...name] };
  }
  const marker = [unit - 2, unit - 3].find(isMarker);
  if (marker === undefined) return null;
  const name = Array.from({ length: unit - marker - 1 }, (_, offset) => marker + 1 + offset);
  return { name, taken: [...name, unit] };
}

/** Which date of the rows is named: by its own name, or by what happens then. */
function dateAt(draft: Draft, { name }: Place): DimensionDefinition | null {
  const { catalogue, entity, understood } = draft;
  const own = (one: DimensionDefinition | undefined): one is DimensionDefinition =>
    one?.entity === entity && one.groupable && isDate(one);
  const named = understood.spans
    .filter((span) => name.includes(span.from) && span.indexes.every((index) => name.includes(index)))
    .flatMap((span) => meaningsOf(span, 'dimension').map(({ id }) => catalogue.dimensions.get(id)))
    .filter(own);
  const lower = understood.reading.tokens[name.at(-1) ?? -1]?.lower ?? '';
  const events = eventNouns.find(([noun]) => noun.test(lower))?.[1];
  const meant =
    events === undefined
      ? []
      : [...catalogue.dimensions.values()].filter((one) => own(one) && hasEvent(one, events));
  return named[0] ?? (meant.length === 1 ? (meant[0] ?? null) : null);
}

function take(draft: Draft, indexes: readonly number[]): void {
  for (const index of indexes) draft.usedTokens.add(index);
  for (const span of draft.understood.spans)
    if (span.indexes.every((index) => indexes.includes(index))) draft.used.add(span);
}
