import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { SandboxControl } from '../control/control.ts';
import { serveControl } from '../control/control-routes.ts';
import type { SocketMode } from '../outbound/socket-mode.ts';
import type { LiveFeed } from '../page/live-feed.ts';
import { servePage } from '../page/page-routes.ts';
import type { Workspace } from '../workspace.ts';
import { serveApi, serveFile, serveResponseUrl, serveUpload } from './api-routes.ts';
import { isOwnRequest } from './own-request.ts';
import { sendJson, sendText } from './reply.ts';

export interface ServerParts {
  readonly workspace: Workspace;
  readonly control: SandboxControl;
  readonly live: LiveFeed;
  readonly socketMode: SocketMode;
  readonly host: string;
}

/** The one HTTP server: Web API, uploads, response URLs, control, page, and the upgrade to a socket. */
export function buildServer(parts: ServerParts): Server {
  const server = createServer((request, response) => {
    route(parts, request, response).catch((error: unknown) => {
      parts.workspace.counters.add('server.failed');
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { ok: false, error: 'fatal_error', message: String(error) });
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (parts.socketMode.upgrade(request, socket, head)) return;
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
  return server;
}

async function route(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { workspace } = parts;
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const [, room = '', rest = ''] = /^\/([a-z_]+)\/(.+)$/.exec(url.pathname) ?? [];
  if (room === 'api') return serveApi(workspace, rest, request, response);
  if (request.method === 'POST' && room === 'upload')
    return serveUpload(workspace, rest.replace(/^v1\//, ''), request, response);
  if (request.method === 'POST' && room === 'response')
    return serveResponseUrl(workspace, rest, request, response);
  if (request.method === 'GET' && room === 'files') return serveFile(workspace, rest, request, response);
  // What follows needs no token, so it is for this machine's own page and tools only.
  if (!isOwnRequest(request, parts.host)) return sendText(response, 403, 'forbidden');
  if (room === '_control') return serveControl(parts.control, workspace, url, request, response);
  if (request.method === 'GET' && servePage(workspace, parts.live, url, response)) return;
  sendText(response, 404, 'not found');
}
