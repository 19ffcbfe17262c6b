import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { importSources, recoverSyncRuns } from '../../src/jobs/sync-sources.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { copyTestHome } from '../support/store.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const rows = 25_000;
const mapping = `
version: 1
source: killed
files:
  - file: t.csv
    entities:
      - entity: ticket
        id: id
        fields: { subject: subject, status: { constant: open }, openedAt: at }
`;

function csv(subject: string, count: number): string {
  const lines = Array.from({ length: count }, (_, index) => `${index},${subject} ${index},2026-01-01T10:00Z`);
  return ['id,subject,at', ...lines].join('\n');
}

const spoolFolder = (home: string): string => join(home, 'spool');

/** Starts an import in a process of its own and kills it as soon as it says the word. */
async function killAt(word: string, home: string, folder: string): Promise<void> {
  const child: ChildProcess = spawn(
    process.execPath,
    [packagePath('test', 'jobs', 'import-until-killed.mjs'), home, folder, join(folder, 'm.yml')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  let said = '';
  child.stdout?.on('data', (data: Buffer) => {
    said += data.toString('utf8');
    if (said.includes(word)) child.kill('SIGKILL');
  });
  const [, signal] = (await exited) as [number | null, string | null];
  expect([said.includes(word), signal]).toEqual([true, 'SIGKILL']);
}

it.each(['reading 0', 'storing 25000'])(
  'keeps the previous data and starts again after a kill while %s',
  async (word) => {
    const home = await copyTestHome();
    const folder = mkdtempSync(join(tmpdir(), 'heed-killed-'));
    folders.push(home, folder);
    writeFileSync(join(folder, 'm.yml'), mapping);
    const withStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
      const store = await openStore({ home });
      try {
        return await work(store);
      } finally {
        await store.close();
      }
    };
    const importAll = (store: Store) =>
      importSources(
        { store, clock: systemClock, spoolFolder: spoolFolder(home) },
        { path: folder, mapping: join(folder, 'm.yml') },
      );

    writeFileSync(join(folder, 't.csv'), csv('before', 50));
    await withStore(importAll);
    writeFileSync(join(folder, 't.csv'), csv('after', rows));
    await killAt(word, home, folder);

    await withStore(async (store) => {
      const subjects = await store.db.selectFrom('ticket').select('subject').execute();
      expect(subjects).toHaveLength(50);
      expect(subjects.every(({ subject }) => subject?.startsWith('before'))).toBe(true);
      expect(
        await recoverSyncRuns({ store, clock: systemClock, spoolFolder: spoolFolder(home) }),
      ).toHaveLength(1);
      const states = await store.db.selectFrom('sync_run').select('state').orderBy('started_at').execute();
      expect(states.map(({ state }) => state)).toEqual(['done', 'failed']);
      expect(readdirSync(spoolFolder(home))).toEqual([]);
      expect(await importAll(store)).toMatchObject({ ok: true, stored: rows, unchanged: 0 });
    });
  },
  120_000,
);
