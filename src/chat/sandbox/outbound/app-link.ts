import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../toolkit/clock.ts';
import type { Faults } from '../faults.ts';
import type { Json, JsonObject } from '../json.ts';
import { asString } from '../json.ts';
import type { AppIdentity } from '../options.ts';
import type { Counters } from '../state/counters.ts';
import { newSlackId } from '../state/slack-id.ts';

/** What the workspace has to say to the app. */
export interface OutboundRequest {
  readonly kind: 'events_api' | 'slash_commands' | 'interactive';
  readonly body: JsonObject;
}

export interface Retry {
  readonly attempt: number;
  readonly reason: string;
}

export type Delivery =
  | { readonly kind: 'acknowledged'; readonly response: Json }
  | { readonly kind: 'failed'; readonly reason: 'timeout' | 'http_error' | 'connection_failed' };

/** A way to the app: a web socket that it opened, or its request URL. */
export interface Transport {
  send(request: OutboundRequest, envelopeId: string, retry: Retry | null): Promise<Delivery>;
  /** Whether somebody is there to take it. */
  isReady(): boolean;
}

/** Delivers events with Slack's redelivery, and interactions once. */
export interface AppLink {
  /** Wraps and sends an event; returns its event id at once. Unacknowledged events are sent again up to three times. */
  event(event: JsonObject): string;
  /** Sends a command or an interaction; there is no second attempt. */
  interaction(request: OutboundRequest): Promise<Delivery>;
  /** Sends an event that was sent before once more, with the same event id; the last one by default. */
  repeat(eventId?: string): boolean;
  /** Tries at once what could not be delivered; called when the app connects. */
  wake(): void;
  setTransport(transport: Transport): void;
  close(): void;
}

export interface AppLinkParts {
  readonly app: AppIdentity;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly counters: Counters;
  readonly redeliveryMilliseconds: readonly number[];
}

/** Bodies kept for `repeat`. */
const remembered = 500;

export function createAppLink(parts: AppLinkParts, initial: Transport): AppLink {
  let transport = initial;
  let isClosed = false;
  const timers = new Set<NodeJS.Timeout>();
  const sent = new Map<string, JsonObject>();
  const waiting = new Set<() => void>();

  const later = (milliseconds: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!isClosed) run();
    }, milliseconds);
    timers.add(timer);
  };

  const attempt = async (body: JsonObject, retry: Retry | null): Promise<void> => {
    if (isClosed) return;
    if (!transport.isReady()) {
      // Nobody is connected: keep it for the next connection instead of burning the three attempts.
      waiting.add(() => void attempt(body, retry));
      return;
    }
    const fault = retry === null ? drawEventFault(parts, body) : null;
    if (fault?.kind === 'delay') {
      later(fault.milliseconds, () => void attempt(body, { attempt: 0, reason: '' }));
      return;
    }
    const delivery: Delivery =
      fault?.kind === 'drop-event'
        ? { kind: 'failed', reason: 'timeout' }
        : await transport.send(
            { kind: 'events_api', body },
            randomUUID(),
            retry?.attempt === 0 ? null : retry,
          );
    parts.counters.add(delivery.kind === 'acknowledged' ? 'event.acknowledged' : 'event.failed');
    if (delivery.kind === 'acknowledged') {
      if (fault?.kind === 'repeat-event') redeliver(body, { attempt: 1, reason: 'timeout' });
      return;
    }
    const next = retry?.attempt ?? 0;
    const wait = parts.redeliveryMilliseconds[next];
    if (wait === undefined) return parts.counters.add('event.given-up');
    later(wait, () => redeliver(body, { attempt: next + 1, reason: delivery.reason }));
  };
  const redeliver = (body: JsonObject, retry: Retry): void => {
    parts.counters.add('event.redelivered');
    void attempt(body, retry);
  };

  return {
    event(event) {
      const body = wrapEvent(parts, event);
      const eventId = asString(body['event_id']);
      sent.set(eventId, body);
      if (sent.size > remembered) sent.delete([...sent.keys()][0] ?? '');
      parts.counters.add('event.sent');
      void attempt(body, null);
      return eventId;
    },
    interaction: (request) =>
      transport.isReady()
        ? transport.send(request, randomUUID(), null)
        : Promise.resolve({ kind: 'failed', reason: 'connection_failed' }),
    repeat(eventId) {
      const body = eventId === undefined ? [...sent.values()].at(-1) : sent.get(eventId);
      if (body !== undefined) redeliver(body, { attempt: 1, reason: 'timeout' });
      return body !== undefined;
    },
    wake() {
      const runs = [...waiting];
      waiting.clear();
      for (const run of runs) run();
    },
    setTransport(next) {
      transport = next;
    },
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function drawEventFault(
  parts: AppLinkParts,
  body: JsonObject,
): { kind: string; milliseconds: number } | null {
  const event = body['event'] as JsonObject;
  const [fault] = parts.faults.draw(`event:${asString(event['type'])}`, asString(event['channel']));
  if (fault === undefined) return null;
  parts.counters.add(`fault.${fault.kind}`);
  return { kind: fault.kind, milliseconds: fault.kind === 'delay' ? fault.milliseconds : 0 };
}

function wrapEvent(parts: AppLinkParts, event: JsonObject): JsonObject {
  const { app } = parts;
  return {
    token: app.verificationToken,
    team_id: app.teamId,
    context_team_id: app.teamId,
    api_app_id: app.appId,
    event,
    type: 'event_callback',
    event_id: newSlackId('Ev'),
    event_time: Math.floor(parts.clock.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: app.teamId,
        user_id: app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
