import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { importSources } from '../../jobs/sync-sources.ts';
import { type WorldTruth, writeWorld } from '../../sources/synthetic/write-world.ts';
import { packagePath } from '../../toolkit/package-root.ts';
import type { Heed } from '../open-heed.ts';
import { inStep, type Progress } from '../progress.ts';
import { demoOrigin } from './demo-origin.ts';

export interface ImportedWorld {
  readonly truth: WorldTruth;
  readonly rowsRead: number;
  readonly rowsStored: number;
  readonly rowsRejected: number;
  /** Rows by source. */
  readonly sources: readonly { readonly source: string; readonly rows: number; readonly rejected: number }[];
}

/** Writes the world's files into the home and imports them as anybody's files would be. */
export async function buildWorld(
  heed: Heed,
  progress: Progress,
  options: { readonly seed: number; readonly size: 'small' | 'demo' },
): Promise<ImportedWorld> {
  const folder = join(heed.config.home, demoOrigin);
  rmSync(folder, { recursive: true, force: true });
  const truth = await inStep(
    progress,
    'Writing a company’s files',
    () => writeWorld({ ...options, asOf: heed.clock.now(), outDir: folder }),
    (made) => `${made.accounts} accounts, ${made.tickets.toLocaleString('en')} tickets`,
  );
  const deps = { store: heed.store, clock: heed.clock };
  const main = await inStep(
    progress,
    'Importing customers, escalations and Salesforce exports',
    (step) =>
      importSources(
        {
          ...deps,
          onProgress: ({ rowsRead, source }) =>
            step.update(`${source}: ${rowsRead.toLocaleString('en')} rows`),
        },
        { path: folder },
      ),
    (report) => `${report.rowsRead.toLocaleString('en')} rows`,
  );
  const signals = await inStep(
    progress,
    'Importing usage, incidents and surveys through a mapping',
    (step) =>
      importSources(
        { ...deps, onProgress: ({ rowsRead }) => step.update(`${rowsRead.toLocaleString('en')} rows`) },
        { path: join(folder, 'signals'), mapping: packagePath('fixtures', 'mappings', 'demo-signals.yml') },
      ),
    (report) => `${report.rowsRead.toLocaleString('en')} rows`,
  );
  const reports = [...main.sources, ...signals.sources];
  const failed = reports.filter(({ state }) => state === 'failed');
  if (failed.length > 0) {
    throw new Error(
      failed.flatMap(({ issues }) => issues.map((issue) => `${issue.path}: ${issue.message}`)).join('\n'),
    );
  }
  return {
    truth,
    rowsRead: main.rowsRead + signals.rowsRead,
    rowsStored: main.stored + signals.stored,
    rowsRejected: main.rowsRejected + signals.rowsRejected,
    sources: reports.map(({ source, rowsRead, rowsRejected }) => ({
      source,
      rows: rowsRead,
      rejected: rowsRejected,
    })),
  };
}
