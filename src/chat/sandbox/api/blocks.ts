import type { JsonObject } from '../json.ts';
import { asObject } from '../json.ts';
import type { Problem } from '../rules/rule.ts';
import { toMessages } from '../rules/rule.ts';
import { checkView } from '../rules/view-rules.ts';
import { SlackError } from '../slack-error.ts';
import type { Workspace } from '../workspace.ts';
import type { Arguments } from './arguments.ts';
import { json } from './arguments.ts';
import { findBlockProblems } from './message-content.ts';
import type { MethodTable } from './method.ts';

/** Checks without posting: exactly one of `blocks`, `message` and `view`. */
export const blockMethods: MethodTable = {
  'blocks.validate': { token: 'bot', run: validate },
};

function validate(workspace: Workspace, args: Arguments): JsonObject {
  const given = ['blocks', 'message', 'view'].filter((name) => args[name] !== undefined);
  const [what] = given;
  if (given.length !== 1 || what === undefined)
    throw new SlackError('invalid_arguments', ['[ERROR] provide exactly one of: blocks, message, view']);
  const value = json(args, what, 'invalid_arguments') ?? null;
  const problems = findProblems(workspace, what, value);
  if (problems.length === 0) return {};
  throw new SlackError(`invalid_${what}`, toMessages(problems), {
    errors: problems.map((problem) => ({ ...problem })),
  });
}

function findProblems(
  workspace: Workspace,
  what: string,
  value: NonNullable<Arguments[string]> | null,
): readonly Problem[] {
  if (what === 'view') return checkView(value);
  if (what === 'blocks') return findBlockProblems(workspace, value, 'message', '/blocks');
  return findBlockProblems(workspace, asObject(value)['blocks'] ?? null, 'message', '/message/blocks');
}
