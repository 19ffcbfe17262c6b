import { type Kysely, sql } from 'kysely';
import type { Asker } from '../../access/asker.ts';
import type { Schema } from '../../store/schema.ts';
import { askerRole, type RowSecurity } from './row-policies.ts';

/** What a transaction runs under from here on. */
export interface Entered {
  /** The database itself lets only the asker's rows through. */
  readonly isFenced: boolean;
  /** Why it does not, in words for the answer; null when it does. */
  readonly problem: string | null;
  /** Name of the asker's team. */
  readonly teamName: string | null;
}

interface WallRow {
  readonly version: string | null;
  readonly problem: string | null;
  readonly uncovered: readonly string[];
  readonly team_name: string | null;
  readonly acting_as: string | null;
}

/**
 * Makes the rest of the transaction the asker's: settings and role are set for this transaction alone, so a connection
 * of the pool never carries anybody over to the next one. One statement.
 *
 * @param tables tables that the question counts or lists; when one of them is not covered, the compiler's scope stands
 *   alone for the whole question
 */
export async function enterWall(
  trx: Kysely<Schema>,
  asker: Asker,
  security: RowSecurity,
  tables: readonly string[],
): Promise<Entered> {
  const { rows } = await sql<WallRow>`
    select w.version, w.problem, w.uncovered, t.name as team_name,
      set_config('heed.person_id', ${asker.personId}, true),
      set_config('heed.role', ${asker.role}, true),
      set_config('heed.team_id', ${asker.teamId ?? ''}, true),
      case when w.version = ${security.version} and not w.uncovered && ${[...tables]}::text[]
        then set_config('role', ${askerRole}, true) end as acting_as
    from (select 1) as one
    left join asker_wall as w on true
    left join team as t on t.id = ${asker.teamId}::uuid`.execute(trx);
  const [row] = rows;
  const isFenced = row?.acting_as === askerRole;
  return { isFenced, problem: isFenced ? null : problemOf(row, tables), teamName: row?.team_name ?? null };
}

function problemOf(row: WallRow | undefined, tables: readonly string[]): string {
  if (!row || row.version === null) return row?.problem ?? 'row-level security was not set up yet';
  const outside = tables.find((table) => row.uncovered.includes(table));
  if (outside !== undefined) return `the table ${outside} belongs to somebody else, so it has no policies`;
  return 'the policies in the database were made by another version of the catalogue';
}
