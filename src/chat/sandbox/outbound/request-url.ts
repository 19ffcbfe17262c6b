import { createHmac, randomUUID } from 'node:crypto';
import type { Clock } from '../../../toolkit/clock.ts';
import type { Json } from '../json.ts';
import { asObject, parseJson } from '../json.ts';
import type { AppIdentity } from '../options.ts';
import type { Delivery, OutboundRequest, Retry, Transport } from './app-link.ts';

export interface RequestUrlParts {
  readonly app: AppIdentity;
  readonly clock: Clock;
  readonly url: string;
  readonly acknowledgeMilliseconds: number;
}

/** Delivers over HTTP: events as JSON, commands as a form, interactions as a form with one `payload` field; all signed. */
export function createRequestUrlTransport(parts: RequestUrlParts): Transport {
  return {
    isReady: () => true,
    async send(request, _envelopeId, retry): Promise<Delivery> {
      const { contentType, body } = encode(request);
      try {
        const response = await fetch(parts.url, {
          method: 'POST',
          headers: {
            'Content-Type': contentType,
            ...signature(parts, body),
            ...retryHeaders(retry),
          },
          body,
          redirect: 'error',
          signal: AbortSignal.timeout(parts.acknowledgeMilliseconds),
        });
        const text = await response.text();
        if (!response.ok) return { kind: 'failed', reason: 'http_error' };
        return { kind: 'acknowledged', response: text === '' ? null : (parseJson(text) ?? text) };
      } catch (error) {
        const timedOut = error instanceof Error && error.name === 'TimeoutError';
        return { kind: 'failed', reason: timedOut ? 'timeout' : 'connection_failed' };
      }
    },
  };
}

/** Slack's handshake with a new request URL: it must answer with the challenge. */
export async function verifyRequestUrl(parts: RequestUrlParts): Promise<boolean> {
  const challenge = randomUUID();
  const delivery = await createRequestUrlTransport(parts).send(
    {
      kind: 'events_api',
      body: { token: parts.app.verificationToken, challenge, type: 'url_verification' },
    },
    '',
    null,
  );
  if (delivery.kind === 'failed') return false;
  return delivery.response === challenge || asObject(delivery.response)['challenge'] === challenge;
}

function encode(request: OutboundRequest): { readonly contentType: string; readonly body: string } {
  const form = 'application/x-www-form-urlencoded';
  switch (request.kind) {
    case 'events_api':
      return { contentType: 'application/json', body: JSON.stringify(request.body) };
    case 'slash_commands':
      return { contentType: form, body: new URLSearchParams(toStrings(request.body)).toString() };
    case 'interactive':
      return {
        contentType: form,
        body: new URLSearchParams({ payload: JSON.stringify(request.body) }).toString(),
      };
  }
}

function toStrings(body: Readonly<Record<string, Json | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

/** `v0=` and the HMAC-SHA-256 of `v0:<timestamp>:<body>` under the signing secret. */
function signature(parts: RequestUrlParts, body: string): Record<string, string> {
  const timestamp = String(Math.floor(parts.clock.now().getTime() / 1000));
  const digest = createHmac('sha256', parts.app.signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  return { 'X-Slack-Request-Timestamp': timestamp, 'X-Slack-Signature': `v0=${digest}` };
}

function retryHeaders(retry: Retry | null): Record<string, string> {
  if (retry === null) return {};
  const reason = retry.reason === 'timeout' ? 'http_timeout' : retry.reason;
  return { 'X-Slack-Retry-Num': String(retry.attempt), 'X-Slack-Retry-Reason': reason };
}
