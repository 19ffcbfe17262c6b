import type { IncomingMessage } from 'node:http';

const loopback: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a request without a token comes from the sandbox's own page or from a tool on this machine: other web pages
 * must not drive it (their Origin differs), nor a name that was pointed at this machine (its Host differs).
 *
 * @param host the address the server was told to listen on
 */
export function isOwnRequest(request: IncomingMessage, host: string): boolean {
  const asked = request.headers.host ?? '';
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${asked}`) return false;
  const name = asked.replace(/:\d+$/, '');
  return !loopback.includes(host) || loopback.includes(name);
}
