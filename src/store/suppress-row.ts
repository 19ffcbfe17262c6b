import { type FieldDefinition, recordFields } from '../domain/record-fields.ts';
import type { Entity } from '../domain/records.ts';
import { columnsOf, type RecordRow } from './record-columns.ts';
import { emailKey, foldedWords, phoneKey } from './suppression-keys.ts';
import type { SuppressionList, SuppressionRow } from './suppression-list.ts';

/**
 * A row as it may be stored: references to the erased turned, mentions replaced.
 *
 * @param learnt gets the ids that have to be known from now on
 * @returns null when the row is somebody erased, or belongs to an erased customer
 */
export function cleanRow(
  list: SuppressionList,
  entity: Entity,
  row: RecordRow,
  learnt: SuppressionRow[],
): RecordRow | null {
  if (list.find('id', row.id)) return null;
  const email = row['email'];
  const known =
    isPerson(entity) && typeof email === 'string' ? list.find('email', emailKey(email)) : undefined;
  if (known) {
    learnt.push(list.learn(row.id, known));
    return null;
  }
  const changes: Record<string, unknown> = {};
  for (const column of referencesOf(entity)) {
    const value = row[column];
    const entry = typeof value === 'string' ? list.find('id', value) : undefined;
    if (!entry) continue;
    if (entry.replacement_id === null && !looseReferences.has(`${entity}.${column}`)) {
      learnt.push(list.learn(row.id, entry));
      return null;
    }
    changes[column] = entry.replacement_id;
  }
  for (const column of wordsOf(entity)) {
    const value = row[column];
    if (value === undefined || value === null) continue;
    const cleaned = cleanValue(value, (text) => replaceMentions(text, list));
    if (cleaned !== value) changes[column] = column === 'source_id' ? `erased:${row.id}` : cleaned;
  }
  return Object.keys(changes).length === 0 ? row : ({ ...row, ...changes } as RecordRow);
}

/** References of somebody else's record, which is stored without them. */
const looseReferences = new Set(['account.parent_id', 'opportunity.partner_id', 'lead.opportunity_id']);

const isPerson = (entity: Entity): boolean =>
  entity === 'contact' || entity === 'person' || entity === 'lead';

const fieldsOf = (entity: Entity): readonly (readonly [string, FieldDefinition])[] =>
  Object.entries<FieldDefinition>(recordFields[entity]);

const toColumn = (entity: Entity, field: string): string =>
  columnsOf(entity).find((column) => column.field === field)?.name ?? field;

const cache = new Map<string, readonly string[]>();

const cached = (name: string, build: () => readonly string[]): readonly string[] => {
  const known = cache.get(name) ?? build();
  cache.set(name, known);
  return known;
};

const referencesOf = (entity: Entity): readonly string[] =>
  cached(`references ${entity}`, () =>
    fieldsOf(entity).flatMap(([field, { kind }]) => (kind === 'reference' ? [toColumn(entity, field)] : [])),
  );

const wordsOf = (entity: Entity): readonly string[] =>
  cached(`words ${entity}`, () => [
    'source_id',
    'raw',
    ...fieldsOf(entity).flatMap(([field, { kind }]) =>
      kind === 'text' || kind === 'json' ? [toColumn(entity, field)] : [],
    ),
  ]);

function cleanValue(value: unknown, text: (given: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => cleanValue(item, text));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const entries = Object.entries(value);
  const cleaned = entries.map(([key, inner]) => [key, cleanValue(inner, text)] as const);
  return cleaned.every(([, inner], index) => inner === entries[index]?.[1])
    ? value
    : Object.fromEntries(cleaned);
}

const EMAIL = /[\p{L}\p{N}._%+-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const PHONE = /\+?\d[\d \u00a0\u2009().\u2010\u2011/-]{5,}\d/g;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** A text without the erased. */
export function replaceMentions(given: string, list: SuppressionList): string {
  let text = given;
  if (text.includes('@') || text.includes('%40')) {
    text = text.replace(EMAIL, (address) => {
      const entry = list.find('email', emailKey(address.replace('%40', '@')));
      return entry ? `erased-${entry.pseudonym.slice(-8)}@erased.invalid` : address;
    });
  }
  if (/\d{3}/.test(text)) {
    text = text.replace(PHONE, (number) => {
      const digits = phoneKey(number);
      return digits !== null && list.find('phone', digits) ? '[erased number]' : number;
    });
  }
  for (const length of list.nameLengths) text = replaceNames(text, length, list);
  return text;
}

/** Windows of so many words, folded, looked up one by one. */
function replaceNames(text: string, length: number, list: SuppressionList): string {
  const words = [...text.matchAll(WORD)].map((match) => ({
    folded: foldedWords(match[0]).join(''),
    start: match.index,
    end: match.index + match[0].length,
  }));
  let result = '';
  let from = 0;
  for (let index = 0; index + length <= words.length; index += 1) {
    const window = words.slice(index, index + length);
    const entry = list.find('name', window.map(({ folded }) => folded).join(' '));
    const [first, last] = [window[0], window.at(-1)];
    if (!entry || !first || !last) continue;
    result += text.slice(from, first.start) + entry.pseudonym;
    from = last.end;
    index += length - 1;
  }
  return from === 0 ? text : result + text.slice(from);
}
