import type { ServerResponse } from 'node:http';
import type { Workspace } from '../workspace.ts';
import { pageChange } from './page-state.ts';

export interface LiveFeed {
  /** Keeps the response open and writes changes to it as server-sent events. */
  open(userId: string, response: ServerResponse): void;
  close(): void;
}

const heartbeatMilliseconds = 15_000;

export function createLiveFeed(workspace: Workspace): LiveFeed {
  const readers = new Map<ServerResponse, string>();
  const stop = workspace.feed.subscribe((change) => {
    for (const [response, userId] of readers) {
      const seen = pageChange(workspace, change, userId);
      if (seen !== null) response.write(`data: ${JSON.stringify(seen)}\n\n`);
    }
  });
  // A comment line: keeps proxies from closing a silent stream.
  const heartbeat = setInterval(() => {
    for (const response of readers.keys()) response.write(':\n\n');
  }, heartbeatMilliseconds);
  heartbeat.unref();
  return {
    open(userId, response) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write('event: ready\ndata: {}\n\n');
      readers.set(response, userId);
      response.on('close', () => readers.delete(response));
    },
    close() {
      stop();
      clearInterval(heartbeat);
      for (const response of readers.keys()) response.end();
      readers.clear();
    },
  };
}
