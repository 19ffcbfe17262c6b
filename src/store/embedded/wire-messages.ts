/**
 * The little of the Postgres wire protocol (version 3) that stands between a socket and the embedded engine: cutting
 * the incoming bytes into units that must run without interruption, and the replies the engine does not give itself.
 */

const SSL_REQUEST = 80877103;
const CANCEL_REQUEST = 80877102;
const PROTOCOL_3 = 196608;

/** One thing to do for a connection. */
export type WireUnit =
  | { readonly kind: 'ssl-request' }
  | { readonly kind: 'cancel-request' }
  | { readonly kind: 'startup'; readonly parameters: ReadonlyMap<string, string> }
  | { readonly kind: 'terminate' }
  /** A client wants to send data and waits for leave. */
  | { readonly kind: 'copy-start' }
  /** A simple query, a COPY with all its data, or everything of an extended query up to and including Sync. */
  | { readonly kind: 'statement'; readonly bytes: Uint8Array; readonly isCopy: boolean };

export interface WireReader {
  /** Takes what arrived; returns the units that are complete. */
  push(chunk: Uint8Array): WireUnit[];
}

const QUERY = 'Q'.charCodeAt(0);
const SYNC = 'S'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);
const FUNCTION_CALL = 'F'.charCodeAt(0);
const COPY_DONE = 'c'.charCodeAt(0);
const COPY_FAIL = 'f'.charCodeAt(0);
const COPY_QUERY = /^copy\s.*\sfrom\s+stdin\b/i;

/** Reader of one connection; it remembers where in the conversation it is. */
export function createWireReader(): WireReader {
  const chunks: Uint8Array[] = [];
  let buffered = 0;
  let started = false;
  let pending: Uint8Array[] = [];
  let isCopying = false;

  // Chunks are joined only when the message they belong to is complete, so a large one is copied once.
  function take(length: number): Buffer {
    const all =
      chunks.length === 1 && chunks[0]
        ? Buffer.from(chunks[0].buffer, chunks[0].byteOffset, chunks[0].byteLength)
        : Buffer.concat(chunks);
    chunks.length = 0;
    buffered -= length;
    if (buffered > 0) chunks.push(all.subarray(length));
    return all.subarray(0, length);
  }

  function peek(length: number): Buffer | undefined {
    if (buffered < length) return undefined;
    const first = chunks[0];
    if (first && first.byteLength >= length) return Buffer.from(first.buffer, first.byteOffset, length);
    const all = Buffer.concat(chunks);
    chunks.splice(0, chunks.length, all);
    return all.subarray(0, length);
  }

  function nextBeforeStartup(): WireUnit | undefined {
    const head = peek(8);
    if (!head) return undefined;
    const length = head.readInt32BE(0);
    const code = head.readInt32BE(4);
    if (buffered < length) return undefined;
    const message = take(length);
    if (code === SSL_REQUEST) return { kind: 'ssl-request' };
    if (code === CANCEL_REQUEST) return { kind: 'cancel-request' };
    if (code !== PROTOCOL_3) throw new Error(`unknown protocol ${code}`);
    started = true;
    return { kind: 'startup', parameters: readParameters(message.subarray(8)) };
  }

  function nextMessage(): WireUnit | 'more' | undefined {
    const head = peek(5);
    if (!head) return undefined;
    const length = 1 + head.readInt32BE(1);
    if (buffered < length) return undefined;
    const message = take(length);
    const type = message[0];
    if (type === TERMINATE) return { kind: 'terminate' };
    pending.push(message);
    if (type === QUERY && COPY_QUERY.test(message.subarray(5, 5 + LONGEST_COPY_QUERY).toString('utf8'))) {
      // The engine reads a whole unit without coming back for more, so the data is collected before it runs.
      isCopying = true;
      return { kind: 'copy-start' };
    }
    if (isCopying ? type !== COPY_DONE && type !== COPY_FAIL : !endsUnit(type)) return 'more';
    const statement = { kind: 'statement', bytes: Buffer.concat(pending), isCopy: isCopying } as const;
    pending = [];
    isCopying = false;
    return statement;
  }

  return {
    push(chunk) {
      chunks.push(chunk);
      buffered += chunk.byteLength;
      const units: WireUnit[] = [];
      for (;;) {
        const next = started ? nextMessage() : nextBeforeStartup();
        if (next === undefined) return units;
        if (next !== 'more') units.push(next);
      }
    },
  };
}

const LONGEST_COPY_QUERY = 10_000;

const endsUnit = (type: number | undefined): boolean =>
  type === QUERY || type === SYNC || type === FUNCTION_CALL;

function readParameters(bytes: Buffer): Map<string, string> {
  const words = bytes.toString('utf8').split('\0');
  const parameters = new Map<string, string>();
  for (let at = 0; at + 1 < words.length; at += 2) {
    const name = words[at];
    if (name) parameters.set(name, words[at + 1] ?? '');
  }
  return parameters;
}

/** Answer to a startup message: authenticated, the parameters clients look at, ready. */
export function startupReply(serverVersion: string): Buffer {
  const parameters: readonly (readonly [string, string])[] = [
    ['server_version', serverVersion],
    ['server_encoding', 'UTF8'],
    ['client_encoding', 'UTF8'],
    ['DateStyle', 'ISO, MDY'],
    ['TimeZone', 'UTC'],
    ['integer_datetimes', 'on'],
    ['standard_conforming_strings', 'on'],
  ];
  return Buffer.concat([
    frame('R', Buffer.from([0, 0, 0, 0])),
    ...parameters.map(([name, value]) => frame('S', Buffer.from(`${name}\0${value}\0`))),
    frame('K', Buffer.alloc(8)),
    frame('Z', Buffer.from('I')),
  ]);
}

/** Leave to send the data of a COPY, in the text format. Clients look at nothing else in it. */
export const copyInReply = (): Buffer => frame('G', Buffer.from([0, 0, 0]));

const COPY_IN = 'G'.charCodeAt(0);

/** Takes the engine's own leave to send data out of an answer: the client has had ours. */
export function withoutCopyIn(answer: Uint8Array): Uint8Array {
  if (answer[0] !== COPY_IN) return answer;
  const length = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength).readInt32BE(1);
  return answer.subarray(1 + length);
}

/** An error that ends the connection. */
export function fatalReply(sqlState: string, message: string): Buffer {
  return frame('E', Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0M${message}\0\0`));
}

function frame(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.byteLength + 4, 1);
  return Buffer.concat([head, body]);
}
