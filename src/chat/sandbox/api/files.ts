import { acceptMessage } from '../accept-message.ts';
import type { JsonObject } from '../json.ts';
import { asObject, asString } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import { fileJson } from '../slack-json.ts';
import type { StoredFile } from '../state/file-store.ts';
import type { Workspace } from '../workspace.ts';
import { findPostTarget } from './access.ts';
import type { Arguments } from './arguments.ts';
import { jsonList, requiredText, text, wholeNumber } from './arguments.ts';
import { readContent, readThread } from './message-content.ts';
import type { MethodTable } from './method.ts';

const writing = { token: 'bot', scopes: ['files:write'] } as const;

/** Upload in three steps: announce, send the bytes to the upload URL (`receiveUpload`), complete. */
export const fileMethods: MethodTable = {
  'files.getUploadURLExternal': { ...writing, run: announce },
  'files.completeUploadExternal': { ...writing, run: complete },
  'files.info': {
    token: 'bot',
    scopes: ['files:read'],
    run: (workspace, args) => ({ file: fileJson(workspace, findFile(workspace, text(args, 'file'))) }),
  },
  'files.delete': {
    ...writing,
    run: (workspace, args) => {
      workspace.files.remove(findFile(workspace, text(args, 'file')).id);
      return {};
    },
  },
};

function announce(workspace: Workspace, args: Arguments): JsonObject {
  const name = requiredText(args, 'filename');
  requiredText(args, 'length');
  const length = wholeNumber(args, 'length', { default: 0, min: 1, max: 1_073_741_824 });
  // The reference calls it alt_txt, the JavaScript client sends alt_text.
  const file = workspace.files.announce(name, length, text(args, 'alt_txt') || text(args, 'alt_text'));
  return { upload_url: `${workspace.baseUrl()}/upload/v1/${file.uploadTicket}`, file_id: file.id };
}

/**
 * Takes the bytes of an upload.
 *
 * @returns HTTP status and body, as the upload host answers (it does not speak JSON)
 */
export function receiveUpload(
  workspace: Workspace,
  ticket: string,
  content: Buffer,
): { readonly status: number; readonly body: string } {
  const file = workspace.files.byTicket(ticket);
  if (file === undefined) return { status: 404, body: 'not found' };
  if (file.content !== null) return { status: 400, body: 'already uploaded' };
  if (content.length !== file.length)
    return { status: 400, body: `announced ${file.length} bytes, got ${content.length}` };
  workspace.files.save({ ...file, content });
  return { status: 200, body: `OK - ${content.length}` };
}

/** Finishes uploads and shares them when a channel is given. The answer does not name the message, as at Slack. */
function complete(workspace: Workspace, args: Arguments): JsonObject {
  const wanted = jsonList(args, 'files', 'invalid_arguments') ?? [];
  if (wanted.length === 0)
    throw new SlackError('invalid_arguments', ['[ERROR] missing required field: files']);
  const files = wanted.map((entry) => {
    const { id, title } = asObject(entry);
    const file = findFile(workspace, asString(id));
    // A second completion of the same upload is not found either: the upload is over.
    if (workspace.files.stage(file) !== 'uploaded') throw new SlackError('file_not_found');
    return { ...file, title: asString(title) || file.title };
  });
  const share = readShare(workspace, args);
  const now = workspace.clock.now().getTime();
  const done = files.map((file): StoredFile => {
    const finished = { ...file, completedAt: now, channels: share === null ? [] : [share.channel] };
    workspace.files.save(finished);
    return finished;
  });
  if (share !== null)
    acceptMessage(workspace, 'files.completeUploadExternal', {
      ...share,
      user: workspace.app.botUserId,
      fileIds: done.map((file) => file.id),
    });
  return { files: done.map((file) => ({ id: file.id, title: file.title })) };
}

interface Share {
  readonly channel: string;
  readonly threadTs: string | null;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
}

function readShare(workspace: Workspace, args: Arguments): Share | null {
  if (text(args, 'channel_id') === '') return null;
  const channel = findPostTarget(workspace, text(args, 'channel_id'));
  const comment = text(args, 'initial_comment');
  const content = readContent(
    workspace,
    { text: comment === '' ? '(file)' : comment, blocks: args['blocks'] },
    4_000,
  );
  return {
    channel: channel.id,
    threadTs: readThread(workspace, channel.id, args),
    text: comment,
    blocks: content.blocks ?? [],
  };
}

function findFile(workspace: Workspace, id: string): StoredFile {
  const file = workspace.files.find(id);
  if (file === undefined) throw new SlackError('file_not_found');
  return file;
}
