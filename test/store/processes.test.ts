import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import type { StoreEvent } from '../../src/store/store-event.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { copyTestHome } from '../support/store.ts';

interface Child {
  readonly process: ChildProcess;
  readonly lines: string[];
  /** The next line that begins so. */
  until(start: string): Promise<string>;
  kill(): Promise<void>;
}

describe('an embedded store and its processes', () => {
  const homes: string[] = [];
  const children: Child[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) await child.kill();
    for (const home of homes.splice(0)) {
      removeSocketFolder(home);
      rmSync(home, { recursive: true, force: true });
    }
  });

  /** A killed process leaves it, and here nobody comes after it to take the lock over. */
  function removeSocketFolder(home: string): void {
    const file = join(home, 'postgres.lock');
    if (!existsSync(file)) return;
    const { socketFolder } = JSON.parse(readFileSync(file, 'utf8')) as { socketFolder: string };
    rmSync(socketFolder, { recursive: true, force: true });
  }

  function emptyHome(): string {
    const home = mkdtempSync(join(tmpdir(), 'heed-test-'));
    homes.push(home);
    return home;
  }

  async function migratedHome(): Promise<string> {
    const home = await copyTestHome();
    homes.push(home);
    return home;
  }

  function start(verb: 'hold' | 'commit', home: string): Child {
    const script = packagePath('test', 'support', 'store-child.mjs');
    const child = spawn(process.execPath, [script, verb, home], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: string[] = [];
    const news = new EventEmitter();
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      news.emit('news');
    });
    const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
    let hasExited = false;
    void exited.then(() => {
      hasExited = true;
      news.emit('news');
    });
    const started: Child = {
      process: child,
      lines,
      async until(text) {
        for (let seen = 0; ; ) {
          for (; seen < lines.length; seen += 1) if (lines[seen]!.startsWith(text)) return lines[seen]!;
          if (hasExited) throw new Error(`the process ended without "${text}": ${lines.join(' | ')}`);
          await once(news, 'news');
        }
      },
      async kill() {
        child.kill('SIGKILL');
        await exited;
      },
    };
    children.push(started);
    return started;
  }

  const acknowledged = (child: Child) =>
    child.lines.filter((line) => line.startsWith('ack ')).map((line) => line.slice(4));

  it('loses no acknowledged row and tears no transaction over 3 kills', { timeout: 180_000 }, async () => {
    const home = await migratedHome();
    const acked: string[] = [];
    for (let kill = 0; kill < 3; kill += 1) {
      const child = start('commit', home);
      await child.until('ack ');
      await new Promise((resolve) => setTimeout(resolve, (kill * 133) % 400));
      await child.kill();
      acked.push(...acknowledged(child));
    }
    const store = await openStore({ home });
    const rows = await store.db.selectFrom('audit_log').select(['action', 'subject']).execute();
    await store.close();
    const firsts = new Set(rows.filter(({ action }) => action === 'first').map(({ subject }) => subject));
    const seconds = new Set(rows.filter(({ action }) => action === 'second').map(({ subject }) => subject));
    expect(acked.length).toBeGreaterThanOrEqual(3);
    expect(acked.filter((id) => !firsts.has(id))).toEqual([]);
    expect(seconds).toEqual(firsts);
  });

  it('refuses a second process with the process id of the first, until that is gone', async () => {
    const home = await migratedHome();
    const first = start('hold', home);
    await first.until('ready');
    const refused = JSON.parse((await start('hold', home).until('error ')).slice(6)) as Record<
      string,
      unknown
    >;
    expect(refused['name']).toBe('StoreLockedError');
    expect(refused['pid']).toBe(first.process.pid);
    expect(refused['message']).toContain(`is already open in process ${first.process.pid} on `);
    await expect(openStore({ home })).rejects.toMatchObject({ code: 'store-locked', pid: first.process.pid });
    await first.kill();
    const events: StoreEvent[] = [];
    const store = await openStore({ home, onEvent: (event) => events.push(event) });
    expect(events).toContainEqual({
      kind: 'stale-lock-taken-over',
      file: join(home, 'postgres.lock'),
      pid: first.process.pid,
    });
    await store.close();
    expect(existsSync(join(home, 'postgres.lock'))).toBe(false);
  });

  it('removes the socket folder that a killed process left behind', async () => {
    const home = await migratedHome();
    const child = start('hold', home);
    await child.until('ready');
    const lock = JSON.parse(readFileSync(join(home, 'postgres.lock'), 'utf8')) as { socketFolder: string };
    await child.kill();
    expect(existsSync(lock.socketFolder)).toBe(true);
    const store = await openStore({ home });
    expect(existsSync(lock.socketFolder)).toBe(false);
    await store.close();
  });

  it('opens for exactly one of several processes that start at once on a stale lock', {
    timeout: 60_000,
  }, async () => {
    const home = await migratedHome();
    const dead = start('hold', home);
    await dead.until('ready');
    await dead.kill();
    const racers = Array.from({ length: 4 }, () => start('hold', home));
    const outcomes = await Promise.all(
      racers.map((racer) => Promise.any([racer.until('ready'), racer.until('error ')])),
    );
    expect(outcomes.filter((line) => line === 'ready')).toHaveLength(1);
    expect(outcomes.filter((line) => line.includes('StoreLockedError'))).toHaveLength(3);
  });

  it('starts afresh after being killed during the first init', { timeout: 120_000 }, async () => {
    const home = emptyHome();
    for (const delay of [200, 1_200]) {
      const child = start('hold', home);
      await new Promise((resolve) => setTimeout(resolve, delay));
      await child.kill();
    }
    const store = await openStore({ home });
    expect((await migrateUp(store)).applied.length).toBeGreaterThanOrEqual(10);
    await store.close();
    expect(readdirSync(home)).toEqual(['postgres']);
  });
});
