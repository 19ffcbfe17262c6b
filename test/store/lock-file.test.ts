import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, type FolderLock, type LockOptions } from '../../src/store/embedded/lock-file.ts';
import { thisProcess } from '../../src/store/embedded/process-identity.ts';
import { StoreLockedError } from '../../src/store/errors.ts';
import type { StoreEvent } from '../../src/store/store-event.ts';

describe('the lock of a data folder', () => {
  let folder: string;
  let file: string;
  const held: FolderLock[] = [];
  const events: StoreEvent[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'heed-test-'));
    file = join(folder, 'postgres.lock');
    events.length = 0;
  });
  afterEach(() => {
    for (const lock of held.splice(0)) lock.release();
    rmSync(folder, { recursive: true, force: true });
  });

  async function acquire(overrides: Partial<LockOptions> = {}): Promise<FolderLock> {
    const lock = await acquireLock({
      file,
      folder,
      socketFolder: undefined,
      onEvent: (event) => events.push(event),
      onLost: () => undefined,
      ...overrides,
    });
    held.push(lock);
    return lock;
  }

  /** A lock file as another process would have written it. */
  function writeLock(holder: Partial<ReturnType<typeof thisProcess>>, ageSeconds = 0): void {
    const content = { id: 'other', holder: { ...thisProcess(), ...holder }, since: '', socketFolder: null };
    writeFileSync(file, JSON.stringify(content));
    const at = new Date(Date.now() - ageSeconds * 1000);
    utimesSync(file, at, at);
  }

  it('is free again after its release', async () => {
    const first = await acquire();
    await expect(acquire()).rejects.toBeInstanceOf(StoreLockedError);
    first.release();
    await acquire();
    expect(events).toEqual([]);
  });

  it('is refused while its holder lives, and names it', async () => {
    writeLock({ pid: process.ppid, startedTicks: null });
    await expect(acquire()).rejects.toMatchObject({ pid: process.ppid, host: hostname() });
  });

  it('is taken over from a dead process', async () => {
    // Above the largest process id of any system we run on (PID_MAX_LIMIT is 2^22).
    writeLock({ pid: 2 ** 22 + 1 });
    await acquire();
    expect(events).toEqual([{ kind: 'stale-lock-taken-over', file, pid: 2 ** 22 + 1 }]);
  });

  it.runIf(process.platform === 'linux')(
    'is taken over when its process id belongs to a new process',
    async () => {
      writeLock({ startedTicks: 1 });
      await acquire();
      expect(events.map(({ kind }) => kind)).toEqual(['stale-lock-taken-over']);
    },
  );

  it('of another machine is taken over once its heartbeat is old', async () => {
    writeLock({ host: 'elsewhere' }, 60);
    await acquire();
    expect(events.map(({ kind }) => kind)).toEqual(['stale-lock-taken-over']);
  });

  it('of another container is waited for while its heartbeat is young', async () => {
    writeLock({ place: 'another boot, another container' }, 0);
    await acquire({ silenceMs: 600 });
    expect(events.map(({ kind }) => kind)).toEqual(['waiting-for-lock', 'stale-lock-taken-over']);
  });

  it('of another machine is refused when its heart beats', async () => {
    writeLock({ host: 'elsewhere', pid: 77 }, 1);
    const beat = setTimeout(() => utimesSync(file, new Date(), new Date()), 300);
    await expect(acquire({ silenceMs: 60_000 })).rejects.toThrow(/process 77 on elsewhere/);
    clearTimeout(beat);
  });

  it('that is not readable counts by its age', async () => {
    writeFileSync(file, 'half a li');
    utimesSync(file, new Date(0), new Date(0));
    await acquire();
    expect(events.map(({ kind }) => kind)).toEqual(['stale-lock-taken-over']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ holder: { pid: process.pid } });
  });

  it('goes to exactly one of many that find it stale', async () => {
    writeLock({ pid: 2 ** 22 + 1 });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => acquire()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('leaves a lock alone that another has taken meanwhile', async () => {
    const mine = await acquire();
    writeLock({ host: 'elsewhere' });
    mine.release();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ id: 'other' });
  });
});
