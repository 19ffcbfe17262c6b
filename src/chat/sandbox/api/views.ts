import type { JsonObject } from '../json.ts';
import { toMessages } from '../rules/rule.ts';
import { checkView } from '../rules/view-rules.ts';
import { SlackError } from '../slack-error.ts';
import type { Workspace } from '../workspace.ts';
import type { Arguments } from './arguments.ts';
import { jsonObject, missing, requiredText, text } from './arguments.ts';
import { findFileProblems } from './message-content.ts';
import type { MethodTable } from './method.ts';

export const viewMethods: MethodTable = {
  'views.publish': { token: 'bot', run: publish },
  'views.open': { token: 'bot', run: open },
  'views.update': { token: 'bot', run: update },
};

function publish(workspace: Workspace, args: Arguments): JsonObject {
  const userId = requiredText(args, 'user_id');
  if (workspace.world.user(userId) === undefined) throw new SlackError('user_not_found');
  const previous = workspace.views.home(userId);
  refuseOldHash(args, previous);
  const view = workspace.views.build(readView(workspace, args, 'home'), previous);
  workspace.views.publishHome(userId, view);
  workspace.feed.publish({ kind: 'home', userId, view });
  return { view };
}

function open(workspace: Workspace, args: Arguments): JsonObject {
  const sent = readView(workspace, args, 'modal');
  const trigger = workspace.triggers.use(requiredText(args, 'trigger_id'));
  if (!trigger.ok)
    throw new SlackError(
      { unknown: 'invalid_trigger_id', expired: 'expired_trigger_id', used: 'exchanged_trigger_id' }[
        trigger.refusal
      ],
    );
  const view = workspace.views.build(sent);
  showModal(workspace, trigger.value.userId, view);
  return { view };
}

function update(workspace: Workspace, args: Arguments): JsonObject {
  const viewId = text(args, 'view_id');
  const externalId = text(args, 'external_id');
  if (viewId === '' && externalId === '') throw missing('view_id or external_id');
  const found = workspace.views.find(viewId === '' ? { externalId } : { viewId });
  if (found === undefined) throw new SlackError('not_found');
  refuseOldHash(args, found.view);
  const type = found.view['type'] === 'home' ? 'home' : 'modal';
  const view = workspace.views.build(readView(workspace, args, type), found.view);
  workspace.views.replace(found.userId, view);
  workspace.feed.publish(
    type === 'home'
      ? { kind: 'home', userId: found.userId, view }
      : { kind: 'modal', userId: found.userId, view },
  );
  return { view };
}

/** Puts a modal in front of a person. */
export function showModal(workspace: Workspace, userId: string, view: JsonObject): void {
  workspace.views.openModal(userId, view);
  workspace.feed.publish({ kind: 'modal', userId, view });
}

/** Checks a view; problems are `invalid_arguments` with their pointers below `/view`. */
export function readView(workspace: Workspace, args: Arguments, type: 'modal' | 'home'): JsonObject {
  const view = jsonObject(args, 'view', 'invalid_arguments');
  if (view === undefined) throw missing('view');
  const problems = checkView(view, type);
  const found = problems.length > 0 ? problems : findFileProblems(workspace, view, '/view');
  if (found.length > 0) throw new SlackError('invalid_arguments', toMessages(found));
  return view;
}

function refuseOldHash(args: Arguments, view: JsonObject | undefined): void {
  const hash = text(args, 'hash');
  if (hash !== '' && view !== undefined && view['hash'] !== hash) throw new SlackError('hash_conflict');
}
