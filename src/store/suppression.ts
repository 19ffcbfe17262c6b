/**
 * Keeps erased people and customers from coming back. In: the rows of a load, before they are stored. Out: the rows
 * that may be stored, with references to an erased person turned to what stands for them and mentions replaced. It
 * knows nobody's name: only keyed hashes of ids, addresses, numbers and names.
 */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Entity } from '../domain/records.ts';
import type { RecordRow } from './record-columns.ts';
import type { Schema } from './schema.ts';
import { cleanRow, replaceMentions } from './suppress-row.ts';
import { bucketOf, emailKey, nameKeys, phoneKey } from './suppression-keys.ts';
import { hashOf, type Kind, SuppressionList, type SuppressionRow, saltOf } from './suppression-list.ts';

/** What later loads must recognise. */
export interface Suppressed {
  readonly kind: Kind;
  readonly value: string;
  /** What a reference to an id becomes; null: a record that refers to it is left out. */
  readonly replacementId: string | null;
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
  await insertRows(trx, rows);
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
  return rows.length === 0 ? null : buildSuppressor(new SuppressionList(key, rows));
}

function buildSuppressor(list: SuppressionList): Suppressor {
  return {
    text: (given) => replaceMentions(given, list),
    async rows(trx, entity, rows) {
      const learnt: SuppressionRow[] = [];
      const kept = rows.flatMap((row) => cleanRow(list, entity, row, learnt) ?? []);
      await insertRows(trx, learnt);
      return { rows: kept, suppressed: rows.length - kept.length };
    },
  };
}

async function insertRows(trx: Transaction<Schema>, rows: readonly SuppressionRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 2_000) {
    await trx
      .insertInto('suppression')
      .values(rows.slice(from, from + 2_000))
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute();
  }
}

/**
 * Keys by which a person is known again.
 *
 * @param replacementId what references to another record with the same address become
 */
export function suppressedOf(
  identity: {
    readonly names: readonly string[];
    readonly isNameUnique: boolean;
    readonly emails: readonly string[];
    readonly phones: readonly string[];
  },
  replacementId: string,
): readonly Suppressed[] {
  const of = (kind: Kind, values: readonly string[]): readonly Suppressed[] =>
    [...new Set(values)].map((value) => ({ kind, value, replacementId }));
  return [
    ...of('email', identity.emails.map(emailKey)),
    ...of(
      'phone',
      identity.phones.flatMap((phone) => phoneKey(phone) ?? []),
    ),
    ...(identity.isNameUnique ? of('name', identity.names.flatMap(nameKeys)) : []),
  ];
}
