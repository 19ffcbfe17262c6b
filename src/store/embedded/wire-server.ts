import { createServer, type Server, type Socket } from 'node:net';
import { createAnswerScanner } from './answer-scanner.ts';
import {
  copyInReply,
  createWireReader,
  fatalReply,
  startupReply,
  type WireUnit,
  withoutCopyIn,
} from './wire-messages.ts';

/** The one session behind all connections. */
export interface WireBackend {
  readonly serverVersion: string;
  /** Runs one complete unit and hands every piece of the answer to `onData`. Throws only when the engine is broken. */
  run(bytes: Uint8Array, onData: (bytes: Uint8Array) => void): Promise<void>;
  isInTransaction(): boolean;
}

export interface WireServerOptions {
  readonly backend: WireBackend;
  /** Database name a client must give; it is the password of the loopback port on Windows. */
  readonly secret: string;
  /** A transaction that does nothing for this long while others wait is ended (SQLSTATE 25P03). */
  readonly idleInTransactionMs: number;
  /** The engine itself broke: nothing more can be answered. */
  readonly onBroken: (error: unknown) => void;
}

type Statement = Pick<Extract<WireUnit, { kind: 'statement' }>, 'bytes' | 'isCopy'>;

interface Connection {
  readonly socket: Socket;
  readonly waiting: Statement[];
  /** Its startup message named the secret. */
  accepted: boolean;
  closed: boolean;
}

const ROLLBACK: Statement = {
  bytes: Buffer.concat([Buffer.from('Q'), Buffer.from([0, 0, 0, 13]), Buffer.from('ROLLBACK\0')]),
  isCopy: false,
};

/**
 * Lets several connections share the embedded engine, which has a single session. A connection owns the session from
 * its first message until the engine is outside a transaction again, so neither transactions nor the parts of one
 * extended query ever mix; the others wait in order of arrival.
 */
export function createWireServer(options: WireServerOptions): Server {
  const { backend } = options;
  const queue: Connection[] = [];
  let owner: Connection | undefined;
  let busy = false;
  let idleTimer: NodeJS.Timeout | undefined;

  async function drain(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      for (let next = nextTurn(); next; next = nextTurn()) await runTurn(next.connection, next.statement);
    } catch (error) {
      options.onBroken(error);
      return;
    }
    busy = false;
    watchIdleOwner();
  }

  function nextTurn(): { connection: Connection; statement: Statement } | undefined {
    if (owner) {
      // Its client went away in the middle of a transaction.
      if (owner.closed) return { connection: owner, statement: ROLLBACK };
      const statement = owner.waiting.shift();
      return statement && { connection: owner, statement };
    }
    for (let connection = queue.shift(); connection; connection = queue.shift()) {
      const statement = connection.closed ? undefined : connection.waiting.shift();
      if (statement) return { connection, statement };
    }
    return undefined;
  }

  async function runTurn(connection: Connection, { bytes, isCopy }: Statement): Promise<void> {
    owner = connection;
    const scanner = createAnswerScanner();
    let isFirst = true;
    await backend.run(bytes, (data) => {
      scanner.push(data);
      const answer = isCopy && isFirst ? withoutCopyIn(data) : data;
      isFirst = false;
      if (!connection.closed) connection.socket.write(Buffer.from(answer));
    });
    const verdict = scanner.verdict();
    if (verdict !== 'complete') throw new Error(`the engine's answer was ${verdict}`);
    if (backend.isInTransaction()) return;
    owner = undefined;
    if (connection.waiting.length > 0 && !connection.closed) queue.push(connection);
  }

  function watchIdleOwner(): void {
    clearTimeout(idleTimer);
    const idle = owner;
    if (!idle || queue.length === 0) return;
    idleTimer = setTimeout(() => {
      if (owner !== idle || busy) return;
      idle.socket.end(fatalReply('25P03', 'terminating connection due to idle-in-transaction timeout'));
      close(idle);
    }, options.idleInTransactionMs);
  }

  function close(connection: Connection): void {
    connection.closed = true;
    void drain();
  }

  function handle(connection: Connection, unit: WireUnit): void {
    switch (unit.kind) {
      case 'ssl-request':
        connection.socket.write('N');
        return;
      case 'startup':
        if (unit.parameters.get('database') === options.secret) {
          connection.accepted = true;
          connection.socket.write(startupReply(backend.serverVersion));
        } else {
          connection.socket.end(fatalReply('28000', 'this database belongs to another process'));
        }
        return;
      case 'copy-start':
        if (connection.accepted) connection.socket.write(copyInReply());
        return;
      case 'statement':
        if (!connection.accepted) return;
        connection.waiting.push(unit);
        if (owner !== connection && !queue.includes(connection)) queue.push(connection);
        void drain();
        return;
      case 'cancel-request':
      case 'terminate':
        connection.socket.end();
        return;
    }
  }

  return createServer((socket) => {
    const connection: Connection = { socket, waiting: [], accepted: false, closed: false };
    const reader = createWireReader();
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      for (const unit of reader.push(chunk)) handle(connection, unit);
    });
    socket.on('error', () => close(connection));
    socket.on('close', () => close(connection));
  });
}
