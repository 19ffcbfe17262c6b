import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { lintCatalogue } from '../catalogue/lint/lint-catalogue.ts';
import { exportOsi } from '../catalogue/osi/export-osi.ts';
import { type ImportedOsi, importOsi } from '../catalogue/osi/import-osi.ts';
import type { Config } from '../config/load-config.ts';
import { openStore } from '../store/database.ts';
import { migrateUp } from '../store/migrate.ts';
import { type Issue, UserError } from '../toolkit/issue.ts';
import { checkOwnTables, type ReadCatalogue, readAskedCatalogue } from './read-catalogue.ts';

/** The catalogue in force, without a database. */
export function openCatalogue(config: Config): ReadCatalogue {
  const read = readAskedCatalogue(config.catalogueFolders);
  if (!read.ok) throw new UserError(read.issues);
  return read.value;
}

export const lint = (config: Config) => lintCatalogue(openCatalogue(config).catalogue);

/** Mistakes between the catalogue's tables of one's own and the database; none: it can be started with. */
export async function checkAgainstDatabase(config: Config): Promise<readonly Issue[]> {
  const { loaded } = openCatalogue(config);
  const store = await openStore({
    home: config.home,
    ...(config.DATABASE_URL === undefined ? {} : { databaseUrl: config.DATABASE_URL }),
  });
  try {
    await migrateUp(store);
    return await checkOwnTables(store, loaded);
  } finally {
    await store.close();
  }
}

/** An Open Semantic Interchange document as YAML. */
export function exportCatalogue(config: Config): string {
  const { loaded } = openCatalogue(config);
  return stringify(exportOsi(loaded.catalogue, loaded.written), { lineWidth: 0 });
}

/**
 * Writes a directory to be laid over the catalogue in force.
 *
 * @param file an Open Semantic Interchange document
 * @param out a folder that does not exist or is empty
 * @throws UserError when the document is none, the folder holds something, or the result does not hold together
 */
export function importCatalogue(
  config: Config,
  file: string,
  out: string,
): ImportedOsi & { readonly problems: readonly Issue[] } {
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new UserError([
      { code: 'folder-not-empty', path: '--out', message: `${out} holds files already; name a new folder` },
    ]);
  if (!existsSync(file))
    throw new UserError([{ code: 'file-unreadable', path: file, message: 'does not exist' }]);
  const { loaded } = openCatalogue(config);
  const imported = importOsi(readFileSync(file, 'utf8'), basename(file), loaded);
  if (!imported.ok) throw new UserError(imported.issues);
  for (const [name, content] of Object.entries(imported.value.files)) {
    const path = join(out, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, stringify(content, { lineWidth: 0 }));
  }
  const read = readAskedCatalogue([...config.catalogueFolders, out]);
  return { ...imported.value, problems: read.ok ? [] : read.issues };
}
