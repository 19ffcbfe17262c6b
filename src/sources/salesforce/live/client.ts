import type { Clock } from '../../../toolkit/clock.ts';
import { exhaustive } from '../../../toolkit/exhaustive.ts';
import { UserError } from '../../../toolkit/issue.ts';
import type { ConnectorEvent, SalesforceSettings } from '../../connector.ts';
import {
  callsUsedUp,
  loginRefused,
  RefusedRequest,
  rightsMissing,
  sessionRefused,
  tokenRefused,
  wrongAddress,
} from './errors.ts';
import type { Knobs } from './options.ts';
import { type Answer, type Meaning, meaningOf } from './read-answer.ts';
import { type Request, Session } from './session.ts';

/** For whom a request is made. */
export interface Caller {
  readonly signal: AbortSignal;
  readonly onEvent: (event: ConnectorEvent) => void;
}

/** After this time without calls the count of the last 24 hours is asked for again. */
const PAUSE_MINUTES = 15;

/**
 * Sends requests to one org: logs in, renews the session once, waits out rate limits and short outages, and stops
 * before the org's calls of the day are used up.
 */
export class SalesforceClient {
  /** `/services/data/v62.0` */
  readonly root: string;
  private readonly settings: SalesforceSettings;
  private readonly knobs: Knobs;
  private readonly session: Session;
  private pausedUntil = 0;
  /** What to add to our clock to have Salesforce's. */
  private skewMilliseconds = 0;

  constructor(settings: SalesforceSettings, knobs: Knobs) {
    this.settings = settings;
    this.knobs = knobs;
    this.root = `/services/data/v${settings.apiVersion}`;
    this.session = new Session(settings, knobs.requestTimeoutMilliseconds);
  }

  /** Time of Salesforce, by the `Date` of its last answer: rows are stamped by its clock, not by ours. */
  get serverClock(): Clock {
    return { now: () => new Date(this.knobs.clock.now().getTime() + this.skewMilliseconds) };
  }

  /**
   * @returns an answer with a status below 300
   * @throws RefusedRequest when Salesforce says no to this very request
   * @throws UserError for what the user has to mend, and when the calls of the day are used up
   */
  async send(request: Request, caller: Caller): Promise<Answer> {
    this.checkBudget();
    let hasRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      caller.signal.throwIfAborted();
      const meaning = await this.attempt(request, caller);
      switch (meaning.kind) {
        case 'done':
          return meaning.answer;
        case 'session-expired':
          if (this.settings.auth.kind === 'access-token') throw tokenRefused(meaning.message);
          if (hasRenewed) throw sessionRefused(meaning.message);
          hasRenewed = true;
          this.session.close();
          break;
        case 'wait':
          await this.wait(meaning, attempt, caller);
          break;
        case 'no-calls-left':
          throw this.pause(null);
        case 'wrong-address':
          throw wrongAddress(this.settings.instanceUrl, meaning.message);
        case 'refused':
          if (/^API_(DISABLED|CURRENTLY_DISABLED)/.test(meaning.code)) {
            throw rightsMissing('anything through the API', meaning.message);
          }
          // Salesforce names the reason of a refusal; a bare status comes from something else.
          if (meaning.code.startsWith('HTTP_'))
            throw wrongAddress(this.settings.instanceUrl, meaning.message);
          throw new RefusedRequest(meaning.code, meaning.message);
        default:
          exhaustive(meaning);
      }
    }
  }

  private async attempt(request: Request, caller: Caller): Promise<Outcome> {
    try {
      if (!this.session.isOpen) {
        const refusal = await this.session.open(caller.signal);
        if (refusal !== null) return this.loginMeaning(refusal);
      }
      const answer = await this.session.send(request, caller.signal);
      this.observe(answer, request);
      const meaning = meaningOf(answer, this.knobs.clock.now());
      return meaning.kind === 'done' ? { kind: 'done', answer } : meaning;
    } catch (error) {
      caller.signal.throwIfAborted();
      return noAnswer(error, this.settings.instanceUrl);
    }
  }

  private loginMeaning(answer: Answer): Outcome {
    this.observe(answer, { method: 'POST', path: '/services/oauth2/token' });
    const meaning = meaningOf(answer, this.knobs.clock.now());
    switch (meaning.kind) {
      case 'refused':
        if (/^HTTP_/.test(meaning.code)) return { kind: 'wrong-address', message: meaning.message };
        throw loginRefused(meaning.code, meaning.message);
      case 'session-expired':
        throw loginRefused('401', meaning.message);
      case 'done':
        return { kind: 'wrong-address', message: 'answers a login without a token' };
      case 'wait':
      case 'no-calls-left':
      case 'wrong-address':
        return meaning;
      default:
        return exhaustive(meaning);
    }
  }

  private observe(answer: Answer, { method, path }: Request): void {
    const serverTime = Date.parse(answer.headers['date'] ?? '');
    if (!Number.isNaN(serverTime)) this.skewMilliseconds = serverTime - this.knobs.clock.now().getTime();
    this.knobs.onRequest({ method, path, status: answer.status });
  }

  private async wait(
    { reason, retryAfterMilliseconds, message }: Extract<Meaning, { kind: 'wait' }>,
    attempt: number,
    { signal, onEvent }: Caller,
  ): Promise<void> {
    const { attempts, firstWaitMilliseconds, longestWaitMilliseconds, sleep } = this.knobs;
    const milliseconds = retryAfterMilliseconds ?? firstWaitMilliseconds * 2 ** (attempt - 1);
    if (attempt >= attempts || (retryAfterMilliseconds ?? 0) > longestWaitMilliseconds) {
      if (/ENOTFOUND/.test(message)) throw wrongAddress(this.settings.instanceUrl, 'has no such host');
      throw new Error(
        `Salesforce could not be reached in ${attempt} attempts (${message}); the next sync goes on where this one stopped`,
      );
    }
    const bounded = Math.min(milliseconds, longestWaitMilliseconds);
    onEvent({ kind: 'waiting', reason, milliseconds: bounded });
    await sleep(bounded, signal);
  }

  /** The count stands in every answer, so nothing is spent on asking for it. */
  private checkBudget(): void {
    const now = this.knobs.clock.now().getTime();
    if (now < this.pausedUntil) throw this.pause(this.session.usage);
    if (this.pausedUntil !== 0) {
      this.pausedUntil = 0;
      // One call may look whether others are free again.
      return;
    }
    const { usage } = this.session;
    if (usage !== null && usage.used >= usage.limit * this.knobs.apiShare) throw this.pause(usage);
  }

  private pause(usage: Session['usage']): Error {
    const now = this.knobs.clock.now().getTime();
    if (now >= this.pausedUntil) this.pausedUntil = now + PAUSE_MINUTES * 60_000;
    return callsUsedUp(usage, this.knobs.apiShare, new Date(this.pausedUntil));
  }
}

type Outcome = { readonly kind: 'done'; readonly answer: Answer } | Exclude<Meaning, { kind: 'done' }>;

/** No answer came: a certificate is for the user to look at, all else may pass. */
function noAnswer(error: unknown, url: string): Outcome {
  const full = error instanceof Error ? error.message : String(error);
  // The address holds a whole query and helps nobody.
  const message = full.replace(/^request to \S+ failed, reason: /, '');
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (error instanceof UserError) throw error;
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    throw wrongAddress(url, `shows a certificate that is not trusted: ${code}`);
  }
  return { kind: 'wait', reason: 'unavailable', retryAfterMilliseconds: null, message };
}
