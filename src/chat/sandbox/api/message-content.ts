import type { Json, JsonObject } from '../json.ts';
import { asObject, asString, isList, isObject } from '../json.ts';
import type { Surface } from '../rules/block-rules.ts';
import { checkBlocks } from '../rules/block-rules.ts';
import { limits } from '../rules/limits.ts';
import type { Problem } from '../rules/rule.ts';
import { toMessages } from '../rules/rule.ts';
import { SlackError } from '../slack-error.ts';
import { isImage, sniffMimetype } from '../state/file-store.ts';
import type { Workspace } from '../workspace.ts';
import type { Arguments } from './arguments.ts';
import { jsonList, jsonObject, text } from './arguments.ts';

/** What a message says, checked. A field that the caller left out is undefined (an update then keeps the old one). */
export interface MessageContent {
  readonly text: string | undefined;
  readonly blocks: readonly JsonObject[] | undefined;
  readonly attachments: readonly JsonObject[] | undefined;
  readonly metadata: JsonObject | undefined;
}

/**
 * Reads and checks text, blocks, attachments and metadata of a call. Refuses as Slack does: `no_text`, `msg_too_long`,
 * `invalid_blocks_format`, `invalid_blocks`, `invalid_metadata_format`, `metadata_too_large`.
 */
export function readContent(workspace: Workspace, args: Arguments, maxText: number): MessageContent {
  const blocks = readBlocks(workspace, args);
  const attachments = jsonList(args, 'attachments', 'invalid_attachments')?.map(asObject);
  const markdown = text(args, 'markdown_text');
  if (markdown !== '' && (blocks !== undefined || text(args, 'text') !== ''))
    throw new SlackError('markdown_text_conflict');
  const content: MessageContent = {
    text: args['text'] === undefined ? (markdown === '' ? undefined : markdown) : text(args, 'text'),
    blocks: markdown === '' ? blocks : readMarkdown(markdown),
    attachments,
    metadata: readMetadata(args),
  };
  const isEmpty =
    (content.text ?? '').trim() === '' &&
    (content.blocks ?? []).length === 0 &&
    (attachments ?? []).length === 0;
  if (isEmpty) throw new SlackError('no_text');
  if ((content.text ?? '').length > maxText) throw new SlackError('msg_too_long');
  return content;
}

function readBlocks(workspace: Workspace, args: Arguments): readonly JsonObject[] | undefined {
  const blocks = jsonList(args, 'blocks', 'invalid_blocks_format');
  if (blocks === undefined) return undefined;
  const problems = findBlockProblems(workspace, blocks, 'message', '/blocks');
  if (problems.length > 0) throw new SlackError('invalid_blocks', toMessages(problems));
  return blocks.map(asObject);
}

/** A `markdown_text` is stored as the markdown block it is shown as. */
function readMarkdown(markdown: string): readonly JsonObject[] {
  if (markdown.length > limits.markdownLength) throw new SlackError('msg_too_long');
  return [{ type: 'markdown', text: markdown }];
}

/** Shape problems and, when there are none, files that cannot be shown. */
export function findBlockProblems(
  workspace: Workspace,
  blocks: Json,
  surface: Surface,
  pointer: string,
): readonly Problem[] {
  const problems = checkBlocks(blocks, surface, pointer);
  return problems.length > 0 ? problems : findFileProblems(workspace, blocks, pointer);
}

/** Every `slack_file` must name a finished upload of a picture. */
export function findFileProblems(workspace: Workspace, value: Json, pointer: string): readonly Problem[] {
  if (isList(value))
    return value.flatMap((item, index) => findFileProblems(workspace, item, `${pointer}/${index}`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (inner === undefined) return [];
    const at = `${pointer}/${key}`;
    if (key !== 'slack_file') return findFileProblems(workspace, inner, at);
    return canShow(workspace, asObject(inner))
      ? []
      : [{ pointer: at, code: 'invalid_slack_file', message: 'invalid slack file' }];
  });
}

function canShow(workspace: Workspace, reference: JsonObject): boolean {
  const id =
    asString(reference['id']) || (/\/files\/(F[A-Z0-9]+)\//.exec(asString(reference['url']))?.[1] ?? '');
  const file = workspace.files.find(id);
  if (file?.content == null || workspace.files.stage(file) !== 'ready') return false;
  return isImage(sniffMimetype(file.content));
}

/** `{event_type, event_payload}`; an empty object removes metadata in an update. */
function readMetadata(args: Arguments): JsonObject | undefined {
  const metadata = jsonObject(args, 'metadata', 'invalid_metadata_format');
  if (metadata === undefined || Object.keys(metadata).length === 0) return metadata;
  const type = asString(metadata['event_type']);
  if (!/^[A-Za-z0-9._-]{1,255}$/.test(type) || !isObject(metadata['event_payload']))
    throw new SlackError('invalid_metadata_format');
  if (Buffer.byteLength(JSON.stringify(metadata)) > limits.metadataBytes)
    throw new SlackError('metadata_too_large');
  return { event_type: type, event_payload: metadata['event_payload'] };
}

/** The parent a reply goes under. Slack takes parents only. */
export function readThread(workspace: Workspace, channelId: string, args: Arguments): string | null {
  const threadTs = text(args, 'thread_ts');
  if (threadTs === '') return null;
  const parent = workspace.messages.find(channelId, threadTs);
  if (parent === undefined) throw new SlackError('thread_not_found');
  if (parent.threadTs !== null || parent.visibleTo !== null) throw new SlackError('cannot_reply_to_message');
  return threadTs;
}
