import type { JsonObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import type { Workspace } from '../workspace.ts';
import { requireScope } from './access.ts';
import type { Arguments } from './arguments.ts';
import type { Method } from './method.ts';
import { methods } from './methods.ts';

/**
 * Runs one Web API method behind token and scope.
 *
 * @param token from the Authorization header or the `token` argument; '' when there is none
 * @returns the whole answer with `ok: true`; throws `SlackError`
 */
export async function callMethod(
  workspace: Workspace,
  name: string,
  token: string,
  args: Arguments,
): Promise<JsonObject> {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) throw new SlackError('unknown_method', [], { req_method: name });
  requireToken(workspace, method, token);
  if (method.scopes !== undefined) requireScope(workspace, method.scopes);
  return { ok: true, ...(await method.run(workspace, args)) };
}

function requireToken(workspace: Workspace, method: Method, token: string): void {
  const { botToken, appToken } = workspace.app;
  if (token === '') throw new SlackError('not_authed');
  if (token !== botToken && token !== appToken) throw new SlackError('invalid_auth');
  const wanted = method.token === 'bot' ? botToken : appToken;
  if (token !== wanted) throw new SlackError('not_allowed_token_type');
}
