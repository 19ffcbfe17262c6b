/** An answer of Salesforce as it came over the wire. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What an answer means for whoever asked. */
export type Meaning =
  | { readonly kind: 'done' }
  /** The session is over or the token was never good (`INVALID_SESSION_ID`). */
  | { readonly kind: 'session-expired'; readonly message: string }
  /** Ask again later: after that time where Salesforce says it. */
  | {
      readonly kind: 'wait';
      readonly reason: 'rate-limit' | 'unavailable';
      readonly retryAfterMilliseconds: number | null;
      readonly message: string;
    }
  /** The calls of the last 24 hours are used up. */
  | { readonly kind: 'no-calls-left'; readonly message: string }
  /** The address is not that of an org's API. */
  | { readonly kind: 'wrong-address'; readonly message: string }
  /** It says no to this request: the caller may know why (`INVALID_TYPE`, `INVALID_QUERY_LOCATOR`). */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/**
 * Reads status, headers and error body (REST API Developer Guide, "Status Codes and Error Responses"; OAuth errors of
 * the token endpoint have `error` and `error_description`).
 *
 * @param now for a Retry-After that is a date
 */
export function meaningOf(answer: Answer, now: Date): Meaning {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'done' };
  const { code, message } = errorOf(answer);
  if (status >= 300 && status < 400) {
    return { kind: 'wrong-address', message: `redirects to ${hostOf(answer.headers['location'])}` };
  }
  if (status === 401) return { kind: 'session-expired', message };
  const later = { kind: 'wait', retryAfterMilliseconds: retryAfter(answer, now), message } as const;
  if (code === 'REQUEST_LIMIT_EXCEEDED') {
    // The same code stands for the calls of a day and for too many long ones at once; the second passes by itself.
    return /concurrent/i.test(message)
      ? { ...later, reason: 'rate-limit' }
      : { kind: 'no-calls-left', message };
  }
  if (status === 420 || status === 429) return { ...later, reason: 'rate-limit' };
  if (status === 408 || status >= 500) return { ...later, reason: 'unavailable' };
  if (code === 'UNABLE_TO_LOCK_ROW') return { ...later, reason: 'unavailable' };
  return { kind: 'refused', code, message };
}

function errorOf(answer: Answer): { readonly code: string; readonly message: string } {
  const parsed = parseJson(answer.body);
  const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  const say = (key: string): string | null => {
    const value = isRecord(first) ? first[key] : null;
    return typeof value === 'string' ? value : null;
  };
  const code = say('errorCode') ?? say('error') ?? `HTTP_${answer.status}`;
  const message = say('message') ?? say('error_description') ?? `answered with status ${answer.status}`;
  return { code, message: message.slice(0, 500) };
}

/** @returns undefined for what is no JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const hostOf = (location: string | undefined): string =>
  location !== undefined && URL.canParse(location) ? new URL(location).host : 'another page';

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter({ headers }: Answer, now: Date): number | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
