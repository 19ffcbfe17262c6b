import { acceptMessage } from '../accept-message.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Delivery } from '../outbound/app-link.ts';
import { SlackError } from '../slack-error.ts';
import type { ResponseTarget, Workspace } from '../workspace.ts';
import { channelNameInPayload, findOwnChannel, findPerson } from './person.ts';
import { applyResponse } from './respond.ts';
import { fromTyped } from './typed-text.ts';

/** How the app took a command or an interaction. */
export interface Outcome {
  readonly acknowledged: boolean;
  /** What the app sent with its acknowledgement; null when it sent nothing. */
  readonly response: Json;
  readonly triggerId: string;
  /** '' where there is none (home tabs and modals). */
  readonly responseUrl: string;
}

/** A person types a slash command. Resolves when the app acknowledged or three seconds have passed. */
export async function command(
  workspace: Workspace,
  userId: string,
  channelId: string,
  name: string,
  typed: string,
): Promise<Outcome> {
  const { app } = workspace;
  const channel = findOwnChannel(workspace, userId, channelId);
  const target: ResponseTarget = { channelId, userId, messageTs: null, threadTs: null };
  if (app.commands !== null && !app.commands.some((known) => known.command === name)) {
    notice(workspace, target, `\`${name}\` is not a valid command. Type a slash to see what there is.`);
    return { acknowledged: false, response: null, triggerId: '', responseUrl: '' };
  }
  const triggerId = workspace.triggers.issue({ userId });
  const responseUrl = `${workspace.baseUrl()}/response/${workspace.responseUrls.issue(target)}`;
  const delivery = await workspace.link.interaction({
    kind: 'slash_commands',
    body: {
      token: app.verificationToken,
      team_id: app.teamId,
      team_domain: app.teamDomain,
      channel_id: channelId,
      channel_name: channelNameInPayload(channel),
      user_id: userId,
      user_name: findPerson(workspace, userId).name,
      command: name,
      text: fromTyped(workspace, typed),
      api_app_id: app.appId,
      is_enterprise_install: 'false',
      response_url: responseUrl,
      trigger_id: triggerId,
    },
  });
  if (delivery.kind === 'failed') {
    notice(workspace, target, `${name} failed with the error "${failureWord(delivery)}"`);
    return { acknowledged: false, response: null, triggerId, responseUrl };
  }
  showAcknowledgement(workspace, target, delivery.response);
  return { acknowledged: true, response: delivery.response, triggerId, responseUrl };
}

export function failureWord(delivery: Delivery & { readonly kind: 'failed' }): string {
  return delivery.reason === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
}

/** An acknowledgement may carry the answer: a text or a message. */
function showAcknowledgement(workspace: Workspace, target: ResponseTarget, response: Json): void {
  const answer: JsonObject = isObject(response)
    ? response
    : typeof response === 'string'
      ? { text: response }
      : {};
  if (answer['text'] === undefined && answer['blocks'] === undefined) return;
  try {
    applyResponse(workspace, target, answer, 'acknowledgement');
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    notice(workspace, target, `The app's answer was refused: ${error.message}`);
  }
}

/** Slackbot tells one person. */
export function notice(workspace: Workspace, target: ResponseTarget, text: string): void {
  acceptMessage(workspace, 'slackbot', {
    channel: target.channelId,
    user: 'USLACKBOT',
    text,
    threadTs: target.threadTs,
    visibleTo: target.userId,
  });
}
