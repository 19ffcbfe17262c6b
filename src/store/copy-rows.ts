import { CompiledQuery, sql, type Transaction } from 'kysely';
import type { Entity } from '../domain/records.ts';
import { sqlState } from './errors.ts';
import { columnsOf, type RecordRow } from './record-columns.ts';
import type { Schema } from './schema.ts';

/**
 * Puts new rows into their table by COPY, several times as fast as inserting them. All of them or none.
 *
 * @returns false when a row is not new or lacks a required column; nothing was written then
 */
export async function copyRows(
  trx: Transaction<Schema>,
  entity: Entity,
  rows: readonly RecordRow[],
): Promise<boolean> {
  const columns = columnsOf(entity);
  const names = ['id', 'source', 'source_id', ...columns.map(({ name }) => name)];
  const lines = rows.map((row) => {
    const cells = columns.map(({ name, fallback }) => encode(row[name] ?? fallback));
    return `${encode(row.id)}\t${encode(row.source)}\t${encode(row.source_id)}\t${cells.join('\t')}\n`;
  });
  const text = `copy ${entity} (${names.map((name) => `"${name}"`).join(', ')}) from stdin`;
  await sql`savepoint before_copy`.execute(trx);
  try {
    await trx.executeQuery(CompiledQuery.raw(text, [lines.join('')]));
  } catch (error) {
    if (!notNew.has(sqlState(error) ?? '')) throw error;
    await sql`rollback to savepoint before_copy`.execute(trx);
    return false;
  }
  await sql`release savepoint before_copy`.execute(trx);
  return true;
}

/** unique_violation and not_null_violation. */
const notNew: ReadonlySet<string> = new Set(['23505', '23502']);

/** One cell in the text format of COPY: https://www.postgresql.org/docs/current/sql-copy.html */
function encode(value: RecordRow[string]): string {
  if (value === null || value === undefined) return '\\N';
  const text =
    typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return special.test(text) ? text.replace(specials, (character) => escapes[character] ?? character) : text;
}

const special = /[\\\t\n\r]/;
const specials = /[\\\t\n\r]/g;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
