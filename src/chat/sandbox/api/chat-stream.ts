import { acceptMessage, changeMessage } from '../accept-message.ts';
import type { Json, JsonObject } from '../json.ts';
import { asObject, asString } from '../json.ts';
import { limits } from '../rules/limits.ts';
import { toMessages } from '../rules/rule.ts';
import { SlackError } from '../slack-error.ts';
import { messageJson } from '../slack-json.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { Workspace } from '../workspace.ts';
import { findChannel, findPostTarget } from './access.ts';
import type { Arguments } from './arguments.ts';
import { jsonList, jsonObject, missing, text } from './arguments.ts';
import { findBlockProblems, readContent, readThread } from './message-content.ts';
import type { MethodTable } from './method.ts';

const writing = { token: 'bot', scopes: ['chat:write'] } as const;

/** Messages that grow: start, append any number of times, stop. A stream always lives in a thread. */
export const chatStreamMethods: MethodTable = {
  'chat.startStream': { ...writing, run: start },
  'chat.appendStream': { ...writing, run: append },
  'chat.stopStream': { ...writing, run: stop },
};

function start(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findPostTarget(workspace, text(args, 'channel'));
  if (text(args, 'thread_ts') === '') throw missing('thread_ts');
  const threadTs = readThread(workspace, channel.id, args);
  if (channel.kind !== 'direct') {
    if (text(args, 'recipient_user_id') === '') throw new SlackError('missing_recipient_user_id');
    if (text(args, 'recipient_team_id') === '') throw new SlackError('missing_recipient_team_id');
  }
  const grown = grow(workspace, { text: '', blocks: [] }, args);
  workspace.pacing.take(channel.id);
  const message = acceptMessage(workspace, 'chat.startStream', {
    channel: channel.id,
    user: workspace.app.botUserId,
    ...grown,
    threadTs,
    isStreaming: true,
  });
  return { channel: channel.id, ts: message.ts };
}

function append(workspace: Workspace, args: Arguments): JsonObject {
  const message = findStream(workspace, args);
  changeMessage(workspace, 'chat.appendStream', { ...message, ...grow(workspace, message, args) }, false);
  return { channel: message.channel, ts: message.ts };
}

function stop(workspace: Workspace, args: Arguments): JsonObject {
  const message = findStream(workspace, args);
  const grown = grow(workspace, message, args);
  const blocks = jsonList(args, 'blocks', 'invalid_blocks_format');
  const metadata = jsonObject(args, 'metadata', 'invalid_metadata_format');
  const checked = readContent(
    workspace,
    {
      text: grown.text === '' ? ' .' : grown.text,
      ...(metadata ? { metadata } : {}),
      ...(blocks ? { blocks } : {}),
    },
    limits.postTextLength,
  );
  const stopped = changeMessage(workspace, 'chat.stopStream', {
    ...message,
    text: grown.text,
    blocks: [...grown.blocks, ...(checked.blocks ?? [])],
    metadata: checked.metadata ?? message.metadata,
    isStreaming: false,
  });
  return {
    channel: message.channel,
    ts: message.ts,
    message: messageJson(workspace, stopped, { metadata: true }),
  };
}

function findStream(workspace: Workspace, args: Arguments): StoredMessage {
  const channel = findChannel(workspace, text(args, 'channel'));
  const message = workspace.messages.find(channel.id, text(args, 'ts'));
  if (message?.user !== workspace.app.botUserId) throw new SlackError('message_not_found');
  if (!message.isStreaming) throw new SlackError('message_not_in_streaming_state');
  return message;
}

interface Growing {
  readonly text: string;
  readonly blocks: readonly JsonObject[];
}

/** Adds `markdown_text` and `chunks`: text grows the last markdown block, tasks are replaced by id. */
function grow(workspace: Workspace, message: Growing, args: Arguments): Growing {
  const chunks = [...(jsonList(args, 'chunks', 'invalid_chunks') ?? [])];
  if (text(args, 'markdown_text') !== '')
    chunks.unshift({ type: 'markdown_text', text: text(args, 'markdown_text') });
  const grown = chunks.reduce<Growing>((state, chunk) => addChunk(workspace, state, asObject(chunk)), {
    text: message.text,
    blocks: message.blocks,
  });
  if (grown.text.length > limits.markdownLength) throw new SlackError('msg_too_long');
  return grown;
}

function addChunk(workspace: Workspace, state: Growing, chunk: JsonObject): Growing {
  switch (chunk['type']) {
    case 'markdown_text': {
      const added = asString(chunk['text']);
      const last = state.blocks.at(-1);
      const blocks =
        last?.['type'] === 'markdown'
          ? [...state.blocks.slice(0, -1), { ...last, text: asString(last['text']) + added }]
          : [...state.blocks, { type: 'markdown', text: added }];
      return { text: state.text + added, blocks };
    }
    case 'task_update':
      return { ...state, blocks: putTask(state.blocks, chunk) };
    case 'plan_update':
      return {
        ...state,
        blocks: [...state.blocks.filter((block) => block['type'] !== 'plan'), planBlock(chunk)],
      };
    case 'blocks': {
      const problems = findBlockProblems(workspace, chunk['blocks'] ?? null, 'message', '/chunks/blocks');
      if (problems.length > 0) throw new SlackError('invalid_blocks', toMessages(problems));
      return { ...state, blocks: [...state.blocks, ...(chunk['blocks'] as readonly JsonObject[])] };
    }
    default:
      throw new SlackError('invalid_chunks');
  }
}

function putTask(blocks: readonly JsonObject[], chunk: JsonObject): readonly JsonObject[] {
  const { id, title, status } = chunk;
  if (typeof id !== 'string' || typeof title !== 'string') throw new SlackError('invalid_chunks');
  const task: JsonObject = { type: 'task_card', task_id: id, title, status: status ?? 'pending' };
  const isSame = (block: JsonObject): boolean => block['task_id'] === id;
  return blocks.some(isSame)
    ? blocks.map((block) => (isSame(block) ? { ...task, block_id: block['block_id'] } : block))
    : [...blocks, task];
}

function planBlock(chunk: JsonObject): Readonly<Record<string, Json>> {
  return { type: 'plan', title: asString(chunk['title']) };
}
