import { folderHolding } from '../catalogue/layers.ts';
import { loadRetention } from '../catalogue/retention.ts';
import { type PruneReport, planPrune, prune } from '../jobs/prune.ts';
import { UserError } from '../toolkit/issue.ts';
import type { Heed } from './open-heed.ts';

/**
 * Deletes what is older than `retention.yml` says, or only counts it.
 *
 * @throws UserError with every mistake in the file
 */
export function pruneStore(
  heed: Pick<Heed, 'store' | 'clock' | 'config'>,
  options: { readonly dryRun?: boolean } = {},
): Promise<PruneReport> {
  const retention = loadRetention(folderHolding(heed.config.catalogueFolders, 'retention.yml'));
  if (!retention.ok) throw new UserError(retention.issues);
  const deps = { store: heed.store, clock: heed.clock, retention: retention.value };
  return options.dryRun ? planPrune(deps) : prune(deps);
}
