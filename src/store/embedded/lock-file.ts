import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { StoreLockedError } from '../errors.ts';
import type { OnStoreEvent } from '../store-event.ts';
import { hasDied, type ProcessIdentity, thisProcess } from './process-identity.ts';

export interface FolderLock {
  release(): void;
}

export interface LockOptions {
  readonly file: string;
  /** What the lock protects, for messages. */
  readonly folder: string;
  /** Temporary folder of the holder; whoever takes over after its death removes it. */
  readonly socketFolder: string | undefined;
  readonly onEvent: OnStoreEvent;
  /** How long a holder that cannot be looked up must be silent to count as dead; default 15 seconds. */
  readonly silenceMs?: number;
  /** Somebody else took the lock over, because this process looked dead: stop writing at once. */
  readonly onLost: () => void;
}

interface LockContent {
  readonly id: string;
  readonly holder: ProcessIdentity;
  readonly since: string;
  readonly socketFolder: string | null;
}

/** The holder touches the file this often … */
const HEARTBEAT_MS = 3_000;
/** … so a holder that cannot be looked up (other machine, other container) counts as dead after this silence. */
const SILENCE_MS = 15_000;
const POLL_MS = 250;
const TAKEOVER_ATTEMPTS = 20;

/**
 * Takes the lock of a data folder. PGlite itself has no lock, and two processes on one folder lose data silently.
 *
 * @throws StoreLockedError with the process id and host of the holder
 */
export async function acquireLock(options: LockOptions): Promise<FolderLock> {
  const own: LockContent = {
    id: randomUUID(),
    holder: thisProcess(),
    since: new Date().toISOString(),
    socketFolder: options.socketFolder ?? null,
  };
  for (let attempt = 0; attempt < TAKEOVER_ATTEMPTS; attempt += 1) {
    if (createFile(options.file, JSON.stringify(own))) return hold(options, own);
    const found = readLock(options.file);
    if (found === undefined) continue;
    if (!(await isDead(found, options))) throw lockedError(found.content, options.folder);
    takeOver(options, found);
  }
  throw lockedError(readLock(options.file)?.content, options.folder);
}

interface FoundLock {
  readonly text: string;
  /** Undefined when the file does not hold a lock of this shape. */
  readonly content: LockContent | undefined;
}

/** Appears with its content or not at all. */
function createFile(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.${randomUUID().slice(0, 8)}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // A file system without hard links: exclusive creation is the next best.
    return createExclusively(file, text);
  } finally {
    rmSync(draft, { force: true });
  }
}

function createExclusively(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function readLock(file: string): FoundLock | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  return { text, content: parseLock(text) };
}

function parseLock(text: string): LockContent | undefined {
  try {
    const value = JSON.parse(text) as Partial<LockContent> | null;
    return typeof value?.id === 'string' && typeof value.holder?.pid === 'number'
      ? (value as LockContent)
      : undefined;
  } catch {
    return undefined;
  }
}

async function isDead(found: FoundLock, options: LockOptions): Promise<boolean> {
  const died = found.content ? hasDied(found.content.holder) : undefined;
  if (died !== undefined) return died;
  // The holder cannot be looked up from here, so its heartbeat decides.
  const silenceMs = options.silenceMs ?? SILENCE_MS;
  const first = heartbeatOf(options.file);
  if (first === undefined) return true;
  if (Date.now() - first < silenceMs) {
    options.onEvent({ kind: 'waiting-for-lock', file: options.file, holder: describeHolder(found.content) });
  }
  while (Date.now() - first < silenceMs) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const latest = heartbeatOf(options.file);
    if (latest === undefined) return true;
    if (latest !== first) return false;
  }
  return true;
}

function heartbeatOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/**
 * Moves the dead holder's file away. Of two processes that do so at once only one moves the file that both had read;
 * a file that turns out to be a newer one is put back.
 */
function takeOver(options: LockOptions, found: FoundLock): void {
  const aside = `${options.file}.stale-${process.pid}`;
  try {
    renameSync(options.file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readFileSync(aside, 'utf8');
  if (moved === found.text) {
    const { content } = found;
    options.onEvent({ kind: 'stale-lock-taken-over', file: options.file, pid: content?.holder.pid ?? 0 });
    if (content?.socketFolder && SOCKET_FOLDER.test(content.socketFolder)) {
      rmSync(content.socketFolder, { recursive: true, force: true });
    }
  } else {
    createExclusively(options.file, moved);
  }
  rmSync(aside, { force: true });
}

/** Only ever remove a folder that mkdtemp made for a socket. */
const SOCKET_FOLDER = /[\\/]heed-[A-Za-z0-9]{6}$/;

function hold(options: LockOptions, own: LockContent): FolderLock {
  const isOurs = () => readLock(options.file)?.content?.id === own.id;
  const timer = setInterval(() => {
    if (isOurs()) {
      const now = new Date();
      utimesSync(options.file, now, now);
      return;
    }
    clearInterval(timer);
    options.onLost();
  }, HEARTBEAT_MS);
  timer.unref();
  return {
    release: () => {
      clearInterval(timer);
      if (isOurs()) rmSync(options.file, { force: true });
    },
  };
}

function lockedError(content: LockContent | undefined, folder: string): StoreLockedError {
  return new StoreLockedError(folder, content?.holder.pid ?? 0, content?.holder.host ?? 'an unknown host');
}

function describeHolder(content: LockContent | undefined): string {
  return content ? `process ${content.holder.pid} on ${content.holder.host}` : 'an unknown process';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
