import { acceptMessage, changeMessage, editTimestamp, removeMessage } from '../accept-message.ts';
import { readContent } from '../api/message-content.ts';
import type { Json, JsonObject } from '../json.ts';
import { asString, isObject } from '../json.ts';
import { limits } from '../rules/limits.ts';
import { SlackError } from '../slack-error.ts';
import type { ResponseTarget, Workspace } from '../workspace.ts';

/** Why a response URL refuses; with the HTTP status it refuses with. */
export interface ResponseOutcome {
  readonly status: number;
  readonly body: JsonObject | 'ok';
}

/** A POST to a response URL: five within thirty minutes. */
export function useResponseUrl(workspace: Workspace, key: string, answer: Json): ResponseOutcome {
  const used = workspace.responseUrls.use(key);
  if (!used.ok) {
    const error = { unknown: 'invalid_url', expired: 'expired_url', used: 'used_url' }[used.refusal];
    return { status: 404, body: { ok: false, error } };
  }
  try {
    applyResponse(workspace, used.value, isObject(answer) ? answer : {}, 'response_url');
    return { status: 200, body: 'ok' };
  } catch (error) {
    if (error instanceof SlackError) return { status: 400, body: error.toAnswer() };
    throw error;
  }
}

/**
 * Posts, replaces or deletes as the answer says: for the one person unless `in_channel`. Replacing and deleting mean
 * the message that was acted on; a command has none, so its answers are always new.
 */
export function applyResponse(
  workspace: Workspace,
  target: ResponseTarget,
  answer: JsonObject,
  by: string,
): void {
  const original =
    target.messageTs === null ? undefined : workspace.messages.find(target.channelId, target.messageTs);
  if (answer['delete_original'] === true) {
    if (original !== undefined) removeMessage(workspace, by, original);
    return;
  }
  const content = readContent(workspace, answer, limits.postTextLength);
  if (answer['replace_original'] === true && original !== undefined) {
    changeMessage(workspace, by, {
      ...original,
      text: content.text ?? '',
      blocks: content.blocks ?? [],
      attachments: content.attachments ?? [],
      editedTs: original.visibleTo === null ? editTimestamp(workspace, original) : null,
    });
    return;
  }
  const isPublic = answer['response_type'] === 'in_channel';
  acceptMessage(workspace, by, {
    channel: target.channelId,
    user: workspace.app.botUserId,
    text: content.text ?? '',
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
    metadata: isPublic ? (content.metadata ?? null) : null,
    threadTs: asString(answer['thread_ts']) || target.threadTs,
    visibleTo: isPublic ? null : target.userId,
  });
}
