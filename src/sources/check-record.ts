import { type FieldDefinition, fieldsOf } from '../domain/record-fields.ts';
import type { AnyRecord, Entity } from '../domain/records.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import { removedNote } from './csv/read-csv.ts';
import { noted, rejected, type SourceEvent } from './source-event.ts';
import { type Cleaning, cleanJson, cleanShownText, cleanText } from './text/clean-text.ts';

/** Longest text that is stored, in UTF-16 units; a ticket with a megabyte in it must not fail its neighbours. */
const TEXT_LIMIT = 100_000;
const INTEGER_LIMIT = 2_147_483_647;
const MONEY_LIMIT = 9e13;

/**
 * Last look at what any reader made, before it is staged: every value fits its column, so that the database never
 * refuses a whole source for one cell. A bad record rejects its row; long texts are cut and noted.
 */
export async function* checkRecords(events: AsyncIterable<SourceEvent>): AsyncGenerator<SourceEvent> {
  const tallies = new Map<string, Tally>();
  for await (const event of events) {
    switch (event.kind) {
      case 'accepted': {
        const tally = tallyOf(tallies, event.file);
        const checked = checkAll(event.records, tally);
        if ('problem' in checked) {
          yield rejected(
            event.file,
            event.line,
            checked.problem.reason,
            checked.problem.field,
            checked.problem.value,
            'correct it in the source',
          );
        } else yield { ...event, records: checked.records };
        break;
      }
      case 'derived': {
        const tally = tallyOf(tallies, event.file);
        for (const record of event.records) {
          const checked = checkAll([record], tally);
          if ('problem' in checked) {
            const { reason, field } = checked.problem;
            yield noted(
              event.file,
              'record-left-out',
              `${record.entity} ${record.sourceId}: ${field} ${reason}`,
            );
          } else yield { kind: 'derived', file: event.file, records: checked.records };
        }
        break;
      }
      case 'rejected':
      case 'skipped':
      case 'note':
      case 'file-read':
      case 'refused':
        yield event;
        break;
      default:
        exhaustive(event);
    }
  }
  for (const [file, tally] of tallies) {
    if (tally.cleaning.removed > 0) yield removedNote(file, tally.cleaning.removed);
    if (tally.cut === 0) continue;
    const message = `texts longer than ${TEXT_LIMIT} characters were cut`;
    yield { kind: 'note', note: { code: 'text-cut', file, message, count: tally.cut } };
  }
}

interface Tally {
  readonly cleaning: Cleaning;
  cut: number;
}

interface Problem {
  readonly field: string;
  readonly reason: string;
  readonly value: string;
}

function tallyOf(tallies: Map<string, Tally>, file: string): Tally {
  const known = tallies.get(file);
  if (known) return known;
  const tally = { cleaning: { removed: 0 }, cut: 0 };
  tallies.set(file, tally);
  return tally;
}

function checkAll(
  records: readonly AnyRecord[],
  tally: Tally,
): { readonly records: readonly AnyRecord[] } | { readonly problem: Problem } {
  const checked: AnyRecord[] = [];
  for (const record of records) {
    const one = checkRecord(record, tally);
    if ('problem' in one) return one;
    checked.push(one.record);
  }
  return { records: checked };
}

/**
 * @param options.partial the record changes a stored one, so that required fields may be absent (but not null)
 * @returns the record fit to be stored, or the first field that cannot be
 */
export function checkRecord(
  record: AnyRecord,
  tally: Tally,
  { partial = false }: { readonly partial?: boolean } = {},
): { readonly record: AnyRecord } | { readonly problem: Problem } {
  const definitions = definitionsOf(record.entity);
  const values = record as unknown as Readonly<Record<string, unknown>>;
  let changed: Record<string, unknown> | undefined;
  for (const [field, definition] of definitions) {
    const value = values[field];
    if (value === undefined || value === null) {
      const mayBeAbsent = partial && value === undefined;
      if (definition.required && !mayBeAbsent) return { problem: { field, reason: 'is missing', value: '' } };
      continue;
    }
    const reason = problemOf(definition, value);
    if (reason !== null) return { problem: { field, reason, value: describe(value) } };
    const fit = fitText(definition, value, tally);
    if (fit === value) continue;
    changed ??= {};
    changed[field] = fit;
  }
  if (record.sourceId === '' || record.sourceId.length > 500) {
    return {
      problem: { field: 'id', reason: 'is empty or longer than 500 characters', value: record.sourceId },
    };
  }
  const sourceId = cleanText(record.sourceId, tally.cleaning);
  if (sourceId !== record.sourceId) changed = { ...changed, sourceId };
  return { record: changed === undefined ? record : ({ ...values, ...changed } as unknown as AnyRecord) };
}

function problemOf(definition: FieldDefinition, value: unknown): string | null {
  switch (definition.kind) {
    case 'text':
    case 'reference':
      return typeof value === 'string' ? null : 'is not text';
    case 'word':
      return definition.words.includes(value as string) ? null : `is none of ${definition.words.join(', ')}`;
    case 'integer':
      return isWhole(value, INTEGER_LIMIT) ? null : 'is not a whole number of 32 bits';
    case 'count':
      return isWhole(value, Number.MAX_SAFE_INTEGER) ? null : 'is not a whole number of 53 bits';
    case 'money':
      return isWithin(value, MONEY_LIMIT) ? null : 'is not an amount below 90 trillion';
    case 'number':
      return isWithin(value, Number.MAX_VALUE) ? null : 'is not a number';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'is neither yes nor no';
    case 'date':
      return typeof value === 'string' && /^(19|20|21)\d\d-\d\d-\d\d$/.test(value) ? null : 'is not a date';
    case 'instant':
      return value instanceof Date && isReasonable(value) ? null : 'is not a date and time from 1900 to 2200';
    case 'json':
      return typeof value === 'object' ? null : 'is not an object';
    default:
      return exhaustive(definition);
  }
}

const isWhole = (value: unknown, limit: number): boolean => Number.isInteger(value) && isWithin(value, limit);

const isWithin = (value: unknown, limit: number): boolean =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= limit;

function isReasonable(value: Date): boolean {
  const year = value.getTime() / 31_556_952_000 + 1970;
  return year >= 1899 && year <= 2201;
}

function fitText(definition: FieldDefinition, value: unknown, tally: Tally): unknown {
  if (definition.kind === 'json') return cleanJson(value, tally.cleaning);
  if (typeof value !== 'string') return value;
  const clean = cleanShownText(value, tally.cleaning);
  if (clean.length <= TEXT_LIMIT) return clean;
  tally.cut += 1;
  // A pair that the cut would split is dropped whole.
  const end = /[\uD800-\uDBFF]/.test(clean.charAt(TEXT_LIMIT - 1)) ? TEXT_LIMIT - 1 : TEXT_LIMIT;
  return clean.slice(0, end);
}

const describe = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const cache = new Map<Entity, readonly (readonly [string, FieldDefinition])[]>();

function definitionsOf(entity: Entity): readonly (readonly [string, FieldDefinition])[] {
  const known = cache.get(entity);
  if (known) return known;
  const definitions = Object.entries(fieldsOf(entity));
  cache.set(entity, definitions);
  return definitions;
}
