import type { JsonObject } from '../json.ts';
import type { Workspace } from '../workspace.ts';
import type { Arguments } from './arguments.ts';

/** One Web API method. */
export interface Method {
  /** Which token it takes. */
  readonly token: 'bot' | 'app';
  /** Any one of these scopes is enough; none needed when absent. Methods whose scope depends on the channel ask later. */
  readonly scopes?: readonly string[];
  /** @returns the answer without `ok`; throws `SlackError` */
  readonly run: (workspace: Workspace, args: Arguments) => JsonObject | Promise<JsonObject>;
}

export type MethodTable = Readonly<Record<string, Method>>;
