import type { Entity, FieldDefinition } from '../../domain/record-fields.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import { recordId } from '../identity.ts';
import { compileDateFormat, toDay, toInstant } from '../values/date-format.ts';
import { parseBoolean } from '../values/number-format.ts';
import { escalationStatusIn, priorityOf, roleOf, ticketStatusOf } from '../values/vocabulary.ts';
import { isObject } from './parse-body.ts';

export type ReadValue = { readonly value: unknown } | { readonly reason: string; readonly whatToDo: string };

const iso = compileDateFormat('iso');
const LONGEST_KEY = 500;
const plainNumber = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** Where a value stands: words are read by entity and field, references by the source of the request. */
interface Place {
  readonly entity: Entity;
  readonly field: string;
  readonly source: string;
}

/** A JSON value as the value of a field; whether it fits its column is checked afterwards, as for every importer. */
export function readValue(definition: FieldDefinition, value: unknown, place: Place): ReadValue {
  if (value === null)
    return definition.required
      ? bad('must not be null', 'Leave the field out to keep what is stored, or give a value.')
      : { value: null };
  switch (definition.kind) {
    case 'text':
      return readText(value);
    case 'word':
      return readWord(definition.words, value, place);
    case 'integer':
    case 'count':
    case 'money':
    case 'number':
      return readNumber(value);
    case 'boolean':
      return readBoolean(value);
    case 'date':
      return readDate(value);
    case 'instant':
      return readInstant(value);
    case 'json':
      return readJson(value, place.field);
    case 'reference':
      return readReference(definition.to, value, place.source);
    default:
      return exhaustive(definition);
  }
}

function readText(value: unknown): ReadValue {
  if (typeof value === 'string') return { value };
  return typeof value === 'number' ? { value: String(value) } : bad('is not text', 'Send a string.');
}

function readWord(words: readonly string[], value: unknown, place: Place): ReadValue {
  if (typeof value !== 'string') return badWord(words);
  const plain = value
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  if (words.includes(plain)) return { value: plain };
  const ours = vocabularyOf(place)?.(value) ?? null;
  return ours !== null && words.includes(ours) ? { value: ours } : badWord(words);
}

/** The words that importers know for the same fields, `P1` or `Waiting on customer`. */
function vocabularyOf({ entity, field }: Place): ((word: string) => string | null) | null {
  if (entity === 'ticket' && field === 'status') return ticketStatusOf;
  if (entity === 'customer_escalation' && field === 'status') return escalationStatusIn;
  if (entity === 'person' && field === 'role') return roleOf;
  const hasOurPriority = entity === 'ticket' || entity === 'customer_escalation';
  return hasOurPriority && field === 'priority' ? priorityOf : null;
}

const badWord = (words: readonly string[]): ReadValue =>
  bad(`is none of ${words.join(', ')}`, 'Send one of these words.');

function readNumber(value: unknown): ReadValue {
  if (typeof value === 'number') return { value };
  if (typeof value === 'string' && plainNumber.test(value.trim())) return { value: Number(value) };
  return bad(
    'is not a number',
    'Send a JSON number, or a string such as "1234.50" without thousands separators.',
  );
}

function readBoolean(value: unknown): ReadValue {
  if (typeof value === 'boolean') return { value };
  const read = typeof value === 'string' ? parseBoolean(value) : null;
  return read === null ? bad('is neither true nor false', 'Send true or false.') : { value: read };
}

function readDate(value: unknown): ReadValue {
  const parsed = typeof value === 'string' ? iso.parse(value) : null;
  return parsed === null ? bad('is not a date', 'Send YYYY-MM-DD.') : { value: toDay(parsed) };
}

function readInstant(value: unknown): ReadValue {
  const parsed = typeof value === 'string' ? iso.parse(value) : null;
  return parsed === null
    ? bad('is not a date and time', 'Send ISO 8601 with an offset, for example 2026-03-31T14:00:00Z.')
    : { value: toInstant(parsed, 'UTC') };
}

const isText = (one: unknown): boolean => typeof one === 'string';
const isNumber = (one: unknown): boolean => typeof one === 'number';

/** Queries take the shape of these for granted. */
function readJson(value: unknown, field: string): ReadValue {
  if (field === 'tags' || field === 'riskFactors')
    return Array.isArray(value) && value.every(isText)
      ? { value }
      : bad('is not a list of strings', 'Send ["…", "…"].');
  if (!isObject(value)) return bad('is not an object', 'Send {"…": …}.');
  if (field === 'featureCounts' && !Object.values(value).every(isNumber))
    return bad('has a count that is not a number', 'Send {"feature": 12}.');
  return { value };
}

/** `"ACME-1"`, or `{ "source": "salesforce", "id": "001…" }` for a record that another source brought. */
function readReference(to: Entity, value: unknown, ownSource: string): ReadValue {
  const pointer = isObject(value) ? value : { id: value };
  const source = Object.hasOwn(pointer, 'source') ? pointer['source'] : ownSource;
  const key = keyOf(pointer['id']);
  const others = Object.keys(pointer).filter((name) => name !== 'source' && name !== 'id');
  if (key === null || typeof source !== 'string' || source.trim() === '' || others.length > 0)
    return bad(
      `names no ${to}`,
      `Send the key that the ${to} has in this source, or {"source": "…", "id": "…"} for another source's.`,
    );
  return { value: recordId(to, source, key) };
}

/** A source's key; null for what cannot be one. */
export function keyOf(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  if (typeof text !== 'string') return null;
  const key = text.trim();
  return key === '' || key.length > LONGEST_KEY ? null : key;
}

const bad = (reason: string, whatToDo: string): ReadValue => ({ reason, whatToDo });
