import type { Config } from '../config/load-config.ts';
import { openStore, type Store } from '../store/database.ts';
import { type MigrationReport, type MigrationState, migrateUp, migrationStatus } from '../store/migrate.ts';

/** Applies pending migrations to the configured database. */
export function migrate(config: Config, onProgress: (name: string) => void): Promise<MigrationReport> {
  return withStore(config, (store) => migrateUp(store, onProgress));
}

export function migrationStates(config: Config): Promise<readonly MigrationState[]> {
  return withStore(config, (store) => migrationStatus(store));
}

async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({
    home: config.home,
    ...(config.DATABASE_URL === undefined ? {} : { databaseUrl: config.DATABASE_URL }),
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
