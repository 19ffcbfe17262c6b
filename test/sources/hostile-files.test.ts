import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detectSources } from '../../src/sources/detect-sources.ts';
import { emptyDirectory } from '../../src/sources/identity.ts';
import { planMapped } from '../../src/sources/mapping/plan-mapped.ts';
import { readMapped } from '../../src/sources/mapping/read-mapped.ts';
import { fileInput } from '../../src/sources/text/input-file.ts';
import { dealsHeader, dealsMapping, mappingOf } from './hostile-outcome.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-files-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const row = (id: number): string => `${id},Acme,open,100,EUR,2026-12-31,no,2026-11-20T10:00Z\n`;
const rows = (count: number): string =>
  `${dealsHeader}\n${Array.from({ length: count }, (_, index) => row(index)).join('')}`;

/** Reads a file and does something to it when its first row has come; 10,000 rows are more than the reader reads ahead. */
async function readAndMeanwhile(
  path: string,
  act: () => void,
): Promise<{ code: string; message: string } | undefined> {
  const mapping = mappingOf(dealsMapping);
  const [file] = mapping.files;
  if (file === undefined) throw new Error('the mapping has no file');
  let hasActed = false;
  for await (const event of readMapped(fileInput(path), mapping, file, emptyDirectory)) {
    if (event.kind === 'refused') return event.issues[0];
    if (hasActed) continue;
    hasActed = true;
    act();
  }
  return undefined;
}

describe('a file that does not hold still', () => {
  const acts: readonly [string, (path: string) => void, string][] = [
    ['grows', (path) => appendFileSync(path, row(99_999)), 'changed while it was read'],
    ['shrinks', (path) => truncateSync(path, 300_000), 'changed while it was read'],
    ['vanishes', (path) => unlinkSync(path), 'was removed while it was read'],
    [
      'is replaced',
      (path) => {
        writeFileSync(`${path}.new`, rows(10_000));
        renameSync(`${path}.new`, path);
      },
      'was replaced while it was read',
    ],
    [
      'is written over with as many bytes and its old date',
      (path) => {
        writeFileSync(path, rows(10_000).replaceAll('Acme', 'Emca'));
        utimesSync(path, 1_700_000_000, 1_700_000_000);
      },
      'changed while it was read',
    ],
  ];

  it.each(acts)('is refused when it %s', async (_, act, message) => {
    const path = join(folder, 't.csv');
    writeFileSync(path, rows(10_000));
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    const issue = await readAndMeanwhile(path, () => act(path));
    expect(issue?.code).toBe('file-changed');
    expect(issue?.message).toContain(message);
    expect(issue?.message).toContain('nothing of it was stored');
  });

  it('is read when only its rights or its links change', async () => {
    const path = join(folder, 't.csv');
    writeFileSync(path, rows(10_000));
    const issue = await readAndMeanwhile(path, () => chmodSync(path, 0o600));
    expect(issue).toBeUndefined();
  });
});

describe('things in a folder that are no files', () => {
  const issueOf = async (path: string): Promise<string | undefined> => {
    const issue = await readAndMeanwhile(path, () => undefined);
    return issue?.message;
  };

  it('names a folder that is called like a file', async () => {
    mkdirSync(join(folder, 'accounts.csv'));
    writeFileSync(join(folder, 'customers.txt'), 'Acme\n');
    expect(await issueOf(join(folder, 'accounts.csv'))).toContain('is a folder');
    const found = await detectSources(folder);
    expect(found.ok && found.value.ignored).toEqual([
      { file: 'accounts.csv', reason: 'is a folder, although it is named like a file' },
    ]);
  });

  it('follows a link to a file and ignores one that leads back to itself', async () => {
    writeFileSync(join(folder, 'list'), 'Acme\n');
    symlinkSync(join(folder, 'list'), join(folder, 'customers.txt'));
    symlinkSync(join(folder, 'loop.csv'), join(folder, 'loop.csv'));
    symlinkSync(folder, join(folder, 'again'));
    expect(await issueOf(join(folder, 'loop.csv'))).toContain('leads back to itself');
    const found = await detectSources(folder);
    expect(found.ok && found.value.plans.map((plan) => plan.files.map(({ name }) => name))).toEqual([
      ['customers.txt'],
    ]);
    expect(found.ok && found.value.ignored.map(({ file }) => file).sort()).toEqual([
      'again',
      'list',
      'loop.csv',
    ]);
  });

  it('does not wait for a pipe', async () => {
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 't.csv')]);
    expect(await issueOf(join(folder, 't.csv'))).toContain('is no ordinary file');
  });

  it('names a file that is not there', async () => {
    expect(await issueOf(join(folder, 't.csv'))).toContain('does not exist');
    const missing = await detectSources(join(folder, 'nowhere'));
    expect(!missing.ok && missing.issues[0]?.message).toContain('does not exist');
    const planned = planMapped(join(folder, 'nowhere'), mappingOf(dealsMapping));
    expect(!planned.ok && planned.issues[0]?.message).toContain('does not exist');
  });

  // The superuser may read everything.
  it.skipIf(process.getuid?.() === 0)('names a file that may not be read', async () => {
    writeFileSync(join(folder, 't.csv'), rows(1), { mode: 0 });
    expect(await issueOf(join(folder, 't.csv'))).toContain('may not be read by this user');
  });
});
