import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { packagePath } from '../../../toolkit/package-root.ts';
import { send, sendJson, sendText } from '../http/reply.ts';
import { isImage, sniffMimetype } from '../state/file-store.ts';
import type { Workspace } from '../workspace.ts';
import type { LiveFeed } from './live-feed.ts';
import { pageState } from './page-state.ts';

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/** Weights of Inter that the page uses. */
const fontWeights: readonly string[] = ['400', '600', '700', '800'];

/**
 * `/` and `/page/…`: the web page, what it shows and its live changes.
 *
 * @returns false when the path is none of these
 */
export function servePage(workspace: Workspace, live: LiveFeed, url: URL, response: ServerResponse): boolean {
  const { pathname } = url;
  if (pathname === '/' || pathname.startsWith('/archives/')) {
    serveShipped(['assets', 'sandbox', 'page.html'], response);
    return true;
  }
  if (pathname === '/page/state' || pathname === '/page/events') {
    const userId = viewer(workspace, url);
    if (userId === null) sendJson(response, 404, { error: 'there is nobody to act as yet' });
    else if (pathname === '/page/state') sendJson(response, 200, pageState(workspace, userId));
    else live.open(userId, response);
    return true;
  }
  const file = /^\/page\/files\/(F[A-Z0-9]+)$/.exec(pathname)?.[1];
  if (file !== undefined) {
    serveFile(workspace, file, response);
    return true;
  }
  const weight = /^\/page\/fonts\/(\d{3})\.woff2$/.exec(pathname)?.[1];
  if (weight !== undefined && fontWeights.includes(weight)) {
    const name = `inter-latin-${weight}-normal.woff2`;
    serveShipped(['node_modules', '@fontsource', 'inter', 'files', name], response);
    return true;
  }
  const asset = /^\/page\/([a-z][a-z-]*\.(?:css|js|svg))$/.exec(pathname)?.[1];
  if (asset === undefined) return false;
  serveShipped(['assets', 'sandbox', asset], response);
  return true;
}

/** The person in `as`, by id or handle; the first person of the workspace otherwise. */
function viewer(workspace: Workspace, url: URL): string | null {
  const wanted = url.searchParams.get('as');
  const people = workspace.world.users().filter((user) => user.kind === 'person');
  return (people.find((user) => user.id === wanted || user.name === wanted) ?? people[0])?.id ?? null;
}

/** A file that comes with the package. */
function serveShipped(path: readonly string[], response: ServerResponse): void {
  const extension = path.at(-1)?.split('.').at(-1) ?? '';
  try {
    send(response, 200, types[extension] ?? 'application/octet-stream', readFileSync(packagePath(...path)));
  } catch {
    sendText(response, 404, 'not found');
  }
}

/** Pictures only, and only when they are processed. */
function serveFile(workspace: Workspace, id: string, response: ServerResponse): void {
  const file = workspace.files.find(id);
  const mimetype = file?.content == null ? '' : sniffMimetype(file.content);
  if (file?.content == null || workspace.files.stage(file) !== 'ready' || !isImage(mimetype))
    sendText(response, 404, 'not found');
  else send(response, 200, mimetype, file.content, { 'Cache-Control': 'max-age=3600' });
}
