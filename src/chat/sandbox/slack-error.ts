import type { JsonObject } from './json.ts';

/** An `ok: false` answer of the Web API: thrown by handlers, written out by the HTTP edge. */
export class SlackError extends Error {
  /** Slack's word, for example `channel_not_found`. */
  readonly code: string;
  /** Goes to `response_metadata.messages`. */
  readonly messages: readonly string[];
  /** Further top-level fields of the answer, for example `needed` and `provided`. */
  readonly fields: JsonObject;

  constructor(code: string, messages: readonly string[] = [], fields: JsonObject = {}) {
    super(messages.length === 0 ? code : `${code}: ${messages.join('; ')}`);
    this.name = 'SlackError';
    this.code = code;
    this.messages = messages;
    this.fields = fields;
  }

  /** The body of the answer. */
  toAnswer(): JsonObject {
    return {
      ok: false,
      error: this.code,
      ...this.fields,
      ...(this.messages.length > 0 ? { response_metadata: { messages: [...this.messages] } } : {}),
    };
  }
}

/** HTTP 429 with `Retry-After`: the only error that is not a 200. */
export class RateLimitedError extends SlackError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('ratelimited');
    this.name = 'RateLimitedError';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
