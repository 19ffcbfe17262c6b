import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultAction } from '../faults.ts';
import { send, sendJson } from './reply.ts';

/** Whether the call is handled, and how its answer is spoiled. */
export type Course =
  /** The fault has answered (or will never answer); the call must not take effect. */
  { readonly kind: 'over' } | { readonly kind: 'handle'; readonly spoil: FaultAction | null };

/** Plays the part of the drawn faults that comes before handling. */
export async function beforeHandling(
  faults: readonly FaultAction[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Course> {
  for (const fault of faults) {
    switch (fault.kind) {
      case 'delay':
        await wait(fault.milliseconds);
        break;
      case 'rate-limited':
        sendJson(
          response,
          429,
          { ok: false, error: 'ratelimited' },
          fault.retryAfterSeconds === null ? {} : { 'Retry-After': String(fault.retryAfterSeconds) },
        );
        return { kind: 'over' };
      case 'server-error-before':
        send(response, fault.status ?? 503, 'text/plain', 'upstream is unavailable');
        return { kind: 'over' };
      case 'drop-before':
        request.socket.destroy();
        return { kind: 'over' };
      case 'hang-before':
        return { kind: 'over' };
      case 'html':
        send(response, 200, 'text/html', '<!doctype html><title>Maintenance</title><h1>Be right back</h1>');
        return { kind: 'over' };
      case 'error':
        sendJson(response, 200, { ok: false, error: fault.code });
        return { kind: 'over' };
      case 'server-error-after':
      case 'cut-after':
      case 'truncate-after':
      case 'hang-after':
        return { kind: 'handle', spoil: fault };
      case 'drop-event':
      case 'repeat-event':
        break;
    }
  }
  return { kind: 'handle', spoil: null };
}

/**
 * Spoils the answer of a call that took effect.
 *
 * @returns whether the answer was dealt with
 */
export function spoilAnswer(
  fault: FaultAction | null,
  request: IncomingMessage,
  response: ServerResponse,
  body: unknown,
): boolean {
  switch (fault?.kind) {
    case 'server-error-after':
      send(response, fault.status ?? 500, 'text/plain', 'internal error');
      return true;
    case 'cut-after':
      request.socket.destroy();
      return true;
    case 'truncate-after': {
      const text = JSON.stringify(body);
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
      });
      response.write(text.slice(0, Math.floor(text.length / 2)), () => request.socket.destroy());
      return true;
    }
    case 'hang-after':
      return true;
    default:
      return false;
  }
}
