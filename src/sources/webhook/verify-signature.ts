import { createHmac, timingSafeEqual } from 'node:crypto';

/** Names of sources and the secrets that are valid for each; several at once while a secret is being changed. */
export type IngestSecrets = ReadonlyMap<string, readonly string[]>;

export interface SignedRequest {
  /** `X-Heed-Source`: names the secret, and is the `source` of the records. */
  readonly source: string | null;
  /** `X-Heed-Timestamp`: seconds since 1970. */
  readonly timestamp: string | null;
  /** `X-Heed-Signature`: `v1=<64 hex digits>`; several, separated by commas, while the sender changes its secret. */
  readonly signature: string | null;
  /** The body's bytes as they came. */
  readonly body: Uint8Array;
}

export type Verified =
  /** `signature`: the one that matched, 64 lower-case hex digits. */
  | { readonly kind: 'signed'; readonly source: string; readonly signature: string }
  /** Something of the three headers is missing or malformed, which the sender can see for itself. */
  | { readonly kind: 'unsigned'; readonly header: string }
  /** Unknown source and wrong signature look the same. */
  | { readonly kind: 'wrong' }
  /** Rightly signed, but not now: a clock that is off, or a request that somebody kept. */
  | { readonly kind: 'stale' };

/** How far the sender's clock may be from ours, either way; the window of Slack and Stripe. */
export const toleranceSeconds = 300;
const MOST_SIGNATURES = 4;
/** Signed with when the source is not known, so that the answer takes as long. */
const NOBODY = ['0'.repeat(32)];

/**
 * Checks who sent a body: HMAC-SHA256 with the source's secret over `v1:<timestamp>:<body>`, compared in constant time
 * with every valid secret. Works on bytes; nothing of the body is parsed before.
 */
export function verifySignature(request: SignedRequest, secrets: IngestSecrets, now: Date): Verified {
  const { source, timestamp, body } = request;
  if (source === null || !/^[a-z0-9][a-z0-9._-]{0,62}$/.test(source))
    return { kind: 'unsigned', header: 'X-Heed-Source' };
  if (timestamp === null || !/^\d{9,11}$/.test(timestamp))
    return { kind: 'unsigned', header: 'X-Heed-Timestamp' };
  const given = signaturesIn(request.signature);
  if (given.length === 0) return { kind: 'unsigned', header: 'X-Heed-Signature' };
  const known = secrets.get(source);
  let matched: string | null = null;
  for (const secret of known ?? NOBODY) {
    const expected = digestOf(secret, timestamp, body);
    // Every pair is compared, whichever matched, so that time tells nothing.
    for (const one of given) if (timingSafeEqual(one, expected)) matched = expected.toString('hex');
  }
  if (matched === null || known === undefined) return { kind: 'wrong' };
  const secondsOff = Math.abs(now.getTime() / 1000 - Number(timestamp));
  return secondsOff > toleranceSeconds ? { kind: 'stale' } : { kind: 'signed', source, signature: matched };
}

/** The value of `X-Heed-Signature` for a body. */
export function signBody(secret: string, timestamp: string, body: Uint8Array): string {
  return `v1=${digestOf(secret, timestamp, body).toString('hex')}`;
}

function digestOf(secret: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`v1:${timestamp}:`).update(body).digest();
}

/** Other versions beside `v1` are left out, so that a later one can be sent together with it. */
function signaturesIn(header: string | null): readonly Buffer[] {
  if (header === null || header.length > 1_000) return [];
  return header
    .split(',')
    .slice(0, MOST_SIGNATURES)
    .flatMap((part) => {
      const hex = /^\s*v1=([0-9a-f]{64})\s*$/i.exec(part)?.[1];
      return hex === undefined ? [] : [Buffer.from(hex, 'hex')];
    });
}
