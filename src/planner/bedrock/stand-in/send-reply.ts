import type { ServerResponse } from 'node:http';
import type { BedrockReply } from './replies.ts';

/** Plays one reply, faults of the wire included. */
export function sendReply(response: ServerResponse, reply: BedrockReply): void {
  const head = (status: number, more: Record<string, string> = {}) =>
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-amzn-requestid': '2f0c3a44-6f0b-4c86-9f5e-0d7d6f3f6a11',
      ...more,
    });
  switch (reply.kind) {
    case 'json':
      head(reply.status, reply.errorType === undefined ? {} : { 'x-amzn-errortype': reply.errorType });
      response.end(JSON.stringify(reply.body));
      return;
    case 'raw':
      head(reply.status, { 'content-type': reply.contentType });
      response.end(reply.body);
      return;
    case 'hang':
      return;
    case 'hang-in-body':
      head(200).write('{"output":{"message":{"role":"assistant","content":[');
      return;
    case 'cut':
      head(200, { 'content-length': String(reply.body.length + 1000) }).write(reply.body, () =>
        response.destroy(),
      );
      return;
    case 'reset':
      response.destroy();
      return;
    case 'endless':
      head(200).write('{"metrics":"');
      pour(response);
      return;
    case 'slow':
      setTimeout(() => sendReply(response, reply.reply), reply.milliseconds);
      return;
  }
}

function pour(response: ServerResponse): void {
  if (response.destroyed) return;
  response.write('x'.repeat(16_384), () => setImmediate(() => pour(response)));
}
