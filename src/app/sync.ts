import { type SyncProgress, type SyncRequest, syncConnectors } from '../jobs/sync-connectors.ts';
import type { ConnectorReport } from '../jobs/sync-report.ts';
import { recoverSyncRuns } from '../jobs/sync-sources.ts';
import type { Connector } from '../sources/connector.ts';
import { UserError } from '../toolkit/issue.ts';
import type { Heed } from './open-heed.ts';
import { inStep, type Progress } from './progress.ts';

/**
 * Reads live sources and tells how far it is.
 *
 * @throws UserError when none is configured
 */
export async function syncSources(
  heed: Pick<Heed, 'store' | 'clock'>,
  connectors: readonly Connector[],
  request: SyncRequest & { readonly signal?: AbortSignal },
  progress: Progress,
): Promise<readonly ConnectorReport[]> {
  if (connectors.length === 0) {
    const message =
      'is not set, nor is HEED_ZENDESK_URL: no live source is configured; see docs/guides/sync.md, or import files with `heed import`';
    throw new UserError([{ code: 'no-live-source', path: 'HEED_SALESFORCE_URL', message }]);
  }
  const { store, clock } = heed;
  await recoverSyncRuns({ store, clock });
  const { signal, ...wanted } = request;
  return inStep(
    progress,
    'Syncing',
    (step) =>
      syncConnectors(
        {
          store,
          clock,
          connectors,
          onProgress: (at) => step.update(inWords(at)),
          ...(signal === undefined ? {} : { signal }),
        },
        wanted,
      ),
    (reports) => `${sum(reports, 'rowsRead')} rows read, ${sum(reports, 'stored')} stored`,
  );
}

const sum = (reports: readonly ConnectorReport[], key: 'rowsRead' | 'stored'): string =>
  reports.reduce((total, report) => total + report[key], 0).toLocaleString('en');

function inWords(at: SyncProgress): string {
  const where = `${at.source} ${at.stream}`;
  switch (at.kind) {
    case 'rows': {
      const of = at.total === undefined ? '' : ` of ${at.total.toLocaleString('en')}`;
      return `${where}: ${at.rows.toLocaleString('en')}${of} rows, ${at.rowsPerSecond.toLocaleString('en')} a second`;
    }
    case 'waiting': {
      const why = at.reason === 'rate-limit' ? 'the rate limit' : 'the system, which does not answer';
      return `${where}: waiting ${Math.ceil(at.milliseconds / 1000)} s for ${why}`;
    }
    case 'cursor-expired':
      return `${where}: the place to go on from has expired; reading again from an earlier one`;
  }
}

/** What came of it, in words. */
export function describeSync(reports: readonly ConnectorReport[]): string {
  return reports.map(describeOne).join('\n');
}

const states = {
  done: 'up to date',
  stopped: 'stopped before the end; the next sync goes on from there',
  failed: 'failed; what was read before is stored',
  busy: 'not read',
} as const;

function describeOne(report: ConnectorReport): string {
  const lines = [`${report.source}: ${states[report.state]}`];
  for (const { stream, rowsRead, stored, isComplete } of report.streams) {
    const end = isComplete ? '' : '  not read to its end';
    lines.push(
      `  ${stream.padEnd(26)} ${rowsRead.toLocaleString('en').padStart(9)} read ${stored.toLocaleString('en').padStart(9)} stored${end}`,
    );
  }
  for (const { message, count } of report.notes)
    lines.push(`  note: ${message}${count > 1 ? ` (${count.toLocaleString('en')} times)` : ''}`);
  for (const issue of report.issues) lines.push(`  ✗ ${issue.path}: ${issue.message}`);
  if (report.rowsRejected > 0)
    lines.push(
      `  ${report.rowsRejected.toLocaleString('en')} rows rejected; \`heed sources ${report.source}\` lists them`,
    );
  return lines.join('\n');
}
