import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../../src/toolkit/clock.ts';
import { aClient, aSocketApp, aWorld, eventually, started, texts } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

describe('trigger ids and response URLs', () => {
  it('end: a trigger after three seconds, a response URL after thirty minutes', async () => {
    const clock = fixedClock(new Date('2026-11-20T09:00:00Z'));
    const world = await aWorld({ clock });
    const app = aSocketApp(world.sandbox);
    app.command('/late', ({ ack }) => ack());
    await started(app);
    const { triggerId, responseUrl } = await world.sandbox.control.command(
      world.maria,
      world.escalations,
      '/late',
    );
    const respond = (text: string): Promise<Response> =>
      fetch(responseUrl, { method: 'POST', body: JSON.stringify({ text }) });
    expect((await respond('in time')).status).toBe(200);
    clock.advance(4);
    const view = { type: 'modal' as const, title: plain('T'), blocks: [{ type: 'divider' as const }] };
    await expect(aClient(world.sandbox).views.open({ trigger_id: triggerId, view })).rejects.toMatchObject({
      data: { error: 'expired_trigger_id' },
    });
    clock.advance(30 * 60);
    const late = await respond('too late');
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: 'expired_url' }]);
    expect(texts(world, world.escalations, world.maria)).toEqual(['in time']);
  });

  it('takes five answers and no sixth', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    app.command('/many', ({ ack }) => ack());
    await started(app);
    const { responseUrl } = await world.sandbox.control.command(world.maria, world.escalations, '/many');
    const statuses: number[] = [];
    for (let round = 0; round < 6; round += 1)
      statuses.push(
        (await fetch(responseUrl, { method: 'POST', body: JSON.stringify({ text: 'x' }) })).status,
      );
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  });

  it('deletes the original of an ephemeral message for its one reader', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    app.action('close', async ({ ack, respond, body }) => {
      await ack();
      expect(body).not.toHaveProperty('message');
      await respond({ delete_original: true });
    });
    await started(app);
    const { message_ts = '' } = await app.client.chat.postEphemeral({
      channel: world.escalations,
      user: world.maria,
      text: 'only you',
      blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'close', text: plain('Close') }] }],
    });
    expect(texts(world, world.escalations, world.maria)).toEqual(['only you']);
    await expect(
      world.sandbox.control.press(world.sam, world.escalations, message_ts, 'close'),
    ).rejects.toThrow('no message');
    await world.sandbox.control.press(world.maria, world.escalations, message_ts, 'close');
    await eventually(() => texts(world, world.escalations, world.maria).length === 0);
  });
});

describe('choices', () => {
  it('hand the chosen option, the feedback value or the date to the app', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    const seen: unknown[] = [];
    app.action(/.*/, async ({ ack, action }) => {
      await ack();
      seen.push(action);
    });
    await started(app);
    const options = [
      { text: plain('One hour'), value: '1h' },
      { text: plain('One day'), value: '1d' },
    ];
    const { ts = '' } = await app.client.chat.postMessage({
      channel: world.escalations,
      text: 'choose',
      blocks: [
        {
          type: 'actions',
          block_id: 'row',
          elements: [
            { type: 'static_select', action_id: 'snooze', placeholder: plain('Snooze'), options },
            { type: 'overflow', action_id: 'more', options },
            { type: 'datepicker', action_id: 'day' },
          ],
        },
        {
          type: 'context_actions',
          elements: [
            {
              type: 'feedback_buttons',
              action_id: 'feedback',
              positive_button: { text: plain('Good'), value: 'up' },
              negative_button: { text: plain('Bad'), value: 'down' },
            },
          ],
        },
      ],
    });
    const press = (id: string, selected: string) =>
      world.sandbox.control.press(world.maria, world.escalations, ts, id, { selected });
    await press('snooze', '1d');
    await press('more', '1h');
    await press('day', '2026-12-01');
    await press('feedback', 'negative');
    await eventually(() => seen.length === 4);
    expect(seen).toMatchObject([
      { type: 'static_select', block_id: 'row', selected_option: options[1] },
      { type: 'overflow', selected_option: options[0] },
      { type: 'datepicker', selected_date: '2026-12-01' },
      { type: 'feedback_buttons', value: 'down' },
    ]);
    await expect(press('snooze', '1y')).rejects.toThrow('"1y" is not an option of snooze');
    await expect(press('fly', '')).rejects.toThrow('nothing to press');
  });
});

describe('people', () => {
  it('cannot write where they are not, nor act as somebody who does not exist', async () => {
    const world = await aWorld();
    const { control } = world.sandbox;
    expect(() => control.say(world.maria, world.sales, 'hi')).toThrow('is not in');
    expect(() => control.say('U0', world.escalations, 'hi')).toThrow('no person');
    expect(() => control.say(world.maria, control.directMessage(world.sam), 'hi')).toThrow('is not in');
  });

  it('get mentions, channels and links out of what they type', async () => {
    const world = await aWorld();
    const said = world.sandbox.control.say(
      world.maria,
      world.escalations,
      'hey @maria silva and @sam, see #sales at https://example.com/a?b=1&c=2. <@U123> & <b>',
    );
    expect(said.text).toBe(
      `hey <@${world.maria}> and <@${world.sam}>, see <#${world.sales}|sales> at <https://example.com/a?b=1&amp;c=2>. <@U123> &amp; &lt;b&gt;`,
    );
  });

  it('are told by Slack itself that a command does not exist', async () => {
    const world = await aWorld({ app: { commands: [{ command: '/heed' }] } });
    const outcome = await world.sandbox.control.command(world.maria, world.escalations, '/deploy');
    expect(outcome.acknowledged).toBe(false);
    expect(texts(world, world.escalations, world.maria)[0]).toContain('`/deploy` is not a valid command');
  });

  it('act over HTTP by handle and channel name', async () => {
    const world = await aWorld();
    const call = async (verb: string, body: object): Promise<[number, unknown]> => {
      const response = await fetch(`${world.sandbox.url}/_control/${verb}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      return [response.status, await response.json()];
    };
    await call('add-user', { name: 'noor', title: 'Manager' });
    await call('add-channel', { name: 'digest', members: ['noor'] });
    await call('say', { user: 'noor', channel: '#digest', text: 'morning' });
    await call('say', { user: 'noor', channel: 'dm', text: 'hello' });
    expect(world.sandbox.control.log().map(({ message }) => message.text)).toEqual(['morning', 'hello']);
    expect(await call('say', { user: 'nobody', channel: '#digest', text: 'x' })).toEqual([
      400,
      { error: 'user_not_found', message: 'nobody is called "nobody"' },
    ]);
    expect((await call('fly', {}))[0]).toBe(404);
  });

  it('are not driven by another web page', async () => {
    const world = await aWorld();
    const say = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${world.sandbox.url}/_control/say`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ user: 'maria', channel: 'dm', text: 'x' }),
      });
    expect((await say({ Origin: 'https://evil.example' })).status).toBe(403);
    expect((await say({ Origin: world.sandbox.url })).status).toBe(200);
  });
});
