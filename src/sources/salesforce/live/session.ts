import type { Connection } from 'jsforce';
import { z } from 'zod';
import type { SalesforceSettings } from '../../connector.ts';
import { type Answer, parseJson } from './read-answer.ts';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** From the root of the host: `/services/data/v62.0/…`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

type Transport = Connection['_transport'];

const tokenBody = z.object({ access_token: z.string().min(1) });

/**
 * One connection of jsforce, used for one request at a time without its own habits: it repeats requests by itself
 * (which would hide rate limits), follows redirects with the token in the header, and renews sessions without end.
 * Here every request goes out once, and its answer comes back as it was, whatever its status.
 */
export class Session {
  private readonly settings: SalesforceSettings;
  private readonly timeoutMilliseconds: number;
  private connection: Connection | undefined;

  constructor(settings: SalesforceSettings, timeoutMilliseconds: number) {
    this.settings = settings;
    this.timeoutMilliseconds = timeoutMilliseconds;
  }

  get isOpen(): boolean {
    return this.connection !== undefined;
  }

  /** API calls of the last 24 hours, as the last answer counted them (`Sforce-Limit-Info`). */
  get usage(): { readonly used: number; readonly limit: number } | null {
    return this.connection?.limitInfo.apiUsage ?? null;
  }

  /** Forgets the token. */
  close(): void {
    this.connection = undefined;
  }

  /** @returns null when the session is open, else the answer that refused it */
  async open(signal: AbortSignal): Promise<Answer | null> {
    const { auth, instanceUrl, apiVersion } = this.settings;
    // Loaded when it is needed: most verbs never talk to Salesforce.
    const { Connection, OAuth2 } = await import('jsforce');
    const connect = (accessToken: string): Connection =>
      new Connection({ instanceUrl, version: apiVersion, accessToken });
    if (auth.kind === 'access-token') {
      this.connection = connect(auth.accessToken);
      return null;
    }
    const { clientId, clientSecret } = auth;
    const oauth = new OAuth2({ loginUrl: instanceUrl, clientId, clientSecret });
    const watched = this.watch(oauth._transport);
    oauth._transport = watched.transport;
    const answer = await this.answerOf(
      watched,
      oauth.requestToken({ grant_type: 'client_credentials' }),
      signal,
    );
    const token = tokenBody.safeParse(parseJson(answer.body));
    if (answer.status !== 200 || !token.success) return answer;
    this.connection = connect(token.data.access_token);
    return null;
  }

  /** @throws Error when there is no answer: no connection, a cut one, or none in time */
  async send(request: Request, signal: AbortSignal): Promise<Answer> {
    const connection = this.connection;
    if (connection === undefined) throw new Error('the session is not open');
    const watched = this.watch(connection._transport);
    const { method, path, headers, body } = request;
    const sent = connection.request<string>(
      {
        method,
        url: path,
        ...(headers ? { headers: { ...headers } } : {}),
        ...(body === undefined ? {} : { body }),
      },
      // Bodies are parsed here: jsforce would hold a whole CSV as objects.
      { transport: watched.transport, responseType: 'text/plain' },
    );
    return this.answerOf(watched, sent, signal);
  }

  /** A transport of jsforce that sends once, follows nothing, and shows what came back. */
  private watch(inner: Transport): Watched {
    const watched: { transport: Transport; answer: Answer | undefined } = {
      transport: inner,
      answer: undefined,
    };
    const once = {
      retry: { maxRetries: 0 },
      followRedirect: false,
      timeout: this.timeoutMilliseconds,
    } as const;
    const httpRequest: Transport['httpRequest'] = (request, options) => {
      const promise = inner.httpRequest(request, { ...options, ...once });
      promise.then(
        ({ statusCode, headers, body }) => {
          watched.answer = { status: statusCode, headers, body };
        },
        () => undefined,
      );
      return promise;
    };
    watched.transport = Object.assign(Object.create(inner) as Transport, { httpRequest });
    return watched;
  }

  /**
   * The answer wins over what jsforce makes of it. A body that breaks off never ends for jsforce, so the time is
   * limited here once more, up to the last byte.
   */
  private async answerOf(watched: Watched, sent: Promise<unknown>, signal: AbortSignal): Promise<Answer> {
    let stop: () => void = () => undefined;
    const ended = new Promise<never>((_resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no whole answer within ${this.timeoutMilliseconds} ms`)),
        this.timeoutMilliseconds,
      );
      const onAbort = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', onAbort, { once: true });
      stop = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      };
    });
    try {
      await Promise.race([sent, ended]);
    } catch (error) {
      if (watched.answer === undefined || signal.aborted) throw error;
    } finally {
      stop();
      sent.catch(() => undefined);
    }
    if (watched.answer === undefined) throw new Error('no answer');
    return watched.answer;
  }
}

interface Watched {
  readonly transport: Transport;
  readonly answer: Answer | undefined;
}
