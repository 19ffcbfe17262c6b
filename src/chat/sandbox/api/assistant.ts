import type { JsonObject } from '../json.ts';
import { asObject, asString } from '../json.ts';
import type { SuggestedPrompt } from '../options.ts';
import { limits } from '../rules/limits.ts';
import { SlackError } from '../slack-error.ts';
import type { Workspace } from '../workspace.ts';
import { findChannel, requireMembership } from './access.ts';
import type { Arguments } from './arguments.ts';
import { jsonList, requiredText, text } from './arguments.ts';
import type { MethodTable } from './method.ts';

const assisting = { token: 'bot', scopes: ['assistant:write', 'chat:write'] } as const;

export const assistantMethods: MethodTable = {
  'assistant.threads.setStatus': { ...assisting, run: setStatus },
  'assistant.threads.setTitle': { ...assisting, run: setTitle },
  'assistant.threads.setSuggestedPrompts': { ...assisting, run: setSuggestedPrompts },
};

/** An empty status clears it; so does the app's next message there. */
function setStatus(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findThread(workspace, args);
  const threadTs = requiredText(args, 'thread_ts');
  const status = text(args, 'status');
  workspace.states.setStatus(channel, threadTs, status);
  workspace.feed.publish({ kind: 'status', channel, threadTs, text: status });
  return {};
}

function setTitle(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findThread(workspace, args);
  workspace.states.setTitle(channel, requiredText(args, 'thread_ts'), requiredText(args, 'title'));
  return {};
}

function setSuggestedPrompts(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findThread(workspace, args);
  const prompts = (jsonList(args, 'prompts', 'invalid_arguments') ?? []).map((entry): SuggestedPrompt => {
    const { title, message } = asObject(entry);
    if (asString(title) === '' || asString(message) === '') throw new SlackError('invalid_arguments');
    return { title: asString(title), message: asString(message) };
  });
  if (prompts.length === 0 || prompts.length > limits.suggestedPrompts)
    throw new SlackError('invalid_arguments', [
      `[ERROR] prompts must hold 1 to ${limits.suggestedPrompts} entries`,
    ]);
  workspace.states.setPrompts(channel, prompts);
  workspace.feed.publish({ kind: 'prompts', channel });
  return {};
}

function findThread(workspace: Workspace, args: Arguments): string {
  const channel = findChannel(workspace, text(args, 'channel_id'));
  requireMembership(workspace, channel);
  const threadTs = text(args, 'thread_ts');
  if (threadTs !== '' && workspace.messages.find(channel.id, threadTs) === undefined)
    throw new SlackError('invalid_thread_ts');
  return channel.id;
}
