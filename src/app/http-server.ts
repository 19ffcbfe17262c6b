/**
 * Door of HTTP. In: a table of routes. Out: a server that answers every request with JSON, or ends the connection of
 * whoever takes too long. It never logs a body or a header.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Log } from '../toolkit/log.ts';
import { errorAnswer, type HttpAnswer, jsonHeaders } from './http/http-answer.ts';

export interface HttpRoute {
  /** Begin of the path; the rest is handed to `answer`. Without a slash at its end: the whole path. */
  readonly path: string;
  readonly methods: readonly string[];
  /** Null: the sender is gone, or has been answered. */
  readonly answer: (request: HttpRequest) => Promise<HttpAnswer | null>;
}

export interface HttpRequest {
  /** What comes after the route's path. */
  readonly rest: string;
  readonly query: URLSearchParams;
  readonly message: IncomingMessage;
}

export interface HttpOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly routes: readonly HttpRoute[];
  readonly log: Log;
  /** A request that is not complete by then is ended; default 15. */
  readonly requestSeconds?: number;
}

export interface HttpServer {
  /** `http://127.0.0.1:8088` */
  readonly url: string;
  /** Takes no more requests, lets those in hand end. */
  stop(): Promise<void>;
}

const MOST_CONNECTIONS = 256;
const DRAIN_MS = 5_000;

/** @throws the system's error when the port cannot be had */
export async function startHttpServer(options: HttpOptions): Promise<HttpServer> {
  const requestMs = (options.requestSeconds ?? 15) * 1000;
  const server = createServer(
    {
      // Whoever sends a header or a body drop by drop holds a connection no longer than this.
      headersTimeout: Math.min(requestMs, 10_000),
      requestTimeout: requestMs,
      connectionsCheckingInterval: Math.min(requestMs, 2_000),
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => void handle(options, request, response),
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.on('clientError', answerBroken);
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { url: `http://${host}:${port}`, stop: () => stop(server) };
}

function listen(server: Server, { host, port }: HttpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

async function stop(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(timer);
}

async function handle(
  options: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let answer: HttpAnswer | null;
  try {
    answer = await routed(options.routes, request);
  } catch (error) {
    options.log.error({ error }, 'a request could not be answered');
    answer = errorAnswer(500, 'internal', 'Something went wrong here.', 'Try again later.');
  }
  if (answer === null || response.destroyed) {
    request.socket.destroy();
    return;
  }
  // A body that was not read to its end would be taken for the next request.
  const isOver = request.complete ? {} : { connection: 'close' };
  response.writeHead(answer.status, {
    ...jsonHeaders,
    'content-length': Buffer.byteLength(answer.body),
    ...answer.headers,
    ...isOver,
  });
  response.end(request.method === 'HEAD' ? undefined : answer.body, () => {
    if (!request.complete) request.socket.destroySoon();
  });
}

async function routed(routes: readonly HttpRoute[], message: IncomingMessage): Promise<HttpAnswer | null> {
  const [path = '', search = ''] = (message.url ?? '').split('?', 2);
  const route = routes.find((one) =>
    one.path.endsWith('/') ? path.startsWith(one.path) : path === one.path,
  );
  if (route === undefined)
    return errorAnswer(404, 'not-found', 'There is nothing at this address.', 'Check the path.');
  if (!route.methods.includes(message.method ?? '')) {
    const allow = route.methods.join(', ');
    const whatToDo = `Use ${allow}.`;
    return errorAnswer(405, 'method-not-allowed', 'This address does not take that method.', whatToDo, {
      allow,
    });
  }
  const rest = path.slice(route.path.length);
  return route.answer({ rest, query: new URLSearchParams(search), message });
}

/** What is no request at all, or came too slowly, never reaches a route. */
function answerBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const answer = brokenAnswer(error.code);
  const reason = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' };
  const head = [
    `HTTP/1.1 ${answer.status} ${reason[answer.status as keyof typeof reason]}`,
    'connection: close',
    `content-length: ${Buffer.byteLength(answer.body)}`,
    ...Object.entries(jsonHeaders).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${answer.body}`);
}

function brokenAnswer(code: string | undefined): HttpAnswer {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return errorAnswer(408, 'too-slow', 'The request did not arrive in time.', 'Send it again in one go.');
    case 'HPE_HEADER_OVERFLOW':
      return errorAnswer(431, 'headers-too-large', 'The headers are too large.', 'Send fewer headers.');
    default:
      return errorAnswer(400, 'bad-request', 'This is not an HTTP request.', 'Check what the sender writes.');
  }
}
