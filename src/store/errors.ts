/** A read-only unit ran past its time limit and was stopped; nothing was changed. */
export class QueryTimeoutError extends Error {
  readonly code = 'query-timeout';
  readonly limitMs: number;
  constructor(limitMs: number, cause?: unknown) {
    super(`the query was stopped after its limit of ${limitMs} ms`, { cause });
    this.name = 'QueryTimeoutError';
    this.limitMs = limitMs;
  }
}

/** The database cannot be reached, or the connection broke before the answer; the statement may be tried again. */
export class StoreUnavailableError extends Error {
  readonly code = 'store-unavailable';
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreUnavailableError';
  }
}

/** The disk of the database is full; writing works again, without a restart, as soon as there is space. */
export class DiskFullError extends Error {
  readonly code = 'disk-full';
  constructor(cause: unknown) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    super(`the disk that holds the database is full; free some space, nothing else is needed (${detail})`, {
      cause,
    });
    this.name = 'DiskFullError';
  }
}

/** Another process has the embedded database open. */
export class StoreLockedError extends Error {
  readonly code = 'store-locked';
  readonly pid: number;
  readonly host: string;
  constructor(folder: string, pid: number, host: string) {
    const holder = pid === process.pid ? 'this process' : `process ${pid} on ${host}`;
    super(
      `${folder} is already open in ${holder}; stop that one first, or choose another folder with HEED_HOME`,
    );
    this.name = 'StoreLockedError';
    this.pid = pid;
    this.host = host;
  }
}

/** The connection broke after COMMIT was sent: the transaction may or may not have been kept. */
export class CommitUnknownError extends Error {
  readonly code = 'commit-unknown';
  constructor(cause: unknown) {
    super('the connection broke while committing; the changes may or may not have been kept', { cause });
    this.name = 'CommitUnknownError';
  }
}

/** A statement of the transaction had failed, its error was swallowed, and COMMIT therefore rolled everything back. */
export class TransactionAbortedError extends Error {
  readonly code = 'transaction-aborted';
  constructor() {
    super('COMMIT rolled back: an earlier statement of this transaction failed and its error was ignored');
    this.name = 'TransactionAbortedError';
  }
}

/** SQLSTATE of an error that came from the database, if it is one. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}

/** 40001 serialization failure, 40P01 deadlock: the server rolled the whole transaction back, so it may run again. */
export function isSerializationFailure(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

/** SQLSTATE classes that end the session: connection exceptions, shutdown, crash, cannot-connect-now, idle limits. */
const LOST_STATES = /^(08...|57P01|57P02|57P03|57P05|25P03)$/;
const LOST_CODES = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'ENOTCONN']);
const LOST_MESSAGES =
  /connection terminated|connection error and is not queryable|client was closed|timeout exceeded when trying to connect/i;

/** Whether the connection, not the statement, is what failed. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof StoreUnavailableError) return true;
  if (!(error instanceof Error)) return false;
  const state = sqlState(error);
  if (state !== undefined && LOST_STATES.test(state)) return true;
  if ('code' in error && typeof error.code === 'string' && LOST_CODES.has(error.code)) return true;
  return LOST_MESSAGES.test(error.message);
}
