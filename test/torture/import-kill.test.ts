import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { importSources, recoverSyncRuns } from '../../src/jobs/sync-sources.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { checksums } from '../support/checksum.ts';
import { copyTestHome } from '../support/store.ts';

const KILLS = 40;
const TICKETS = 30_000;

const mapping = `
version: 1
source: killed
files:
  - file: accounts.csv
    entities:
      - entity: account
        id: id
        fields: { name: name, arr: arr }
  - file: tickets.csv
    entities:
      - entity: ticket
        id: id
        fields: { subject: subject, accountId: { ref: account, column: account }, status: { constant: open }, openedAt: at }
      - entity: ticket_event
        id: id
        fields: { ticketId: { ref: ticket, column: id }, kind: { constant: created }, at: at }
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Files of one state of the source; another state changes every row and adds some. */
function filesOf(word: string, tickets: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-import-kill-'));
  folders.push(folder);
  const accounts = Array.from(
    { length: 500 },
    (_, index) => `A${index},${word} customer ${index},${index}00`,
  );
  const lines = Array.from(
    { length: tickets },
    (_, index) => `${index},"${word} ""subject"" ${index}",A${index % 500},2026-01-01T10:00Z`,
  );
  writeFileSync(join(folder, 'm.yml'), mapping);
  writeFileSync(join(folder, 'accounts.csv'), `${['id,name,arr', ...accounts].join('\n')}\n`);
  writeFileSync(join(folder, 'tickets.csv'), `${['id,subject,account,at', ...lines].join('\n')}\n`);
  return folder;
}

async function withStore<T>(home: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ home });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const importAll = (store: Store, home: string, folder: string) =>
  importSources(
    { store, clock: systemClock, spoolFolder: join(home, 'spool') },
    { path: folder, mapping: join(folder, 'm.yml') },
  );

/** @returns whether the import ended before it could be killed */
async function killAfter(milliseconds: number, home: string, folder: string): Promise<boolean> {
  const child = spawn(
    process.execPath,
    [packagePath('test', 'jobs', 'import-until-killed.mjs'), home, folder, join(folder, 'm.yml')],
    { stdio: 'ignore' },
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  clearTimeout(timer);
  return signal === null;
}

describe('kill -9 of an import', () => {
  it(`leaves the state before or the state after, and ends as an undisturbed one (${KILLS} kills)`, async () => {
    const before = filesOf('before', 1_000);
    const after = filesOf('after', TICKETS);
    const undisturbed = await copyTestHome();
    const home = await copyTestHome();
    folders.push(undisturbed, home);
    const begun = await withStore(undisturbed, async (store) => {
      await importAll(store, undisturbed, before);
      return checksums(store);
    });
    const started = performance.now();
    const wanted = await withStore(undisturbed, async (store) => {
      await importAll(store, undisturbed, after);
      return checksums(store);
    });
    const longest = performance.now() - started + 1_500;
    await withStore(home, (store) => importAll(store, home, before));

    let finished = 0;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const wait = Math.random() * longest;
      const hasEnded = await killAfter(wait, home, after);
      const found = await withStore(home, async (store) => {
        await recoverSyncRuns({ store, clock: systemClock, spoolFolder: join(home, 'spool') });
        return checksums(store);
      });
      expect(hasEnded ? [wanted] : [begun, wanted]).toContainEqual(found);
      expect(readdirSync(join(home, 'spool'))).toEqual([]);
      if (JSON.stringify(found) !== JSON.stringify(wanted)) continue;
      finished += 1;
      // Back to where it was, so that the next kill has something to disturb.
      rmSync(home, { recursive: true, force: true });
      const fresh = await copyTestHome();
      renameSync(fresh, home);
      await withStore(home, (store) => importAll(store, home, before));
    }
    process.stderr.write(`  ${KILLS} kills within ${Math.round(longest)} ms, ${finished} after the commit\n`);
    const resumed = await withStore(home, async (store) => {
      const report = await importAll(store, home, after);
      expect(report.ok).toBe(true);
      return checksums(store);
    });
    expect(resumed).toEqual(wanted);
  });
});
