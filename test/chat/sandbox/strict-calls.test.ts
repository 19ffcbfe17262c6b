import { describe, expect, it } from 'vitest';
import type { World } from './support.ts';
import { aClient, aWorld } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const long = (length: number) => 'x'.repeat(length);
const section = (text = 'hi') => ({ type: 'section', text: mrkdwn(text) });

type Call = (world: World) => readonly [method: string, args: Record<string, unknown>];
const post =
  (more: Record<string, unknown>): Call =>
  (world) => ['chat.postMessage', { channel: world.escalations, text: 'hi', ...more }];

/** Calls that Slack refuses, and its word. */
const badCalls: readonly (readonly [string, string, Call])[] = [
  ['a method that does not exist', 'unknown_method', () => ['chat.postMessages', {}]],
  ['a channel that does not exist', 'channel_not_found', post({ channel: 'C0000000000' })],
  ['no channel at all', 'channel_not_found', post({ channel: '' })],
  [
    'a channel without the app',
    'not_in_channel',
    (world) => ['chat.postMessage', { channel: world.sales, text: 'hi' }],
  ],
  ['a message without words', 'no_text', post({ text: '' })],
  ['a text of 40,001 characters', 'msg_too_long', post({ text: long(40_001) })],
  ['blocks that are no JSON', 'invalid_blocks_format', post({ blocks: '[{' })],
  ['metadata without a payload', 'invalid_metadata_format', post({ metadata: { event_type: 'a' } })],
  [
    'metadata of 16 kB',
    'metadata_too_large',
    post({ metadata: { event_type: 'a', event_payload: { a: long(16_000) } } }),
  ],
  ['a reply to nothing', 'thread_not_found', post({ thread_ts: '1700000000.000100' })],
  ['markdown beside text', 'markdown_text_conflict', post({ markdown_text: '**a**' })],
  [
    'an ephemeral message for somebody outside',
    'user_not_in_channel',
    (world) => {
      world.sandbox.control.removeMember(world.escalations, world.sam);
      return ['chat.postEphemeral', { channel: world.escalations, user: world.sam, text: 'hi' }];
    },
  ],
  [
    'an ephemeral message for nobody',
    'user_not_found',
    (world) => ['chat.postEphemeral', { channel: world.escalations, user: 'U0000000000', text: 'hi' }],
  ],
  [
    'an update of a message that is not there',
    'message_not_found',
    (world) => ['chat.update', { channel: world.escalations, ts: '1700000000.000100', text: 'hi' }],
  ],
  [
    "an update of a person's message",
    'cant_update_message',
    (world) => [
      'chat.update',
      {
        channel: world.escalations,
        ts: world.sandbox.control.say(world.maria, world.escalations, 'mine').ts,
        text: 'hi',
      },
    ],
  ],
  [
    "a deletion of a person's message",
    'cant_delete_message',
    (world) => [
      'chat.delete',
      {
        channel: world.escalations,
        ts: world.sandbox.control.say(world.maria, world.escalations, 'mine').ts,
      },
    ],
  ],
  [
    'a post into an archive',
    'is_archived',
    (world) => {
      world.sandbox.control.archiveChannel(world.escalations);
      return ['chat.postMessage', { channel: world.escalations, text: 'hi' }];
    },
  ],
  [
    'history of a channel without the app',
    'not_in_channel',
    (world) => ['conversations.history', { channel: world.sales }],
  ],
  [
    'a private channel without the app',
    'channel_not_found',
    (world) => [
      'conversations.info',
      {
        channel: world.sandbox.control.addChannel({ name: 'secret', private: true }, [world.sam], {
          app: false,
        }).id,
      },
    ],
  ],
  ['a user that does not exist', 'user_not_found', () => ['users.info', { user: 'U0000000000' }]],
  [
    'an address nobody has',
    'users_not_found',
    () => ['users.lookupByEmail', { email: 'nobody@example.com' }],
  ],
  ['a cursor of its own', 'invalid_cursor', () => ['users.list', { cursor: 'page-2' }]],
  [
    'a trigger of its own',
    'invalid_trigger_id',
    () => [
      'views.open',
      { trigger_id: 'x', view: { type: 'modal', title: plain('T'), blocks: [section()] } },
    ],
  ],
  [
    'a modal title of 25 characters',
    'invalid_arguments',
    () => [
      'views.open',
      { trigger_id: 'x', view: { type: 'modal', title: plain(long(25)), blocks: [section()] } },
    ],
  ],
  [
    'a home tab of 101 blocks',
    'invalid_arguments',
    (world) => [
      'views.publish',
      {
        user_id: world.maria,
        view: { type: 'home', blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) },
      },
    ],
  ],
  [
    'an upload of nothing',
    'invalid_arguments',
    () => ['files.getUploadURLExternal', { filename: 'a.png', length: 0 }],
  ],
  [
    'completing a file that is not there',
    'file_not_found',
    () => ['files.completeUploadExternal', { files: [{ id: 'F0123456789' }] }],
  ],
  [
    'a stream outside of a thread',
    'invalid_arguments',
    (world) => ['chat.startStream', { channel: world.escalations, markdown_text: 'a' }],
  ],
  [
    'a channel stream without its reader',
    'missing_recipient_user_id',
    (world) => [
      'chat.startStream',
      {
        channel: world.escalations,
        thread_ts: world.sandbox.control.say(world.maria, world.escalations, 'q').ts,
        markdown_text: 'a',
      },
    ],
  ],
  [
    'a reaction with spaces',
    'invalid_name',
    (world) => ['reactions.add', { channel: world.escalations, timestamp: '1', name: 'well done' }],
  ],
];

describe('calls', () => {
  it.each(badCalls)('refuses %s with %s', async (_name, error, call) => {
    const world = await aWorld();
    const [method, args] = call(world);
    await expect(aClient(world.sandbox).apiCall(method, args)).rejects.toMatchObject({ data: { error } });
  });

  it('refuses a wrong, a missing and a misplaced token', async () => {
    const { sandbox } = await aWorld();
    await expect(aClient(sandbox, 'xoxb-wrong').auth.test()).rejects.toMatchObject({
      data: { error: 'invalid_auth' },
    });
    await expect(aClient(sandbox, '').auth.test()).rejects.toMatchObject({ data: { error: 'not_authed' } });
    await expect(aClient(sandbox).apps.connections.open()).rejects.toMatchObject({
      data: { error: 'not_allowed_token_type' },
    });
  });

  it('names the missing scope', async () => {
    const { sandbox, escalations } = await aWorld({ app: { scopes: ['chat:write'] } });
    await expect(aClient(sandbox).conversations.history({ channel: escalations })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'channels:history', provided: 'chat:write' },
    });
  });
});
