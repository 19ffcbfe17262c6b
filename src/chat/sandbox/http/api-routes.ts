import type { IncomingMessage, ServerResponse } from 'node:http';
import { callMethod } from '../api/call-method.ts';
import { receiveUpload } from '../api/files.ts';
import type { FaultAction } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import { asString, parseJson } from '../json.ts';
import { useResponseUrl } from '../people/respond.ts';
import { RateLimitedError, SlackError } from '../slack-error.ts';
import { sniffMimetype } from '../state/file-store.ts';
import type { Workspace } from '../workspace.ts';
import { parseArguments, parseUpload, readBody } from './body.ts';
import { beforeHandling, spoilAnswer } from './faulty-reply.ts';
import { send, sendJson, sendText } from './reply.ts';

/** `/api/<method>`: the Web API. */
export async function serveApi(
  workspace: Workspace,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const args = parseArguments(request, await readBody(request));
  const channel = asString(args['channel']) || asString(args['channel_id']);
  const course = await beforeHandling(draw(workspace, method, channel), request, response);
  if (course.kind === 'over') return;
  const answer = await answerCall(workspace, method, readToken(request, args), args);
  workspace.counters.add(`api.${method}.${answer.word}`);
  if (spoilAnswer(course.spoil, request, response, answer.body)) return;
  sendJson(response, answer.status, answer.body, answer.headers);
}

/** `/upload/v1/<ticket>`: raw bytes or a multipart form. */
export async function serveUpload(
  workspace: Workspace,
  ticket: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const course = await beforeHandling(draw(workspace, 'upload', ''), request, response);
  if (course.kind === 'over') return;
  const result = receiveUpload(workspace, ticket, parseUpload(request, body));
  workspace.counters.add(`upload.${result.status}`);
  if (spoilAnswer(course.spoil, request, response, result.body)) return;
  sendText(response, result.status, result.body);
}

/** `/response/<key>`: response URLs of commands and interactions. */
export async function serveResponseUrl(
  workspace: Workspace,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const course = await beforeHandling(draw(workspace, 'response_url', ''), request, response);
  if (course.kind === 'over') return;
  const outcome = useResponseUrl(workspace, key, parseJson(body.toString('utf8')) ?? null);
  workspace.counters.add(`response_url.${outcome.status}`);
  if (spoilAnswer(course.spoil, request, response, outcome.body)) return;
  if (outcome.body === 'ok') sendText(response, outcome.status, 'ok');
  else sendJson(response, outcome.status, outcome.body);
}

/** `/files/<id>/<name>`: what `url_private` points to; needs the bot's token. */
export function serveFile(
  workspace: Workspace,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const file = workspace.files.find(path.split('/')[0] ?? '');
  const isAllowed =
    readToken(request, {}) === workspace.app.botToken && workspace.app.scopes.has('files:read');
  if (!isAllowed) sendText(response, 403, 'forbidden');
  else if (file?.content == null || workspace.files.stage(file) !== 'ready')
    sendText(response, 404, 'not found');
  else send(response, 200, sniffMimetype(file.content), file.content);
}

function draw(workspace: Workspace, method: string, channel: string): readonly FaultAction[] {
  const faults = workspace.faults.draw(method, channel);
  for (const fault of faults) workspace.counters.add(`fault.${fault.kind}`);
  return faults;
}

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
  /** `ok` or the error code, for the counters. */
  readonly word: string;
}

async function answerCall(
  workspace: Workspace,
  method: string,
  token: string,
  args: JsonObject,
): Promise<Answer> {
  const scopes = { 'x-oauth-scopes': [...workspace.app.scopes].join(',') };
  try {
    const body = await callMethod(workspace, method, token, args);
    return { status: 200, body, headers: scopes, word: 'ok' };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const isLimited = error instanceof RateLimitedError;
    return {
      status: isLimited ? 429 : 200,
      body: error.toAnswer(),
      headers: isLimited ? { ...scopes, 'Retry-After': String(error.retryAfterSeconds) } : scopes,
      word: error.code,
    };
  }
}

function readToken(request: IncomingMessage, args: JsonObject): string {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return bearer?.trim() ?? asString(args['token']);
}
