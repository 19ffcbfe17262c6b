import type { Config } from '../../config/load-config.ts';
import type { Store } from '../../store/database.ts';

/** Folder of the demo's world, and origin of what is imported from it without a mapping. */
export const demoOrigin = 'demo-world';

/** Sources of the demo's mappings; anything else in the store belongs to somebody. */
export const demoSources: readonly string[] = [
  'demo-commerce',
  'demo-conversations',
  'demo-marketing',
  'demo-partners',
  'demo-presence',
  'demo-risk',
  'demo-signals',
  'demo-snapshots',
];

/** Whose data a store holds. */
export type StoreOrigin =
  | { readonly kind: 'demo' }
  | { readonly kind: 'empty' }
  /** Somebody's; `source` is one of theirs. */
  | { readonly kind: 'foreign'; readonly source: string };

/** Told by what was imported: one import that is not the demo's makes the whole store somebody's. */
export async function originOf(store: Store): Promise<StoreOrigin> {
  const runs = await store.db.selectFrom('sync_run').select(['source', 'origin']).distinct().execute();
  const foreign = runs.find(({ source, origin }) => origin !== demoOrigin && !demoSources.includes(source));
  if (foreign !== undefined) return { kind: 'foreign', source: foreign.source };
  return runs.length === 0 ? { kind: 'empty' } : { kind: 'demo' };
}

/** People of the demo sit in Berlin unless somebody chose a zone. */
export function withDemoZone(config: Config): Config {
  return process.env['HEED_TIME_ZONE'] === undefined
    ? { ...config, HEED_TIME_ZONE: 'Europe/Berlin' }
    : config;
}
