import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ImportDeps, type ImportReport, importSources } from '../../jobs/sync-sources.ts';
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

interface MappedFolder {
  /** Below the world's own. */
  readonly folder: string;
  /** Name of a file in fixtures/mappings. */
  readonly mapping: string;
  readonly label: string;
}

/** What goes in through mappings, in this order. */
const mappedFolders: readonly MappedFolder[] = [
  { folder: 'signals', mapping: 'demo-signals.yml', label: 'usage, incidents and surveys' },
  { folder: 'marketing', mapping: 'demo-marketing.yml', label: 'campaigns and leads' },
  { folder: 'conversations', mapping: 'demo-conversations.yml', label: 'conversations and messages' },
  { folder: 'presence', mapping: 'demo-presence.yml', label: 'presence of agents' },
  { folder: 'partners', mapping: 'demo-partners.yml', label: 'partners and activities' },
  { folder: 'commerce', mapping: 'demo-commerce.yml', label: 'products, orders and subscriptions' },
  { folder: 'risk', mapping: 'demo-risk.yml', label: 'assessments and interventions' },
  { folder: 'snapshots', mapping: 'demo-snapshots.yml', label: 'figures of earlier reports' },
];

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
  const imports = [main];
  for (const table of mappedFolders) {
    const path = join(folder, table.folder);
    imports.push(await importMapped(deps, progress, { ...table, path }));
  }
  const reports = imports.flatMap(({ sources }) => sources);
  const failed = reports.filter(({ state }) => state === 'failed');
  if (failed.length > 0) {
    throw new Error(
      failed.flatMap(({ issues }) => issues.map((issue) => `${issue.path}: ${issue.message}`)).join('\n'),
    );
  }
  return {
    truth,
    rowsRead: sum(imports, 'rowsRead'),
    rowsStored: sum(imports, 'stored'),
    rowsRejected: sum(imports, 'rowsRejected'),
    sources: reports.map(({ source, rowsRead, rowsRejected }) => ({
      source,
      rows: rowsRead,
      rejected: rowsRejected,
    })),
  };
}

function importMapped(
  deps: ImportDeps,
  progress: Progress,
  { path, mapping, label }: MappedFolder & { readonly path: string },
): Promise<ImportReport> {
  return inStep(
    progress,
    `Importing ${label} through a mapping`,
    (step) =>
      importSources(
        { ...deps, onProgress: ({ rowsRead }) => step.update(`${rowsRead.toLocaleString('en')} rows`) },
        { path, mapping: packagePath('fixtures', 'mappings', mapping) },
      ),
    (report) => `${report.rowsRead.toLocaleString('en')} rows`,
  );
}

const sum = (reports: readonly ImportReport[], field: 'rowsRead' | 'stored' | 'rowsRejected'): number =>
  reports.reduce((total, report) => total + report[field], 0);
