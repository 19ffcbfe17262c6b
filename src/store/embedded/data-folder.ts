import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnavailableError } from '../errors.ts';
import type { OnStoreEvent } from '../store-event.ts';
import type { Durability } from './durability.ts';
import { syncFolder } from './sync-files.ts';
import { initialiseDataFolder } from './worker-handle.ts';

/**
 * Path of the initialised data folder below `home`, made when it is not there yet. The first init happens in a
 * temporary neighbour that is renamed when it is complete, so a killed first start leaves nothing half made. The
 * caller holds the lock of `home`.
 *
 * @throws StoreUnavailableError when the folder holds something that is not a complete database
 */
export async function prepareDataFolder(
  home: string,
  durability: Durability,
  onEvent: OnStoreEvent,
): Promise<string> {
  const folder = join(home, 'postgres');
  removeUnfinished(home);
  if (isComplete(folder)) return folder;
  if (existsSync(folder)) removeIfWithoutData(folder, onEvent);
  onEvent({ kind: 'first-init-started', folder });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const unfinished = join(home, `${UNFINISHED}${process.pid}`);
  try {
    await initialiseDataFolder(unfinished, durability);
    renameSync(unfinished, folder);
    if (durability === 'disk') syncFolder(home);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

const UNFINISHED = 'postgres.unfinished-';

function removeUnfinished(home: string): void {
  if (!existsSync(home)) return;
  for (const name of readdirSync(home)) {
    if (name.startsWith(UNFINISHED)) rmSync(join(home, name), { recursive: true, force: true });
  }
}

/** Postgres writes these two last and first: with both present, initdb came to its end. */
function isComplete(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION')) && existsSync(join(folder, 'global', 'pg_control'));
}

/** initdb numbers user tables from 16384 (FirstNormalObjectId); a file named so or higher is somebody's data. */
const FIRST_USER_OBJECT = 16384;

function removeIfWithoutData(folder: string, onEvent: OnStoreEvent): void {
  if (!holdsData(folder)) {
    rmSync(folder, { recursive: true, force: true });
    onEvent({ kind: 'half-made-folder-removed', folder });
    return;
  }
  throw new StoreUnavailableError(
    `${folder} holds data but lacks PG_VERSION or global/pg_control; restore it from a backup, or move it away to start empty`,
  );
}

function holdsData(folder: string): boolean {
  const bases = join(folder, 'base');
  if (!existsSync(bases)) {
    // Not a database at all: whatever it is, it is not ours to delete unless it is empty.
    return readdirSync(folder).some((name) => !POSTGRES_NAMES.test(name));
  }
  return readdirSync(bases).some((database) =>
    readdirSync(join(bases, database)).some((file) => Number.parseInt(file, 10) >= FIRST_USER_OBJECT),
  );
}

const POSTGRES_NAMES = /^(pg_.*|global|base|PG_VERSION|postgresql.*\.conf|postmaster\..*)$/;
