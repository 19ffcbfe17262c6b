import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkConverseBody } from './converse-rules.ts';

/** What the stand-in says to one request. */
export type BedrockReply =
  | { readonly kind: 'json'; readonly status: number; readonly errorType?: string; readonly body: unknown }
  | { readonly kind: 'raw'; readonly status: number; readonly contentType: string; readonly body: string }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Headers and the start of a body, then silence. */
  | { readonly kind: 'hang-in-body' }
  /** Announces more than it sends, then closes the connection. */
  | { readonly kind: 'cut'; readonly body: string }
  /** Closes the connection without an answer. */
  | { readonly kind: 'reset' }
  /** A body that never ends. */
  | { readonly kind: 'endless' }
  | { readonly kind: 'slow'; readonly milliseconds: number; readonly reply: BedrockReply };

interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly modelId: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: ConverseBody;
}

/** The body as sent; parts that tests look at. */
type ConverseBody = Readonly<Record<string, unknown>> & {
  readonly messages: readonly { readonly role: string; readonly content: readonly Block[] }[];
};
export type Block = Readonly<Record<string, unknown>>;

export interface BedrockServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Replies in this order; the last one stays. Forgets what was seen. */
  script(...replies: readonly BedrockReply[]): void;
  /** Requests whose connection the client closed before the answer was complete. */
  readonly abandoned: () => number;
  close(): Promise<void>;
}

const sigV4 =
  /^AWS4-HMAC-SHA256 Credential=[^/,\s]+\/\d{8}\/[a-z0-9-]+\/bedrock\/aws4_request, SignedHeaders=[a-z0-9;-]*\bhost\b[a-z0-9;-]*, Signature=[0-9a-f]{64}$/;
const bearer = /^Bearer \S+$/;

/**
 * Stand-in for the Bedrock runtime: HTTP/1.1, `POST /model/{url-encoded id}/converse`, JSON, error type in
 * `x-amzn-errortype`. Checks signature shape and the rules of a Converse body, then plays its script.
 */
export async function startBedrockServer(): Promise<BedrockServer> {
  let replies: readonly BedrockReply[] = [];
  let requests: SeenRequest[] = [];
  let abandoned = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    response.on('close', () => {
      if (!response.writableFinished) abandoned += 1;
    });
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const match = /^\/model\/(?<id>[^/]+)\/converse$/.exec(path);
      const authorization = request.headers.authorization ?? '';
      if (request.method !== 'POST' || !match) {
        return sendReply(response, errorReply('UnknownOperationException', 404));
      }
      if (!sigV4.test(authorization) && !bearer.test(authorization)) {
        return sendReply(response, errorReply('MissingAuthenticationTokenException', 403));
      }
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as ConverseBody;
      const modelId = decodeURIComponent(match.groups?.['id'] ?? '');
      requests.push({ method: request.method, path, modelId, headers: request.headers, body });
      const mistake = checkConverseBody(body);
      if (mistake !== null) return sendReply(response, errorReply('ValidationException', 400, mistake));
      const reply = replies[Math.min(requests.length, replies.length) - 1];
      sendReply(response, reply ?? errorReply('ValidationException', 400, 'nothing is scripted'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    script: (...next) => {
      replies = next;
      requests = [];
      abandoned = 0;
    },
    abandoned: () => abandoned,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendReply(response: ServerResponse, reply: BedrockReply): void {
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

/** HTTP status of each error of Converse (API reference of Converse, "Errors"). */
export const converseErrors = {
  AccessDeniedException: 403,
  ValidationException: 400,
  ResourceNotFoundException: 404,
  ThrottlingException: 429,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
} as const;

export function errorReply(errorType: string, status: number, message = 'scripted'): BedrockReply {
  return { kind: 'json', status, errorType, body: { message } };
}

const usage = { inputTokens: 900, outputTokens: 60, totalTokens: 960 };

/** An answer with these content blocks. */
export function answerReply(
  content: readonly unknown[],
  stopReason = 'tool_use',
  tokens: unknown = usage,
): BedrockReply {
  const body = {
    metrics: { latencyMs: 812 },
    output: { message: { role: 'assistant', content } },
    stopReason,
    usage: tokens,
  };
  return { kind: 'json', status: 200, body };
}

export function toolUse(
  input: unknown,
  name = 'answer_plan',
  toolUseId = 'tooluse_kZJMlvQmRJ6eAyJE5GIl7Q',
): Block {
  return { toolUse: { toolUseId, name, input } };
}

/** An answer that calls the tool with this plan. */
export function planReply(plan: unknown, stopReason = 'tool_use'): BedrockReply {
  return answerReply([toolUse({ plan })], stopReason);
}
