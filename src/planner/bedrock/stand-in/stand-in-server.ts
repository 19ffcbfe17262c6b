import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkConverseBody } from './converse-rules.ts';
import { type BedrockReply, errorReply } from './replies.ts';
import { sendReply } from './send-reply.ts';

/** A request as it came over the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly modelId: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: ConverseBody;
}

/** The body as sent; nothing of it but its JSON was checked when a reply is chosen. */
export type ConverseBody = Readonly<Record<string, unknown>> & {
  readonly messages: readonly { readonly role: string; readonly content: readonly Block[] }[];
};
export type Block = Readonly<Record<string, unknown>>;

export interface StandInServer {
  readonly url: string;
  close(): Promise<void>;
}

const sigV4 =
  /^AWS4-HMAC-SHA256 Credential=[^/,\s]+\/\d{8}\/[a-z0-9-]+\/bedrock\/aws4_request, SignedHeaders=[a-z0-9;-]*\bhost\b[a-z0-9;-]*, Signature=[0-9a-f]{64}$/;
const bearer = /^Bearer \S+$/;

/**
 * Stand-in for the Bedrock runtime: HTTP/1.1, `POST /model/{url-encoded id}/converse`, JSON, error type in
 * `x-amzn-errortype`. Checks the shape of the signature and the rules of a Converse body, then says what `reply` says.
 * No model is behind it: it shows that the wire holds, never how well a model understands.
 */
export async function startStandInServer(options: {
  readonly reply: (request: SeenRequest) => BedrockReply | Promise<BedrockReply>;
  /** Called once per connection that the client gave up before its answer was complete. */
  readonly onAbandoned?: () => void;
}): Promise<StandInServer> {
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) options.onAbandoned?.();
    });
    void answer(request, response, options.reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  reply: (request: SeenRequest) => BedrockReply | Promise<BedrockReply>,
): Promise<void> {
  try {
    const seen = await readRequest(request);
    sendReply(response, 'kind' in seen ? seen : await reply(seen));
  } catch (error) {
    sendReply(response, errorReply('InternalServerException', 500, String(error)));
  }
}

/** The request, or the refusal that the service would give. */
async function readRequest(request: IncomingMessage): Promise<SeenRequest | BedrockReply> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const path = request.url ?? '';
  const id = /^\/model\/(?<id>[^/]+)\/converse$/.exec(path)?.groups?.['id'];
  if (request.method !== 'POST' || id === undefined) return errorReply('UnknownOperationException', 404);
  const authorization = request.headers.authorization ?? '';
  if (!sigV4.test(authorization) && !bearer.test(authorization)) {
    return errorReply('MissingAuthenticationTokenException', 403);
  }
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as ConverseBody;
  const mistake = checkConverseBody(body);
  if (mistake !== null) return errorReply('ValidationException', 400, mistake);
  return { method: request.method, path, modelId: decodeURIComponent(id), headers: request.headers, body };
}
