import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPerson } from '../../src/access/privacy/find-person.ts';
import { beginErasure, finishErasures } from '../../src/jobs/erase-person.ts';
import { openStore, type Store, sql } from '../../src/store/database.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { copyTestHome } from '../support/store.ts';
import { plantEverywhere, planted, spellings, tablesWith } from './planted-world.ts';

export interface EraseKillResult {
  readonly kills: number;
  /** Steps in which a process was killed. */
  readonly killedAt: readonly string[];
  /** Erasures that ended after kills. */
  readonly finished: number;
  /** Of those, how many left the database as an undisturbed one does. */
  readonly same: number;
  readonly leftOvers: readonly string[];
}

/**
 * Erases the same person again and again, in processes that are killed at random moments.
 *
 * @param share of the time of an undisturbed erasure after which a process is killed at the latest
 */
export async function runEraseKills(
  kills: number,
  share: number,
  random: () => number = Math.random,
): Promise<EraseKillResult> {
  const begun = await beginOnce();
  const homes = [begun];
  try {
    const calm = copyOf(begun, homes);
    const { duration, expected } = await inStore(calm, async (store) => {
      const started = Date.now();
      await finishErasures(depsOf(store, calm));
      return { duration: Date.now() - started, expected: await checksum(store) };
    });
    const killedAt: string[] = [];
    let [finished, same] = [0, 0];
    const leftOvers: string[] = [];
    let home = copyOf(begun, homes);
    let hits = 0;
    while (killedAt.length < kills || hits > 0) {
      const isLast = killedAt.length >= kills;
      const at = await killAfter(home, isLast ? null : random() * duration * share);
      if (at !== null) {
        killedAt.push(at);
        hits += 1;
        continue;
      }
      if (hits > 0) {
        finished += 1;
        await inStore(home, async (store) => {
          same += (await checksum(store)) === expected ? 1 : 0;
          leftOvers.push(...(await tablesWith(store, spellings)));
        });
      }
      hits = 0;
      home = copyOf(begun, homes);
    }
    return { kills: killedAt.length, killedAt: [...new Set(killedAt)].sort(), finished, same, leftOvers };
  } finally {
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  }
}

const depsOf = (store: Store, home: string) => ({ store, clock: systemClock, home, by: 'a test' });

/** A home with the person everywhere and an erasure that was opened and has done nothing yet. */
async function beginOnce(): Promise<string> {
  const home = await copyTestHome();
  mkdirSync(join(home, 'charts'));
  writeFileSync(join(home, 'charts', 'a.png'), 'png');
  writeFileSync(join(home, 'heed.log'), `asked by ${planted.name}\n`.repeat(1_000));
  await inStore(home, async (store) => {
    await plantEverywhere(store);
    const found = await findPerson(store.db, planted.email, 'Erased person 0a1b2c3d');
    if (!found.ok) throw new Error(JSON.stringify(found.issues));
    await beginErasure(depsOf(store, home), found.value);
  });
  return home;
}

function copyOf(home: string, homes: string[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'heed-erase-'));
  cpSync(home, copy, { recursive: true });
  homes.push(copy);
  return copy;
}

async function inStore<T>(home: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ home, durability: 'process' });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** @returns the step in which the process was killed; null when it was faster, or nobody killed it */
async function killAfter(home: string, milliseconds: number | null): Promise<string | null> {
  const child = spawn(process.execPath, [packagePath('test', 'privacy', 'erase-until-killed.mjs'), home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let said = '';
  let timer: NodeJS.Timeout | undefined;
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString('utf8');
    if (milliseconds !== null) timer ??= setTimeout(() => child.kill('SIGKILL'), milliseconds);
  });
  const [code, signal] = (await exited) as [number | null, string | null];
  clearTimeout(timer);
  if (signal === 'SIGKILL' && !said.includes('finished'))
    return said.trim().split('\n').at(-1)?.split(' ')[0] ?? '';
  if (code !== 0 && signal !== 'SIGKILL')
    throw new Error(`the erasure failed (exit ${code ?? 'by signal'}): ${said}`);
  return null;
}

/** Every row of every table, without the moments at which things were done and ids that are drawn then. */
async function checksum(store: Store): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1`.execute(store.db);
  const sums: string[] = [];
  for (const { name } of rows) {
    const leaveOut: Record<string, readonly string[]> = {
      outbox: ['updated_at', 'not_before'],
      inbox: ['handled_at'],
      erasure: ['finished_at'],
      audit_log: ['id', 'at', 'seq', 'salt', 'contents_hash', 'previous_hash', 'hash'],
      audit_head: ['last_seq', 'last_hash'],
    };
    const result = await sql<{ sum: string }>`
      select coalesce(md5(string_agg(row, ',' order by row)), '') || count(*) as sum from (
        select ((to_jsonb(t) - ${[...(leaveOut[name] ?? [])]}::text[]) #- '{counts,files}' #- '{detail,files}' #- '{detail,contents}')::text as row
        from ${sql.table(name)} t) as all_rows`.execute(store.db);
    sums.push(`${name} ${result.rows[0]?.sum ?? ''}`);
  }
  return sums.join('\n');
}
