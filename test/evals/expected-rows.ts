import { CompiledQuery } from 'kysely';
import type { Store } from '../../src/store/database.ts';

/** A value as JSON carries it; dates and times as ISO text. */
export type ExpectedCell = string | number | boolean | null;
export type ExpectedRows = readonly (readonly ExpectedCell[])[];

/** What `:now`, `:zone`, `:me` and `:team` stand for. */
export interface SqlNames {
  readonly now: Date;
  readonly zone: string;
  readonly me: string;
  readonly team: string | null;
}

const limitMs = 20_000;

/**
 * Runs the independent SQL of an answer in a read-only transaction, names bound as parameters.
 *
 * @throws the database's error when the statement is wrong
 */
export async function runExpected(
  store: Pick<Store, 'readOnly'>,
  sql: string,
  names: SqlNames,
): Promise<ExpectedRows> {
  const bound = bindNames(sql, names);
  // As JSON, since two columns of one name (`count`, `count`) would be one property of a row object.
  const text = `select (select json_agg(cell.value order by cell.ordinality)
      from json_each(row_to_json(answer)) with ordinality as cell) as cells
    from (\n${bound.sql}\n) as answer`;
  return store.readOnly(limitMs, async (trx) => {
    const { rows } = await trx.executeQuery(CompiledQuery.raw(text, [...bound.parameters]));
    return rows.map((row) => (row as { readonly cells: readonly ExpectedCell[] | null }).cells ?? []);
  });
}

interface BoundSql {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

const casts = { now: 'timestamptz', zone: 'text', me: 'uuid', team: 'uuid' } as const;

/** Turns `:now`, `:zone`, `:me` and `:team` into parameters; strings, comments and casts (`::date`) stay as they are. */
export function bindNames(sql: string, names: SqlNames): BoundSql {
  const parameters: unknown[] = [];
  const places = new Map<string, number>();
  const bound = sql
    .trim()
    .replace(/;\s*$/, '')
    .replaceAll(pieces, (piece, name: keyof typeof casts | undefined) => {
      if (name === undefined) return piece;
      let place = places.get(name);
      if (place === undefined) {
        parameters.push(name === 'now' ? names.now.toISOString() : names[name]);
        place = parameters.length;
        places.set(name, place);
      }
      return `($${place}::${casts[name]})`;
    });
  return { sql: bound, parameters };
}

/** Strings, quoted names, comments and casts are matched first, so that nothing inside of them is taken for a name. */
const pieces = /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|::|:'?(now|zone|me|team)\b'?/g;
