import { privacyRules } from '../access/privacy/privacy-rules.ts';
import { type Board, loadBoards } from '../catalogue/boards.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CatalogueMistake } from '../catalogue/check-catalogue.ts';
import { checkDatabase, ownTablesOf } from '../catalogue/check-database.ts';
import { type LoadedCatalogue, loadCatalogueWithPlaces } from '../catalogue/load-catalogue.ts';
import { checkVerifiedPlans } from '../planner/verified/check-verified.ts';
import type { Store } from '../store/database.ts';
import { QueryTimeoutError } from '../store/errors.ts';
import { holdsTwice, readTableFacts } from '../store/table-facts.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';

/** What of a catalogue questions are asked with; it can be read again while the service runs. */
export interface AskedCatalogue {
  readonly catalogue: Catalogue;
  readonly boards: ReadonlyMap<string, Board>;
}

export interface ReadCatalogue extends AskedCatalogue {
  readonly loaded: LoadedCatalogue;
}

/**
 * Reads entities, dimensions, metrics, verified questions and boards of all folders; all mistakes at once.
 *
 * @param folders absolute, from the ground up
 */
export function readAskedCatalogue(folders: readonly string[]): Result<ReadCatalogue> {
  const loaded = loadCatalogueWithPlaces(folders);
  const boards = loadBoards(folders);
  const verified = loaded.ok
    ? checkVerifiedPlans(loaded.value.catalogue).map((mistake) => loaded.value.issueFor(mistake))
    : [];
  if (!loaded.ok || !boards.ok || verified.length > 0) {
    return fail(...(loaded.ok ? [] : loaded.issues), ...verified, ...(boards.ok ? [] : boards.issues));
  }
  return ok({ loaded: loaded.value, catalogue: loaded.value.catalogue, boards: boards.value });
}

/** Longest look at whether a view's key is unique. */
const KEY_LIMIT_MS = 10_000;

/** Compares tables of one's own with the database: what is missing, of another type, not readable or not unique. */
export async function checkOwnTables(
  store: Pick<Store, 'db' | 'readOnly'>,
  { catalogue, issueFor }: LoadedCatalogue,
): Promise<readonly Issue[]> {
  const tables = ownTablesOf(catalogue);
  const facts = await readTableFacts(store.db, tables);
  const mistakes = checkDatabase(catalogue, facts, new Set([...Object.keys(privacyRules), 'asker_wall']));
  if (mistakes.length > 0) return mistakes.map(issueFor);
  const doubled = [...catalogue.entities.values()].map(async (entity): Promise<CatalogueMistake | null> => {
    const key = entity.stored?.[entity.key];
    if (key?.kind !== 'column' || facts.get(entity.table)?.kind !== 'view') return null;
    const why = await store
      .readOnly(KEY_LIMIT_MS, (trx) => holdsTwice(trx, entity.table, key.name))
      .then((twice) => (twice ? 'holds a value twice, so joins over it would count rows twice' : null))
      .catch((error: unknown) => {
        if (!(error instanceof QueryTimeoutError)) throw error;
        return 'could not be checked for repeated values within 10 seconds; use a materialized view with a unique index';
      });
    return why === null
      ? null
      : {
          code: 'key-not-unique',
          kind: 'entity',
          id: entity.id,
          key: 'key',
          message: `${entity.table}.${key.name} ${why}`,
        };
  });
  const found = await Promise.all(doubled);
  return found.flatMap((mistake) => (mistake ? [issueFor(mistake)] : []));
}
