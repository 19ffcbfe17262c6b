import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagePath } from '../../src/toolkit/package-root.ts';

/** Folder with public data, beside the checkout unless HEED_ACCEPTANCE_DATA names it; null where it is absent. */
export function acceptanceData(...segments: readonly string[]): string | null {
  const root = process.env['HEED_ACCEPTANCE_DATA'] ?? packagePath('..', 'shared', 'acceptance');
  const path = join(root, ...segments);
  return existsSync(path) ? path : null;
}

/** Title of a suite that says why it does not run. */
export function acceptanceTitle(title: string, path: string | null): string {
  return path === null ? `${title}: skipped, no data (HEED_ACCEPTANCE_DATA or ../shared/acceptance)` : title;
}

/** Unpacks an archive into a new temporary folder and returns it. */
export function unzipped(archive: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-acceptance-'));
  execFileSync('unzip', ['-q', '-o', archive, '-d', folder]);
  return folder;
}
