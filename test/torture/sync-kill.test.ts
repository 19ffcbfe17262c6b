import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { fakeCredentials } from '../fakes/salesforce-server.ts';
import { idOf, openLab } from '../sources/salesforce-live.ts';
import { checksums } from '../support/checksum.ts';
import { copyTestHome } from '../support/store.ts';

const KILLS = 40;
const ACCOUNTS = 600;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** @returns what the process said, and whether it ended by itself */
async function syncFor(milliseconds: number, home: string, address: string) {
  const { clientId, clientSecret } = fakeCredentials;
  const child = spawn(
    process.execPath,
    [packagePath('test', 'jobs', 'sync-until-killed.mjs'), home, address, clientId, clientSecret],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString('utf8');
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  clearTimeout(timer);
  return { said, hasEnded: signal === null };
}

async function sumsOf(home: string) {
  const store = await openStore({ home });
  try {
    const { count } = await store.db
      .selectFrom('account')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return { count, sums: await checksums(store, ['sync_cursor', 'job_lease']) };
  } finally {
    await store.close();
  }
}

describe('kill -9 of a sync', () => {
  it(`loses no page and ends as an undisturbed sync (${KILLS} kills)`, async () => {
    const lab = await openLab();
    for (let number = 1; number <= ACCOUNTS; number += 1) {
      lab.server.org.put('Account', {
        Id: idOf('001', number),
        Name: `Customer ${number}`,
        CreatedDate: '2026-01-01T00:00:00.000+0000',
        SystemModstamp: `2026-02-01T00:${String(Math.floor(number / 20)).padStart(2, '0')}:00.000+0000`,
        IsDeleted: number % 50 === 0,
      });
    }
    lab.clock.advance(3_600);
    const undisturbed = await copyTestHome();
    const home = await copyTestHome();
    folders.push(undisturbed, home);
    const started = performance.now();
    const whole = await syncFor(120_000, undisturbed, lab.server.url);
    expect(whole).toMatchObject({ hasEnded: true, said: expect.stringMatching(/^done/) as string });
    const longest = performance.now() - started;
    const wanted = await sumsOf(undisturbed);
    expect(wanted.count).toBe(ACCOUNTS);

    const found: number[] = [];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const { hasEnded } = await syncFor(600 + Math.random() * (longest - 600), home, lab.server.url);
      const now = await sumsOf(home);
      // A page is there with its cursor or not at all, so what is there only grows.
      expect(now.count).toBeGreaterThanOrEqual(found.at(-1) ?? 0);
      expect(now.count % 10).toBe(0);
      found.push(now.count);
      if (now.count < ACCOUNTS && !hasEnded) continue;
      expect(now.sums).toEqual(wanted.sums);
      rmSync(home, { recursive: true, force: true });
      renameSync(await copyTestHome(), home);
      found.push(0);
    }
    process.stderr.write(`  records after each kill: ${found.join(' ')}\n`);
    const last = await syncFor(120_000, home, lab.server.url);
    expect(last.hasEnded).toBe(true);
    expect((await sumsOf(home)).sums).toEqual(wanted.sums);
    await lab.close();
  });
});
