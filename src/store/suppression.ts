/**
 * Keeps erased people and customers from coming back. In: the rows of a load, before they are stored. Out: the rows
 * that may be stored, with references to an erased person turned to what stands for them and mentions replaced. It
 * knows nobody's name: only keyed hashes of ids, addresses, numbers and names.
 */
import { createHash, createHmac } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { type FieldDefinition, recordFields } from '../domain/record-fields.ts';
import type { Entity } from '../domain/records.ts';
import { columnsOf, type RecordRow } from './record-columns.ts';
import type { Schema } from './schema.ts';
import { bucketOf, emailKey, foldedWords, nameKeys, phoneKey } from './suppression-keys.ts';

type Kind = 'id' | 'email' | 'phone' | 'name';

/** What later loads must recognise. */
export interface Suppressed {
  readonly kind: Kind;
  readonly value: string;
  /** What a reference to an id becomes; null: a record that refers to it is left out. */
  readonly replacementId: string | null;
}

interface Entry {
  readonly replacement_id: string | null;
  readonly pseudonym: string;
  readonly erasure_id: string;
}

export interface Suppressor {
  /** Rows of an entity that may be stored. `trx`: what is learnt (a new id of an erased address) is kept with the load. */
  rows(
    trx: Transaction<Schema>,
    entity: Entity,
    rows: readonly RecordRow[],
  ): Promise<{ readonly rows: readonly RecordRow[]; readonly suppressed: number }>;
  /** A text without the erased, for reports and rejects. */
  text(text: string): string;
}

/** Adds to the list. Values are hashed here and kept nowhere. */
export async function addSuppressed(
  trx: Transaction<Schema>,
  key: string,
  erasure: { readonly id: string; readonly pseudonym: string },
  suppressed: readonly Suppressed[],
): Promise<void> {
  const salt = saltOf(key);
  const rows = suppressed.map(({ kind, value, replacementId }) => ({
    hash: hashOf(key, kind, value),
    kind,
    bucket: bucketOf(kind + value, salt),
    words: kind === 'name' ? value.split(' ').length : 1,
    replacement_id: replacementId,
    pseudonym: erasure.pseudonym,
    erasure_id: erasure.id,
  }));
  for (let from = 0; from < rows.length; from += 2_000) {
    await trx
      .insertInto('suppression')
      .values(rows.slice(from, from + 2_000))
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute();
  }
}

export async function readPrivacyKey(db: Kysely<Schema>): Promise<string | null> {
  const row = await db.selectFrom('privacy_key').select('key').where('id', '=', 1).executeTakeFirst();
  return row?.key ?? null;
}

/**
 * The list as a load needs it; null when nobody was ever erased. Call it inside the transaction that stores, first of
 * all: it takes a share of the key's lock, so that an erasure that begins now waits until the load is done.
 */
export async function loadSuppressor(trx: Transaction<Schema>): Promise<Suppressor | null> {
  const locked = await sql<{ key: string }>`select key from privacy_key where id = 1 for share`.execute(trx);
  return loadWithKey(trx, locked.rows[0]?.key);
}

/** The same without the lock, for texts that are written outside of a load. */
export async function loadTextSuppressor(db: Kysely<Schema>): Promise<Pick<Suppressor, 'text'> | null> {
  return loadWithKey(db, (await readPrivacyKey(db)) ?? undefined);
}

async function loadWithKey(db: Kysely<Schema>, key: string | undefined): Promise<Suppressor | null> {
  if (key === undefined) return null;
  const rows = await db
    .selectFrom('suppression')
    .select(['hash', 'kind', 'bucket', 'words', 'replacement_id', 'pseudonym', 'erasure_id'])
    .execute();
  return rows.length === 0 ? null : buildSuppressor(key, rows);
}

interface SuppressionRow extends Entry {
  readonly hash: string;
  readonly kind: Kind;
  readonly bucket: number;
  readonly words: number;
}

function buildSuppressor(key: string, list: readonly SuppressionRow[]): Suppressor {
  const salt = saltOf(key);
  const entries = new Map<string, Entry>(list.map((row) => [row.hash, row]));
  const buckets = new Set(list.map(({ kind, bucket }) => `${kind}${bucket}`));
  const lengths = [...new Set(list.filter(({ kind }) => kind === 'name').map(({ words }) => words))].sort(
    (a, b) => b - a,
  );
  const kinds = new Set(list.map(({ kind }) => kind));

  function find(kind: Kind, value: string): Entry | undefined {
    if (!kinds.has(kind) || !buckets.has(`${kind}${bucketOf(kind + value, salt)}`)) return undefined;
    return entries.get(hashOf(key, kind, value));
  }

  function learn(value: string, entry: Entry): SuppressionRow {
    const row = {
      hash: hashOf(key, 'id', value),
      kind: 'id' as const,
      bucket: bucketOf(`id${value}`, salt),
      words: 1,
    };
    entries.set(row.hash, entry);
    buckets.add(`id${row.bucket}`);
    kinds.add('id');
    const { replacement_id, pseudonym, erasure_id } = entry;
    return { ...row, replacement_id, pseudonym, erasure_id };
  }

  const text = (given: string): string => replaceMentions(given, find, lengths);

  /** Null: the row may not be stored. */
  function clean(entity: Entity, row: RecordRow, learnt: SuppressionRow[]): RecordRow | null {
    if (find('id', row.id)) return null;
    const email = row['email'];
    if (isPerson(entity) && typeof email === 'string') {
      const entry = find('email', emailKey(email));
      if (entry) {
        learnt.push(learn(row.id, entry));
        return null;
      }
    }
    const changes: Record<string, unknown> = {};
    for (const column of referencesOf(entity)) {
      const value = row[column];
      const entry = typeof value === 'string' ? find('id', value) : undefined;
      if (!entry) continue;
      if (entry.replacement_id === null && !looseReferences.has(`${entity}.${column}`)) {
        learnt.push(learn(row.id, { ...entry, replacement_id: null }));
        return null;
      }
      changes[column] = entry.replacement_id;
    }
    for (const column of wordsOf(entity)) {
      const value = row[column];
      if (value === undefined || value === null) continue;
      const cleaned = cleanValue(value, text);
      if (cleaned !== value) changes[column] = column === 'source_id' ? `erased:${row.id}` : cleaned;
    }
    return Object.keys(changes).length === 0 ? row : ({ ...row, ...changes } as RecordRow);
  }

  return {
    text,
    async rows(trx, entity, rows) {
      const learnt: SuppressionRow[] = [];
      const kept = rows.flatMap((row) => clean(entity, row, learnt) ?? []);
      for (let from = 0; from < learnt.length; from += 2_000) {
        await trx
          .insertInto('suppression')
          .values(learnt.slice(from, from + 2_000))
          .onConflict((conflict) => conflict.column('hash').doNothing())
          .execute();
      }
      return { rows: kept, suppressed: rows.length - kept.length };
    },
  };
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

function replaceMentions(
  given: string,
  find: (kind: Kind, value: string) => Entry | undefined,
  lengths: readonly number[],
): string {
  let text = given;
  if (text.includes('@') || text.includes('%40')) {
    text = text.replace(EMAIL, (address) => {
      const entry = find('email', emailKey(address.replace('%40', '@')));
      return entry ? `erased-${entry.pseudonym.slice(-8)}@erased.invalid` : address;
    });
  }
  if (/\d{3}/.test(text)) {
    text = text.replace(PHONE, (number) => {
      const digits = phoneKey(number);
      return digits !== null && find('phone', digits) ? '[erased number]' : number;
    });
  }
  for (const length of lengths) text = replaceNames(text, length, find);
  return text;
}

/** Windows of so many words, folded, looked up one by one. */
function replaceNames(
  text: string,
  length: number,
  find: (kind: Kind, value: string) => Entry | undefined,
): string {
  const words = [...text.matchAll(WORD)].map((match) => ({
    folded: foldedWords(match[0]).join(''),
    start: match.index,
    end: match.index + match[0].length,
  }));
  let result = '';
  let from = 0;
  for (let index = 0; index + length <= words.length; index += 1) {
    const window = words.slice(index, index + length);
    const entry = find('name', window.map(({ folded }) => folded).join(' '));
    const [first, last] = [window[0], window.at(-1)];
    if (!entry || !first || !last) continue;
    result += text.slice(from, first.start) + entry.pseudonym;
    from = last.end;
    index += length - 1;
  }
  return from === 0 ? text : result + text.slice(from);
}

/** Keys by which a person is known again. */
export function suppressedOf(identity: {
  readonly names: readonly string[];
  readonly isNameUnique: boolean;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}): readonly Suppressed[] {
  const of = (kind: Kind, values: readonly string[]): readonly Suppressed[] =>
    [...new Set(values)].map((value) => ({ kind, value, replacementId: null }));
  return [
    ...of('email', identity.emails.map(emailKey)),
    ...of(
      'phone',
      identity.phones.flatMap((phone) => phoneKey(phone) ?? []),
    ),
    ...(identity.isNameUnique ? of('name', identity.names.flatMap(nameKeys)) : []),
  ];
}

const hashOf = (key: string, kind: Kind, value: string): string =>
  createHmac('sha256', key).update(`${kind}\u001f${value}`).digest('base64url');

const saltOf = (key: string): number => createHash('sha256').update(key).digest().readUInt32LE(0);
