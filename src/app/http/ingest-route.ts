import type { IncomingMessage } from 'node:http';
import type { IngestOutcome, IngestRequest } from '../../jobs/ingest-events.ts';
import { entityOfKind, ingestKinds } from '../../sources/webhook/kinds.ts';
import { type BodyFormat, bodyFormatOf, parseBody } from '../../sources/webhook/parse-body.ts';
import {
  type IngestSecrets,
  type Verified,
  verifySignature,
} from '../../sources/webhook/verify-signature.ts';
import { sqlState } from '../../store/errors.ts';
import type { TouchedIds } from '../../store/ingest-store.ts';
import type { Clock } from '../../toolkit/clock.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import { upperFirst } from '../../toolkit/letter-case.ts';
import type { Log } from '../../toolkit/log.ts';
import { nearest } from '../../toolkit/nearest.ts';
import type { HttpRequest, HttpRoute } from '../http-server.ts';
import { errorAnswer, type HttpAnswer } from './http-answer.ts';
import { createRateLimit } from './rate-limit.ts';
import { readBody } from './read-body.ts';

export interface IngestRouteDeps {
  readonly secrets: IngestSecrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly ingest: (request: IngestRequest) => Promise<IngestOutcome>;
  /** Told of what was stored as soon as it is; not waited for. */
  readonly onStored: (stored: { source: string; key: string; touched: TouchedIds }) => void;
  /** Per source; default 100 a second, 200 at once. */
  readonly rate?: { readonly perSecond: number; readonly burst: number };
  /** Requests in hand at once; default 32. */
  readonly atOnce?: number;
}

export const bodyLimitBytes = 1_048_576;

/** `POST /ingest/v1/<kind>`: checks, in the order in which they cost least, then stores, then answers. */
export function ingestRoute(deps: IngestRouteDeps): HttpRoute {
  const limit = createRateLimit(deps.rate ?? { perSecond: 100, burst: 200 });
  const running = new Set<string>();
  let inHand = 0;
  return {
    path: '/ingest/v1/',
    methods: ['POST'],
    answer: async (request) => {
      const format = formatOf(request.message);
      if (format === null) return wrongType;
      if (inHand >= (deps.atOnce ?? 32)) return busy;
      inHand += 1;
      try {
        return await answerIn(deps, request, format, { limit, running });
      } finally {
        inHand -= 1;
      }
    },
  };
}

async function answerIn(
  deps: IngestRouteDeps,
  { rest, query, message }: HttpRequest,
  format: BodyFormat,
  { limit, running }: { limit: ReturnType<typeof createRateLimit>; running: Set<string> },
): Promise<HttpAnswer | null> {
  const read = await readBody(message, bodyLimitBytes);
  if (read.kind === 'gone') return null;
  if (read.kind === 'too-large') return tooLarge;
  const verified = verifySignature(signedParts(message, read.bytes), deps.secrets, deps.clock.now());
  if (verified.kind !== 'signed') {
    deps.log.warn({ why: verified.kind }, 'an event was not taken: its signature is not right');
    return notSigned(verified);
  }
  const { source, signature } = verified;
  const waitSeconds = limit.take(source, performance.now());
  if (waitSeconds > 0) return tooMany(waitSeconds);
  const entity = entityOfKind(rest);
  if (entity === null) return unknownKind(rest);
  const key = headerOf(message, 'idempotency-key');
  if (key === null || !/^[\x21-\x7e]{16,255}$/.test(key)) return noKey;
  const partial = query.get('partial') ?? 'refuse';
  if (partial !== 'allow' && partial !== 'refuse') return wrongPartial;
  const parsed = parseBody(read.bytes, format);
  if (parsed.kind === 'unreadable')
    return errorAnswer(400, 'unreadable-body', sentence(parsed.reason), parsed.whatToDo);
  const name = `${source}/${key}`;
  if (running.has(name)) return stillRunning;
  running.add(name);
  try {
    const outcome = await deps.ingest({
      source,
      entity,
      key,
      signature,
      body: read.bytes,
      items: parsed.items,
      partial,
    });
    if (outcome.kind === 'stored' && outcome.touched !== null)
      deps.onStored({ source, key, touched: outcome.touched });
    deps.log.info({ source, entity, items: parsed.items.length, outcome: outcome.kind }, 'events came in');
    return answerOf(outcome);
  } catch (error) {
    deps.log.error({ error, source, entity }, 'events could not be stored');
    return failed(error);
  } finally {
    running.delete(name);
  }
}

function answerOf(outcome: IngestOutcome): HttpAnswer {
  switch (outcome.kind) {
    case 'stored':
      return { status: outcome.status, body: outcome.answer };
    case 'replayed':
      return { status: outcome.status, body: outcome.answer, headers: { 'idempotent-replayed': 'true' } };
    case 'refused': {
      const error = {
        code: 'items-refused',
        message: 'Nothing was stored, because items are not right; "errors" says which and why.',
        what_to_do: 'Correct them and send the request again, or add ?partial=allow to store the good ones.',
      };
      return { status: 422, body: JSON.stringify({ error, ...(JSON.parse(outcome.answer) as object) }) };
    }
    case 'key-of-another':
      return errorAnswer(
        409,
        'idempotency-key-used',
        'This Idempotency-Key was used for another request.',
        'Use a new key for every request, and the same key only to send the same request again.',
      );
    case 'signature-of-another':
      return errorAnswer(
        409,
        'signature-used',
        'This signed request was taken already under another Idempotency-Key.',
        'Sign every request anew with the time of sending.',
      );
    default:
      return exhaustive(outcome);
  }
}

/** A value that the database refuses will be refused again; everything else passes. */
function failed(error: unknown): HttpAnswer {
  const state = sqlState(error) ?? '';
  return /^2[23]/.test(state) && state !== '23505'
    ? errorAnswer(
        500,
        'not-storable',
        'The items could not be stored.',
        'Report it with the time of sending.',
      )
    : errorAnswer(
        503,
        'try-again',
        'The items could not be stored just now.',
        'Send the same request with the same Idempotency-Key again; it is stored once.',
        { 'retry-after': '5' },
      );
}

function signedParts(message: IncomingMessage, body: Buffer) {
  return {
    source: headerOf(message, 'x-heed-source'),
    timestamp: headerOf(message, 'x-heed-timestamp'),
    signature: headerOf(message, 'x-heed-signature'),
    body,
  };
}

function headerOf(message: IncomingMessage, name: string): string | null {
  const value = message.headers[name];
  return typeof value === 'string' ? value : null;
}

function formatOf(message: IncomingMessage): BodyFormat | null {
  const encoding = headerOf(message, 'content-encoding') ?? 'identity';
  return encoding === 'identity' ? bodyFormatOf(headerOf(message, 'content-type')) : null;
}

const sentence = (reason: string): string => `${upperFirst(reason)}.`;

const wrongType = errorAnswer(
  415,
  'unsupported-type',
  'The body must be JSON or NDJSON in UTF-8, not compressed.',
  'Set Content-Type: application/json, or application/x-ndjson for one item a line.',
);
const tooLarge = errorAnswer(
  413,
  'body-too-large',
  `The body is larger than ${bodyLimitBytes} bytes.`,
  'Send fewer items in one request.',
);
const busy = errorAnswer(503, 'busy', 'Too many requests are in hand.', 'Send it again in a moment.', {
  'retry-after': '1',
});
const noKey = errorAnswer(
  400,
  'idempotency-key-missing',
  'The header Idempotency-Key is missing, or is not 16 to 255 printable characters.',
  'Send a new random key, for example a UUID, with every request, and the same one when you repeat it.',
);
const wrongPartial = errorAnswer(
  400,
  'invalid-option',
  'The option "partial" is neither allow nor refuse.',
  'Leave it out to store all items or none.',
);
const stillRunning = errorAnswer(
  409,
  'still-running',
  'A request with this Idempotency-Key is being handled.',
  'Send it again in a moment to get its answer.',
  { 'retry-after': '1' },
);

const tooMany = (seconds: number): HttpAnswer =>
  errorAnswer(
    429,
    'too-many-requests',
    'This source sends too many requests.',
    'Send more items in one request.',
    {
      'retry-after': String(seconds),
    },
  );

function unknownKind(kind: string): HttpAnswer {
  const meant = nearest(kind.slice(0, 60), ingestKinds, 3);
  const hint = meant.length === 0 ? '' : ` Did you mean ${meant.join(', ')}?`;
  return errorAnswer(404, 'unknown-kind', 'There is no such kind of record.', `Check the path.${hint}`);
}

function notSigned(verified: Exclude<Verified, { kind: 'signed' }>): HttpAnswer {
  switch (verified.kind) {
    case 'unsigned':
      return errorAnswer(
        401,
        'not-signed',
        `The header ${verified.header} is missing or malformed.`,
        'Sign the request with X-Heed-Source, X-Heed-Timestamp and X-Heed-Signature.',
      );
    case 'wrong':
      return errorAnswer(
        401,
        'wrong-signature',
        'The signature does not fit.',
        'Sign v1:<timestamp>:<body> with the secret of the source, over the bytes that are sent.',
      );
    case 'stale':
      return errorAnswer(
        401,
        'stale-signature',
        'The timestamp is more than five minutes off.',
        'Sign at the time of sending, and check the clock of the sender.',
      );
    default:
      return exhaustive(verified);
  }
}
