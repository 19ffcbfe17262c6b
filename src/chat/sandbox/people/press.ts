import type { JsonObject } from '../json.ts';
import { asList, asObject, asString } from '../json.ts';
import type { OutboundRequest } from '../outbound/app-link.ts';
import { messageJson } from '../slack-json.ts';
import { interactiveElements } from '../state/block-ids.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { ResponseTarget, Workspace } from '../workspace.ts';
import type { Choice } from './chosen-action.ts';
import { chosenAction } from './chosen-action.ts';
import type { Outcome } from './command.ts';
import { failureWord, notice } from './command.ts';
import { actionTimestamp, channelNameInPayload, findOwnChannel, findPerson, payloadHead } from './person.ts';
import { PersonError } from './person-error.ts';

/** A person presses a button or chooses in a menu of a message. Resolves when the app acknowledged, or not in time. */
export async function press(
  workspace: Workspace,
  userId: string,
  channelId: string,
  messageTs: string,
  actionId: string,
  choice: Choice = {},
): Promise<Outcome> {
  const channel = findOwnChannel(workspace, userId, channelId);
  const message = workspace.messages.find(channelId, messageTs);
  if (message === undefined || (message.visibleTo !== null && message.visibleTo !== userId))
    throw new PersonError('message_not_found', `no message at "${messageTs}"`);
  const action = findAction(workspace, message.blocks, actionId, choice);
  const target: ResponseTarget = { channelId, userId, messageTs, threadTs: message.threadTs };
  const triggerId = workspace.triggers.issue({ userId });
  const responseUrl = `${workspace.baseUrl()}/response/${workspace.responseUrls.issue(target)}`;
  const request: OutboundRequest = {
    kind: 'interactive',
    body: {
      type: 'block_actions',
      ...payloadHead(workspace, userId),
      ...messageParts(workspace, message),
      channel: { id: channelId, name: channelNameInPayload(channel) },
      trigger_id: triggerId,
      response_url: responseUrl,
      state: { values: {} },
      actions: [action],
    },
  };
  const delivery = await workspace.link.interaction(request);
  if (delivery.kind === 'failed') {
    notice(workspace, target, `The app did not answer in time ("${failureWord(delivery)}").`);
    return { acknowledged: false, response: null, triggerId, responseUrl };
  }
  return { acknowledged: true, response: delivery.response, triggerId, responseUrl };
}

/** Ephemeral messages are not sent along: an app sees only where one stood. */
function messageParts(workspace: Workspace, message: StoredMessage): JsonObject {
  const isEphemeral = message.visibleTo !== null;
  const container = {
    type: 'message',
    message_ts: message.ts,
    channel_id: message.channel,
    is_ephemeral: isEphemeral,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
  };
  return isEphemeral ? { container } : { container, message: messageJson(workspace, message) };
}

/** A person acts on an element of their home tab or open modal. */
export async function pressInView(
  workspace: Workspace,
  userId: string,
  viewId: string,
  actionId: string,
  choice: Choice = {},
): Promise<Outcome> {
  findPerson(workspace, userId);
  const found = workspace.views.find({ viewId });
  if (found?.userId !== userId)
    throw new PersonError('view_not_found', `no view "${viewId}" for "${userId}"`);
  const action = findAction(workspace, asList(found.view['blocks']).map(asObject), actionId, choice);
  const triggerId = workspace.triggers.issue({ userId });
  const delivery = await workspace.link.interaction({
    kind: 'interactive',
    body: {
      type: 'block_actions',
      ...payloadHead(workspace, userId),
      container: { type: 'view', view_id: viewId },
      view: found.view,
      trigger_id: triggerId,
      actions: [action],
    },
  });
  return {
    acknowledged: delivery.kind === 'acknowledged',
    response: delivery.kind === 'acknowledged' ? delivery.response : null,
    triggerId,
    responseUrl: '',
  };
}

function findAction(
  workspace: Workspace,
  blocks: readonly JsonObject[],
  actionId: string,
  choice: Choice,
): JsonObject {
  const placed = interactiveElements(blocks).find(
    ({ element }) => asString(element['action_id']) === actionId,
  );
  if (placed === undefined)
    throw new PersonError('no_such_action', `nothing to press with the id "${actionId}"`);
  return chosenAction(placed, choice, actionTimestamp(workspace));
}
