import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../../src/toolkit/clock.ts';
import { aClient, aSocketApp, aWorld, eventually, started, texts, tinyPng } from './support.ts';

describe('the real Bolt app in Socket Mode', () => {
  it('hears a mention and answers in the thread', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    app.event('app_mention', async ({ event, say }) => {
      await say({ text: `heard ${event.text}`, thread_ts: event.ts });
    });
    await started(app);
    const asked = world.sandbox.control.say(world.maria, world.escalations, '@Heed is <this> fine?');
    const answer = await eventually(() => world.sandbox.control.messages(world.escalations)[1]);
    expect(asked.text).toBe(`<@${world.sandbox.botUserId}> is &lt;this&gt; fine?`);
    expect(answer).toMatchObject({ threadTs: asked.ts, text: `heard ${asked.text}` });
  });

  it('hears direct messages but never its own', async () => {
    const world = await aWorld();
    const heard: string[] = [];
    const app = aSocketApp(world.sandbox);
    app.message(async ({ message, say }) => {
      heard.push('text' in message ? (message.text ?? '') : '');
      await say('pong');
    });
    await started(app);
    const direct = world.sandbox.control.directMessage(world.maria);
    world.sandbox.control.say(world.maria, direct, 'ping');
    await eventually(() => texts(world, direct).includes('pong'));
    await eventually(() => world.sandbox.control.counters()['event.acknowledged'] === 2);
    expect(heard).toEqual(['ping']);
  });

  it('keeps quiet about channel messages unless it subscribed to them', async () => {
    const world = await aWorld();
    await started(aSocketApp(world.sandbox));
    world.sandbox.control.say(world.maria, world.escalations, 'no mention here');
    expect(world.sandbox.control.counters()['event.sent']).toBeUndefined();

    const subscribed = await aWorld({ app: { events: ['message.channels'] } });
    subscribed.sandbox.control.say(subscribed.maria, subscribed.escalations, 'no mention here');
    expect(subscribed.sandbox.control.counters()['event.sent']).toBe(1);
  });

  it('takes a slash command, acknowledges with a text and responds to one person or to all', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    app.command('/heed', async ({ command, ack, respond }) => {
      await ack('one moment');
      await respond(`only you asked ${command.text}`);
      await respond({ text: 'for all', response_type: 'in_channel' });
    });
    await started(app);
    const { control } = world.sandbox;
    const outcome = await control.command(world.maria, world.escalations, '/heed', 'status');
    expect(outcome.acknowledged).toBe(true);
    await eventually(() => texts(world, world.escalations).includes('for all'));
    expect(texts(world, world.escalations, world.maria)).toEqual([
      'one moment',
      'only you asked status',
      'for all',
    ]);
    expect(texts(world, world.escalations, world.sam)).toEqual(['for all']);
  });

  it('presses a button: the app updates the message and replaces it through the response URL', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    const button = {
      type: 'button' as const,
      text: { type: 'plain_text' as const, text: 'Acknowledge' },
      action_id: 'ack',
      value: 'alert-7',
    };
    app.action('ack', async ({ action, body, ack, respond, client }) => {
      await ack();
      if (body.type !== 'block_actions' || action.type !== 'button') return;
      await client.chat.update({
        channel: body.channel?.id ?? '',
        ts: body.message?.ts ?? '',
        text: `took ${action.value}`,
        blocks: [],
      });
      await respond({ text: 'thanks', replace_original: false });
    });
    await started(app);
    const { control } = world.sandbox;
    const posted = await app.client.chat.postMessage({
      channel: world.escalations,
      text: 'alert',
      blocks: [{ type: 'actions', elements: [button] }],
    });
    const outcome = await control.press(world.maria, world.escalations, posted.ts ?? '', 'ack');
    expect(outcome.acknowledged).toBe(true);
    await eventually(() => texts(world, world.escalations, world.maria).includes('thanks'));
    expect(control.messages(world.escalations)[0]).toMatchObject({ text: 'took alert-7', blocks: [] });
    expect(control.messages(world.escalations)[0]?.editedTs).not.toBeNull();
    expect(texts(world, world.escalations, world.sam)).toEqual(['took alert-7']);
  });

  it('publishes the home tab when a person opens it', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Hello' } }] },
      });
    });
    await started(app);
    world.sandbox.control.openHome(world.maria);
    const view = await eventually(() => world.sandbox.control.homeView(world.maria));
    expect(view['type']).toBe('home');
    expect(world.sandbox.control.homeView(world.sam)).toBeUndefined();
  });

  it('opens a modal with a trigger, refuses it twice and takes the submission', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    const submitted: string[] = [];
    const second: string[] = [];
    const view = {
      type: 'modal' as const,
      callback_id: 'note',
      title: { type: 'plain_text' as const, text: 'Note' },
      submit: { type: 'plain_text' as const, text: 'Save' },
      blocks: [
        {
          type: 'input' as const,
          block_id: 'words',
          label: { type: 'plain_text' as const, text: 'Words' },
          element: { type: 'plain_text_input' as const, action_id: 'text' },
        },
      ],
    };
    app.command('/note', async ({ ack, client, command }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view });
      await client.views
        .open({ trigger_id: command.trigger_id, view })
        .catch((error: unknown) => second.push(String(error)));
    });
    app.view('note', async ({ ack, view: sent }) => {
      const words = sent.state.values['words']?.['text']?.value ?? '';
      submitted.push(words);
      if (words === 'bad') await ack({ response_action: 'errors', errors: { words: 'not that' } });
      else await ack();
    });
    await started(app);
    const { control } = world.sandbox;
    await control.command(world.maria, world.escalations, '/note');
    const open = await eventually(() => control.modal(world.maria));
    await eventually(() => second.length === 1);
    expect(second[0]).toContain('exchanged_trigger_id');
    const viewId = open['id'] as string;
    expect((await control.submitView(world.maria, viewId)).errors).toEqual({
      words: 'Please complete this required field.',
    });
    expect((await control.submitView(world.maria, viewId, { text: { value: 'bad' } })).errors).toEqual({
      words: 'not that',
    });
    expect(control.modal(world.maria)).toBeDefined();
    await control.submitView(world.maria, viewId, { text: { value: 'good' } });
    expect(control.modal(world.maria)).toBeUndefined();
    expect(submitted).toEqual(['bad', 'good']);
  });

  it('uploads in three steps and shows the file only when it is processed', async () => {
    const clock = fixedClock(new Date('2026-11-20T09:00:00Z'));
    const world = await aWorld({ clock, limits: { fileProcessingMilliseconds: 150 } });
    const client = aClient(world.sandbox);
    const uploaded = await client.filesUploadV2({
      file: tinyPng,
      filename: 'chart.png',
      alt_text: 'a chart',
    });
    const id = uploaded.files[0]?.files?.[0]?.id ?? '';
    const image = { type: 'image' as const, alt_text: 'a chart', slack_file: { id } };
    const early = client.chat.postMessage({ channel: world.escalations, text: 'chart', blocks: [image] });
    await expect(early).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: { messages: ['[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]'] },
      },
    });
    expect((await client.files.info({ file: id })).file?.mimetype).toBe('');
    clock.advance(0.15);
    expect((await client.files.info({ file: id })).file?.mimetype).toBe('image/png');
    await client.chat.postMessage({ channel: world.escalations, text: 'chart', blocks: [image] });
    expect(texts(world, world.escalations)).toEqual(['chart']);
    const shown = await fetch(`${world.sandbox.url}/page/files/${id}`);
    expect(Buffer.from(await shown.arrayBuffer()).equals(tinyPng)).toBe(true);
  });

  it('streams an answer into a thread and shows the status until it comes', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    app.message(async ({ message, setStatus, sayStream }) => {
      // The finished stream comes back as `message_changed`.
      if (message.subtype !== undefined) return;
      await setStatus('is thinking…');
      const stream = sayStream({ buffer_size: 1 });
      await stream.append({ markdown_text: 'forty ' });
      await stream.append({ markdown_text: '**two**' });
      await stream.stop();
    });
    await started(app);
    const direct = world.sandbox.control.directMessage(world.maria);
    world.sandbox.control.say(world.maria, direct, 'how many?');
    const answer = await eventually(() =>
      world.sandbox.control
        .messages(direct)
        .find((message) => message.text === 'forty **two**' && !message.isStreaming),
    );
    expect(answer.blocks).toMatchObject([{ type: 'markdown', text: 'forty **two**' }]);
    expect(world.sandbox.control.counters()['api.assistant.threads.setStatus.ok']).toBe(1);
  });

  it('gets an event again with the same id when it is sent again', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    const seen: { id: string; retry: number | undefined }[] = [];
    app.event('app_mention', ({ body, context }) => {
      seen.push({ id: body.event_id, retry: context.retryNum });
      return Promise.resolve();
    });
    await started(app);
    world.sandbox.control.addFault({
      method: 'event:app_mention',
      action: { kind: 'repeat-event' },
      count: 1,
    });
    world.sandbox.control.say(world.maria, world.escalations, '@Heed once');
    await eventually(() => seen.length === 2);
    expect(seen[1]).toEqual({ id: seen[0]?.id, retry: 1 });
    expect(world.sandbox.control.repeatEvent()).toBe(true);
    await eventually(() => seen.length === 3);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
  });

  it('gets a lost event again after the wait, and keeps what was said while nobody was connected', async () => {
    const world = await aWorld({ limits: { redeliveryMilliseconds: [20] } });
    const app = aSocketApp(world.sandbox);
    const seen: string[] = [];
    app.event('app_mention', ({ event }) => {
      seen.push(event.text);
      return Promise.resolve();
    });
    world.sandbox.control.say(world.maria, world.escalations, '@Heed before you came');
    await started(app);
    await eventually(() => seen.length === 1);
    world.sandbox.control.addFault({ method: 'event:*', action: { kind: 'drop-event' }, count: 1 });
    world.sandbox.control.say(world.maria, world.escalations, '@Heed lost');
    await eventually(() => seen.length === 2);
    expect(world.sandbox.control.counters()['event.redelivered']).toBe(1);
  });

  it.each(['announced', 'cut', 'silent'] as const)(
    'reconnects after a connection that ended %s',
    async (mode) => {
      // A silent connection still gets its turn until Slack notices: the event then comes again over the other one.
      const world = await aWorld({
        limits: { acknowledgeMilliseconds: 300, redeliveryMilliseconds: [10, 10, 10] },
      });
      const app = aSocketApp(world.sandbox, 300);
      const seen: string[] = [];
      app.event('app_mention', ({ event }) => {
        seen.push(event.text);
        return Promise.resolve();
      });
      await started(app);
      expect(world.sandbox.control.disconnect(mode)).toBe(1);
      await eventually(() => world.sandbox.control.counters()['socket.opened'] === 2);
      await eventually(() => world.sandbox.control.connections() === (mode === 'silent' ? 2 : 1));
      world.sandbox.control.say(world.maria, world.escalations, '@Heed still there?');
      await eventually(() => seen.length >= 1);
    },
  );

  it('spreads events over several connections', async () => {
    const world = await aWorld();
    const counts = [0, 0];
    for (const index of [0, 1]) {
      const app = aSocketApp(world.sandbox);
      app.event('app_mention', () => {
        counts[index] = (counts[index] ?? 0) + 1;
        return Promise.resolve();
      });
      await started(app);
    }
    for (let round = 0; round < 4; round += 1)
      world.sandbox.control.say(world.maria, world.escalations, '@Heed hi');
    await eventually(() => counts[0] === 2 && counts[1] === 2);
  });

  it('tells the person when nobody takes a command or a button in time', async () => {
    const world = await aWorld({ limits: { acknowledgeMilliseconds: 50 } });
    const app = aSocketApp(world.sandbox);
    app.command('/slow', () => new Promise(() => undefined));
    await started(app);
    const outcome = await world.sandbox.control.command(world.maria, world.escalations, '/slow');
    expect(outcome.acknowledged).toBe(false);
    expect(texts(world, world.escalations, world.maria)).toEqual([
      '/slow failed with the error "operation_timeout"',
    ]);
    expect(texts(world, world.escalations, world.sam)).toEqual([]);
  });
});
