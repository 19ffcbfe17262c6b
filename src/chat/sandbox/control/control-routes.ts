import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody } from '../http/body.ts';
import { send, sendJson } from '../http/reply.ts';
import { parseJson } from '../json.ts';
import { PersonError } from '../people/person-error.ts';
import type { Workspace } from '../workspace.ts';
import type { SandboxControl } from './control.ts';
import { controlVerbs } from './control-verbs.ts';

/** `GET /_control/log|counters|world|faults` and `POST /_control/<verb>` with a JSON body. */
export async function serveControl(
  control: SandboxControl,
  workspace: Workspace,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = url.pathname.slice('/_control/'.length);
  if (request.method === 'GET') {
    serveReading(control, workspace, name, url, response);
    return;
  }
  const verb = Object.hasOwn(controlVerbs, name) ? controlVerbs[name] : undefined;
  if (verb === undefined)
    return sendJson(response, 404, {
      error: `no verb "${name}"; there are: ${Object.keys(controlVerbs).join(', ')}`,
    });
  try {
    const text = (await readBody(request)).toString('utf8');
    const result = await verb.run(control, workspace, text === '' ? {} : parseJson(text));
    sendJson(response, 200, result ?? { ok: true });
  } catch (error) {
    if (error instanceof PersonError) sendJson(response, 400, { error: error.code, message: error.message });
    else if (error instanceof z.ZodError)
      sendJson(response, 400, { error: 'invalid_body', message: z.prettifyError(error) });
    else throw error;
  }
}

function serveReading(
  control: SandboxControl,
  workspace: Workspace,
  name: string,
  url: URL,
  response: ServerResponse,
): void {
  if (name === 'log') {
    const since = Number(url.searchParams.get('since') ?? 0);
    const entries = control.log().filter((entry) => entry.sequence > since);
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`);
    send(response, 200, 'application/x-ndjson', lines.join(''));
    return;
  }
  const reading = Object.hasOwn(readings, name) ? readings[name] : undefined;
  if (reading === undefined) sendJson(response, 404, { error: 'there are: log, counters, faults, world' });
  else sendJson(response, 200, reading(workspace));
}

const readings: Readonly<Record<string, (workspace: Workspace) => unknown>> = {
  counters: ({ counters }) => counters.all(),
  faults: ({ faults }) => faults.list(),
  world: ({ world }) => ({
    users: world.users(),
    channels: world.channels().map((channel) => ({ ...channel, members: world.members(channel.id) })),
  }),
};
