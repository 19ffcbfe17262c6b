import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../../src/chat/sandbox/index.ts';
import { connectSlack, type SlackApp, type SlackOptions } from '../../../src/chat/slack/slack-app.ts';
import type {
  ActRequest,
  AskRequest,
  CommandRequest,
  Interactions,
} from '../../../src/interactions/interactions.ts';
import { silentLog } from '../../../src/toolkit/log.ts';

class Recorder implements Interactions {
  readonly asked: AskRequest[] = [];
  readonly commands: CommandRequest[] = [];
  readonly acts: ActRequest[] = [];
  async ask(request: AskRequest) {
    this.asked.push(request);
  }
  async command(request: CommandRequest) {
    this.commands.push(request);
    if (request.text === 'break') throw new Error('planned to fail');
    return { message: { text: `heard ${request.text}`, blocks: [] }, visibility: 'ephemeral' as const };
  }
  async act(request: ActRequest) {
    this.acts.push(request);
    return null;
  }
  async submit() {
    return { kind: 'accepted' as const, work: async () => undefined };
  }
  async home() {
    return { text: 'home', blocks: [{ kind: 'paragraph' as const, content: ['Welcome home'] }] };
  }
}

describe('the Slack app', () => {
  let sandbox: Sandbox;
  let slack: SlackApp;
  let seen: Recorder;
  let user: string;

  const connect = async (transport: SlackOptions['transport'], teamId?: string): Promise<void> => {
    seen = new Recorder();
    slack = await connectSlack({
      botToken: sandbox.botToken,
      transport,
      apiUrl: sandbox.apiUrl,
      teamId,
      linkHosts: [],
      draw: async () => null,
      log: silentLog,
    });
    await slack.start(seen);
  };
  beforeEach(async () => {
    sandbox = await createSandbox({ limits: { pacing: 'off' } });
    user = sandbox.control.addUser({ name: 'maria', email: 'maria@example.com' }).id;
  });
  afterEach(async () => {
    await slack.stop();
    await sandbox.close();
  });
  const socket = (): SlackOptions['transport'] => ({ kind: 'socket', appToken: sandbox.appToken });

  it('hands over mentions, direct messages and commands with who, where and which thread (S4-37)', async () => {
    await connect(socket());
    const channel = sandbox.control.addChannel({ name: 'escalations' }, [user]).id;
    const mention = sandbox.control.say(
      user,
      channel,
      `<@${sandbox.botUserId}> open <tickets> at R&D of https://acme.example ?`,
    );
    await expect.poll(() => seen.asked.length).toBe(1);
    expect(seen.asked[0]).toMatchObject({
      text: 'open <tickets> at R&D of https://acme.example ?',
      channelId: channel,
      channelKind: 'channel',
      threadId: mention.ts,
      who: { chatUserId: user, workspaceId: sandbox.teamId },
    });

    const direct = sandbox.control.directMessage(user);
    const message = sandbox.control.say(user, direct, 'my deals');
    await expect.poll(() => seen.asked.length).toBe(2);
    expect(seen.asked[1]).toMatchObject({ text: 'my deals', channelKind: 'direct', threadId: message.ts });

    await sandbox.control.command(user, channel, '/heed', 'status');
    await expect.poll(() => seen.commands.map(({ text }) => text)).toEqual(['status']);
    await expect
      .poll(() => sandbox.control.messages(channel, user).map(({ text }) => text))
      .toContain('heard status');
  });

  it('gives a redelivered event the same key, so that it is answered once', async () => {
    await connect(socket());
    sandbox.control.say(user, sandbox.control.directMessage(user), 'once');
    await expect.poll(() => seen.asked.length).toBe(1);
    sandbox.control.repeatEvent();
    await expect.poll(() => seen.asked.length).toBe(2);
    expect(seen.asked[1]?.eventKey).toBe(seen.asked[0]?.eventKey);
  });

  it('says that something broke, with an id, to the one who asked (S4-35)', async () => {
    await connect(socket());
    const channel = sandbox.control.addChannel({ name: 'general' }, [user]).id;
    await sandbox.control.command(user, channel, '/heed', 'break');
    await expect
      .poll(() =>
        sandbox.control
          .messages(channel, user)
          .map(({ text }) => text)
          .join(),
      )
      .toMatch(/went wrong.*id: [0-9a-f-]{36}/);
  });

  it('publishes the home tab for the person who opens it', async () => {
    await connect(socket());
    sandbox.control.openHome(user);
    await expect.poll(() => JSON.stringify(sandbox.control.homeView(user) ?? null)).toContain('Welcome home');
  });

  it('knows full members by their confirmed address', async () => {
    await connect(socket());
    expect(await slack.lookUpMember(user)).toMatchObject({ email: 'maria@example.com', isFullMember: true });
    expect(await slack.lookUpMember('U0NOBODY00')).toBeNull();
  });

  it('finds the channels of the routes, and says which it cannot post to', async () => {
    await connect(socket());
    const mine = sandbox.control.addChannel({ name: 'escalations' }, [user]).id;
    sandbox.control.addChannel({ name: 'private-club' }, [user], { app: false });
    const found = await slack.findChannels(['#escalations', '#private-club', '#nowhere']);
    expect([...found.ids]).toEqual([['escalations', mine]]);
    expect(found.missing).toEqual([
      { name: 'private-club', why: 'not-a-member' },
      { name: 'nowhere', why: 'unknown' },
    ]);
  });

  it('refuses to start for another workspace than the one that is set', async () => {
    await connect(socket());
    await expect(
      connectSlack({
        botToken: sandbox.botToken,
        transport: socket(),
        apiUrl: sandbox.apiUrl,
        teamId: 'T0OTHER',
        linkHosts: [],
        draw: async () => null,
        log: silentLog,
      }),
    ).rejects.toThrow('T0OTHER');
  });

  describe('over HTTP', () => {
    const secret = 'signing-secret-of-this-test';
    let port: number;
    const post = async (
      body: object,
      options: { readonly at?: number; readonly secret?: string } = {},
    ): Promise<number> => {
      const text = JSON.stringify(body);
      const at = String(Math.floor((options.at ?? Date.now()) / 1000));
      const signature = `v0=${createHmac('sha256', options.secret ?? secret)
        .update(`v0:${at}:${text}`)
        .digest('hex')}`;
      const headers = {
        'content-type': 'application/json',
        'x-slack-request-timestamp': at,
        'x-slack-signature': signature,
      };
      return (await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', body: text, headers }))
        .status;
    };
    const event = (team: string, text: string) => ({
      type: 'event_callback',
      team_id: team,
      api_app_id: 'A1',
      event_id: `Ev${text}`,
      event_time: 1,
      event: { type: 'message', channel_type: 'im', channel: 'D1', user: 'U123', text, ts: '1.1' },
    });
    beforeEach(async () => {
      port = await freePort();
      await connect({ kind: 'http', signingSecret: secret, port });
    });

    it('takes signed events of its workspace and drops forged, future and foreign ones', async () => {
      expect(await post(event(sandbox.teamId, 'good'))).toBe(200);
      await expect.poll(() => seen.asked.map(({ text }) => text)).toEqual(['good']);
      expect(await post(event(sandbox.teamId, 'forged'), { secret: 'wrong' })).toBe(401);
      expect(await post(event(sandbox.teamId, 'stale'), { at: Date.now() - 600_000 })).toBe(401);
      await post(event(sandbox.teamId, 'future'), { at: Date.now() + 86_400_000 });
      await post(event('T0OTHER', 'foreign'));
      expect(await post(event(sandbox.teamId, 'last'))).toBe(200);
      await expect.poll(() => seen.asked.map(({ text }) => text)).toEqual(['good', 'last']);
    });
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
