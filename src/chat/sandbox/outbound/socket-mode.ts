import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Clock } from '../../../toolkit/clock.ts';
import { asObject, asString, parseJson } from '../json.ts';
import type { AppIdentity } from '../options.ts';
import type { Counters } from '../state/counters.ts';
import { createKeys } from '../state/one-time-keys.ts';
import type { Delivery, OutboundRequest, Retry, Transport } from './app-link.ts';

/** How connections end: announced, cut, or silent (open, but nothing passes: a half-open connection). */
export type DisconnectMode = 'announced' | 'cut' | 'silent';

export interface SocketMode extends Transport {
  /** A ticket for one connection, as `apps.connections.open` hands out. */
  issueTicket(): string;
  /** @returns false when the path or the ticket is not ours */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  disconnect(mode: DisconnectMode, reason?: string): number;
  connections(): number;
  close(): void;
}

export interface SocketModeParts {
  readonly app: AppIdentity;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly acknowledgeMilliseconds: number;
  /** Called when a connection is ready. */
  readonly onConnect: () => void;
}

/** Slack allows ten connections of one app; events go to one of them each, in turn. */
const maxConnections = 10;
const pingMilliseconds = 10_000;

export function createSocketMode(parts: SocketModeParts): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const tickets = createKeys<true>(parts.clock, { seconds: 30, uses: 1, prefix: 'ticket-' });
  const open: WebSocket[] = [];
  const pending = new Map<string, (delivery: Delivery) => void>();
  let turn = 0;
  const unanswered = new WeakSet<WebSocket>();
  const pings = setInterval(() => {
    for (const socket of [...open]) {
      // No pong since the last ping: nobody is there any more.
      if (unanswered.has(socket)) socket.terminate();
      unanswered.add(socket);
      socket.ping();
    }
  }, pingMilliseconds);
  pings.unref();

  const accept = (socket: WebSocket): void => {
    if (open.length >= maxConnections) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      socket.close();
      return;
    }
    open.push(socket);
    parts.counters.add('socket.opened');
    socket.on('close', () => {
      const index = open.indexOf(socket);
      if (index >= 0) open.splice(index, 1);
      parts.counters.add('socket.closed');
    });
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => unanswered.delete(socket));
    socket.on('message', (data: Buffer) => {
      const message = asObject(parseJson(data.toString('utf8')));
      const envelopeId = asString(message['envelope_id']);
      pending.get(envelopeId)?.({ kind: 'acknowledged', response: message['payload'] ?? null });
    });
    socket.send(JSON.stringify(hello(parts.app, open.length)));
    parts.onConnect();
  };

  return {
    issueTicket: () => tickets.issue(true),
    isReady: () => open.length > 0,
    connections: () => open.length,
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://sandbox');
      if (url.pathname !== '/socket-mode') return false;
      if (!tickets.use(url.searchParams.get('ticket') ?? '').ok) return false;
      server.handleUpgrade(request, socket, head, accept);
      return true;
    },
    send(request, envelopeId, retry) {
      const socket = open[turn % Math.max(1, open.length)];
      turn += 1;
      if (socket === undefined) return Promise.resolve({ kind: 'failed', reason: 'connection_failed' });
      return new Promise((resolve) => {
        const settle = (delivery: Delivery): void => {
          clearTimeout(timer);
          pending.delete(envelopeId);
          resolve(delivery);
        };
        const timer = setTimeout(
          () => settle({ kind: 'failed', reason: 'timeout' }),
          parts.acknowledgeMilliseconds,
        );
        pending.set(envelopeId, settle);
        socket.send(JSON.stringify(envelope(request, envelopeId, retry)));
      });
    },
    disconnect(mode, reason = 'refresh_requested') {
      const affected = [...open];
      for (const socket of affected) end(socket, mode, reason);
      // A silent connection stays in the list: Slack too goes on sending into it until it notices.
      if (mode === 'announced') open.length = 0;
      return affected.length;
    },
    close() {
      clearInterval(pings);
      for (const settle of pending.values()) settle({ kind: 'failed', reason: 'connection_failed' });
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function end(socket: WebSocket, mode: DisconnectMode, reason: string): void {
  switch (mode) {
    case 'announced':
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
      return;
    case 'cut':
      socket.terminate();
      return;
    case 'silent':
      socket.pause();
      return;
  }
}

function hello(app: AppIdentity, connections: number): object {
  return {
    type: 'hello',
    num_connections: connections,
    debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
    connection_info: { app_id: app.appId },
  };
}

function envelope(request: OutboundRequest, envelopeId: string, retry: Retry | null): object {
  return {
    envelope_id: envelopeId,
    type: request.kind,
    payload: request.body,
    accepts_response_payload: request.kind !== 'events_api',
    ...(retry === null ? {} : { retry_attempt: retry.attempt, retry_reason: retry.reason }),
  };
}
