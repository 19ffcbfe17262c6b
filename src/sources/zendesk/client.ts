import type { Clock } from '../../toolkit/clock.ts';
import { UserError } from '../../toolkit/issue.ts';
import type { ConnectorEvent, ZendeskSettings } from '../connector.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface ZendeskOptions {
  readonly clock?: Clock;
  /** Waits, or rejects when the signal is aborted. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Requests to incremental exports in a minute: Zendesk allows 10, with the High Volume add-on 30. */
  readonly incrementalPerMinute?: number;
  /** Tries of one request while Zendesk is unavailable. */
  readonly attempts?: number;
  readonly requestTimeoutMilliseconds?: number;
}

/** What a request that is no user's mistake may come back with. */
export type ZendeskAnswer =
  | { readonly kind: 'body'; readonly body: JsonObject }
  /** The account has no such thing, for example satisfaction ratings that are switched off. */
  | { readonly kind: 'absent'; readonly status: number }
  /** The cursor or start time is refused. */
  | { readonly kind: 'refused'; readonly detail: string };

export interface Call {
  readonly path: string;
  readonly isIncremental: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ConnectorEvent) => void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** When Zendesk limits the rate and does not say for how long. */
const UNTOLD_PAUSE_MS = 60_000;

/** Sends requests one at a time, within the rates that Zendesk allows, and waits out what passes by itself. */
export class ZendeskClient {
  private readonly origin: string;
  private readonly authorization: string;
  private readonly clock: Clock;
  private readonly options: ZendeskOptions;
  /** When the last incremental requests were sent. */
  private incremental: number[] = [];

  constructor(settings: ZendeskSettings, clock: Clock, options: ZendeskOptions) {
    const url = new URL(settings.baseUrl);
    const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere))
      throw setting('HEED_ZENDESK_URL', 'must begin with https://: the API token travels with every request');
    this.origin = url.origin;
    this.authorization = `Basic ${Buffer.from(`${settings.email}/token:${settings.apiToken}`).toString('base64')}`;
    this.clock = clock;
    this.options = options;
  }

  /**
   * @throws UserError when the credentials or the address are refused
   * @throws Error when Zendesk stays unavailable
   */
  async get(call: Call): Promise<ZendeskAnswer> {
    const attempts = this.options.attempts ?? 8;
    for (let attempt = 1; ; attempt += 1) {
      if (call.isIncremental) await this.keepPace(call);
      const outcome = await this.send(call);
      if (outcome.kind !== 'later') return outcome;
      if (outcome.reason === 'unavailable' && attempt >= attempts)
        throw new Error(`Zendesk did not answer ${attempts} times: ${outcome.detail}`);
      const grown = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
      await this.wait(outcome.reason, outcome.milliseconds ?? grown, call);
    }
  }

  private async send({ path, signal }: Call): Promise<Outcome> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.origin}${path}`, {
        headers: { authorization: this.authorization, accept: 'application/json' },
        // A redirect would carry the token to wherever it leads.
        redirect: 'manual',
        signal: AbortSignal.any([
          signal,
          AbortSignal.timeout(this.options.requestTimeoutMilliseconds ?? 60_000),
        ]),
      });
      text = await response.text();
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'later', reason: 'unavailable', milliseconds: null, detail: messageOf(error) };
    }
    return this.judge(response, text);
  }

  private judge(response: Response, text: string): Outcome {
    const { status } = response;
    const told = retryAfter(response);
    if (status >= 300 && status < 400)
      throw setting('HEED_ZENDESK_URL', 'leads somewhere else; write the address that it leads to');
    if (status === 429) {
      return { kind: 'later', reason: 'rate-limit', milliseconds: told ?? UNTOLD_PAUSE_MS, detail: '429' };
    }
    if (status === 401)
      throw setting(
        'HEED_ZENDESK_API_TOKEN',
        'or HEED_ZENDESK_EMAIL is refused by Zendesk (401); make a new token in the Admin Center and check that token access is on',
      );
    if (status === 403)
      throw setting(
        'HEED_ZENDESK_EMAIL',
        'is an agent without the right to read exports (403); use the token of an administrator',
      );
    if (status === 404 && !text.includes('{'))
      throw setting(
        'HEED_ZENDESK_URL',
        'names no Zendesk account (404); write https://<subdomain>.zendesk.com',
      );
    if (status === 404) return { kind: 'absent', status };
    if (status === 400 || status === 422) return { kind: 'refused', detail: text.slice(0, 300) };
    if (status >= 500)
      return { kind: 'later', reason: 'unavailable', milliseconds: told, detail: `status ${status}` };
    const body = parseObject(text);
    if (status !== 200 || body === null)
      return {
        kind: 'later',
        reason: 'unavailable',
        milliseconds: null,
        detail: `status ${status}, no JSON object`,
      };
    return { kind: 'body', body };
  }

  /** Incremental exports have a limit of their own, far below that of the account. */
  private async keepPace(call: Call): Promise<void> {
    const most = this.options.incrementalPerMinute ?? 10;
    for (;;) {
      const now = this.clock.now().getTime();
      this.incremental = this.incremental.filter((at) => now - at < 60_000);
      const oldest = this.incremental[0];
      if (this.incremental.length < most || oldest === undefined) break;
      await this.wait('rate-limit', oldest + 60_000 - now, call);
    }
    this.incremental.push(this.clock.now().getTime());
  }

  private async wait(reason: 'rate-limit' | 'unavailable', milliseconds: number, call: Call): Promise<void> {
    call.onEvent({ kind: 'waiting', reason, milliseconds });
    await (this.options.sleep ?? sleep)(milliseconds, call.signal);
  }
}

type Outcome =
  | ZendeskAnswer
  | {
      readonly kind: 'later';
      readonly reason: 'rate-limit' | 'unavailable';
      readonly milliseconds: number | null;
      readonly detail: string;
    };

const setting = (path: string, message: string): UserError =>
  new UserError([{ code: 'zendesk-setting', path, message }]);

/** Seconds, or a date. */
function retryAfter(response: Response): number | null {
  const value = response.headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(seconds, 0) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(at - Date.now(), 0);
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(new Error('stopped while waiting'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
