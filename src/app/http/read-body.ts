import type { IncomingMessage } from 'node:http';

/** `too-large` as soon as the limit is passed, whatever was announced; `gone`: the sender hung up. */
export type ReadBody =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'gone' };

/** Reads at most `limitBytes` of a body; slow senders are the server's business (`requestTimeout`). */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<ReadBody> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limitBytes) return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (result: ReadBody) => {
      request.removeListener('data', onData);
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      settle({ kind: 'too-large' });
    };
    request.on('data', onData);
    request.once('end', () => settle({ kind: 'read', bytes: Buffer.concat(chunks) }));
    request.once('error', () => settle({ kind: 'gone' }));
    request.once('close', () => settle({ kind: 'gone' }));
  });
}
