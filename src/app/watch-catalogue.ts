import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { raiseWall } from '../query/row-security/raise-wall.ts';
import { scrub } from '../toolkit/scrub.ts';
import type { Heed } from './open-heed.ts';
import { checkOwnTables, readAskedCatalogue } from './read-catalogue.ts';

/** `same`: no file changed. `taken`: questions are asked with the new one. `refused`: it has mistakes, the old one stays. */
export type CatalogueLook = 'same' | 'taken' | 'refused';

export interface CatalogueWatch {
  /** Looks now; for tests and for whoever cannot wait. */
  look(): Promise<CatalogueLook>;
  stop(): void;
}

const EVERY_MS = 10_000;

/**
 * Reads the catalogue again when its files change. Mistakes are logged with file and line, and the catalogue that was in
 * force stays in force.
 */
export function watchCatalogue(heed: Heed, { everyMs = EVERY_MS } = {}): CatalogueWatch {
  let seen = fingerprint(heed.config.catalogueFolders);
  let looking: Promise<CatalogueLook> | null = null;
  const look = async (): Promise<CatalogueLook> => {
    const now = fingerprint(heed.config.catalogueFolders);
    if (now === seen) return 'same';
    seen = now;
    try {
      return await exchange(heed);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      heed.log.error(
        { error: scrub(why) },
        'the changed catalogue could not be read; the one before stays in force',
      );
      // The database may be back at the next look.
      seen = '';
      return 'refused';
    }
  };
  const lookOnce = (): Promise<CatalogueLook> => {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  };
  const timer = setInterval(() => void lookOnce(), everyMs);
  timer.unref();
  return { look: lookOnce, stop: () => clearInterval(timer) };
}

async function exchange(heed: Heed): Promise<CatalogueLook> {
  const read = readAskedCatalogue(heed.config.catalogueFolders);
  const issues = read.ok ? await checkOwnTables(heed.store, read.value.loaded) : read.issues;
  if (!read.ok || issues.length > 0) {
    const mistakes = issues.map(({ path, message }) => `${path}: ${message}`);
    heed.log.error({ mistakes }, 'the changed catalogue has mistakes; the one before stays in force');
    return 'refused';
  }
  await raiseWall(heed.store, read.value.catalogue);
  heed.exchange(read.value);
  heed.log.info({ version: read.value.catalogue.version }, 'the changed catalogue is in force');
  return 'taken';
}

/** Names, sizes and times of every YAML file; a file that vanishes meanwhile counts as gone. */
function fingerprint(folders: readonly string[]): string {
  const parts = folders.flatMap((folder) =>
    (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => {
        const stat = statSync(join(folder, name), { throwIfNoEntry: false });
        return `${folder} ${name} ${stat?.size ?? 0} ${stat?.mtimeMs ?? 0}`;
      }),
  );
  return parts.join('\n');
}
