import { existsSync } from 'node:fs';
import type { App } from '@slack/bolt';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { World } from './support.ts';
import { aSocketApp, aWorld, eventually, started, tinyPng } from './support.ts';

const executablePath = process.env['HEED_CHROMIUM'] ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  process.stderr.write(
    `skipped: tests of the sandbox page need Chromium at ${executablePath} (or HEED_CHROMIUM)\n`,
  );

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });

describe.skipIf(!hasBrowser)('the page of the sandbox, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--no-first-run',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(() => browser.close());

  /** Opens the page; fails the test when it asks anybody else for anything or has an error. */
  async function open(world: World, path: string, width = 1280): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    page.setDefaultTimeout(10_000);
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(world.sandbox.url)) troubles.push(`asked for ${request.url()}`);
    });
    onTestFinished(async () => {
      await page.close();
      expect(troubles).toEqual([]);
    });
    await page.goto(`${world.sandbox.url}${path}`);
    await page.locator('.conversation-head h1').waitFor();
    return page;
  }

  async function type(page: Page, text: string): Promise<void> {
    await page.locator('#composer-area textarea').fill(text);
    await page.keyboard.press('Enter');
  }

  /** Answers every question with a button; pressing it changes the message. */
  async function anAnsweringApp(world: World): Promise<App> {
    const app = aSocketApp(world.sandbox);
    app.message(async ({ message, say }) => {
      await say({
        text: 'Twelve are open.',
        thread_ts: message.ts,
        blocks: [
          {
            type: 'section',
            text: mrkdwn(`*Twelve* are open, said of _${'text' in message ? message.text : ''}_`),
          },
          { type: 'actions', elements: [{ type: 'button', text: plain('Take them'), action_id: 'take' }] },
        ],
      });
    });
    app.action('take', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions') return;
      await client.chat.update({
        channel: body.channel?.id ?? '',
        ts: body.message?.ts ?? '',
        text: `taken by <@${body.user.id}>`,
        blocks: [],
      });
    });
    app.command('/heed', async ({ ack, command }) => ack(`you asked for ${command.text}`));
    return started(app);
  }

  it('asks as a person, shows the answer, presses its button and shows the change', async () => {
    const world = await aWorld();
    await anAnsweringApp(world);
    const page = await open(world, '/?as=maria');
    await page.getByRole('button', { name: /Heed APP/ }).click();
    await type(page, 'how many tickets?');
    const answer = page.locator('.message', { hasText: 'are open' });
    await answer.locator('strong', { hasText: 'Twelve' }).waitFor();
    expect(await answer.locator('em').textContent()).toBe('how many tickets?');
    await answer.getByRole('button', { name: 'Take them' }).click();
    const changed = page.locator('.message', { hasText: 'taken by' });
    await changed.getByText('@Maria Silva').waitFor();
    expect(await changed.locator('.edited').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Take them' }).count()).toBe(0);
  });

  it('sends a slash command and shows its answer to this person only', async () => {
    const world = await aWorld();
    await anAnsweringApp(world);
    const path = `#/c/${world.escalations}`;
    const [maria, sam] = [await open(world, `/?as=maria${path}`), await open(world, `/?as=sam${path}`)];
    await type(maria, '/heed status');
    await maria.getByText('you asked for status').waitFor();
    expect(await maria.getByText('Only visible to you').count()).toBe(1);
    await type(maria, 'hello all');
    await sam.getByText('hello all').waitFor();
    expect(await sam.getByText('you asked for').count()).toBe(0);
  });

  it('switches the acting person and counts what they have not read', async () => {
    const world = await aWorld();
    const page = await open(world, `/?as=maria#/c/${world.escalations}`);
    await type(page, 'one');
    await page.locator('.message', { hasText: 'one' }).waitFor();
    await page.getByRole('button', { name: /Heed APP/ }).click();
    await page.getByLabel('Act as').selectOption(world.sam);
    await page.locator('.sidebar .unread', { hasText: '1' }).waitFor();
    expect(await page.locator('.acting-who strong').textContent()).toBe('Sam Lee');
    await page.getByRole('button', { name: /escalations/ }).click();
    await page.locator('.message', { hasText: 'Maria Silva' }).waitFor();
    expect(await page.locator('.sidebar .unread').count()).toBe(0);
  });

  it('completes a mention by keyboard and replies in a thread', async () => {
    const world = await aWorld();
    const page = await open(world, `/?as=maria#/c/${world.escalations}`);
    await page.locator('#composer-area textarea').focus();
    await page.keyboard.type('@he');
    await page.getByRole('option', { name: /Heed/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('look');
    await page.keyboard.press('Enter');
    const asked = page.locator('.message', { hasText: 'look' });
    await asked.getByText('@Heed').waitFor();
    await asked.hover();
    await asked.getByRole('button', { name: 'Reply in thread' }).click();
    await page.locator('#thread textarea').fill('in the thread');
    await page.keyboard.press('Enter');
    await page.locator('#thread .message', { hasText: 'in the thread' }).waitFor();
    await asked.getByText('1 reply').waitFor();
    const [parent, reply] = world.sandbox.control.messages(world.escalations);
    expect(parent?.text).toBe(`<@${world.sandbox.botUserId}> look`);
    expect(reply?.threadTs).toBe(parent?.ts);
  });

  it('shows the home tab and a modal, keeps it open on a mistake and closes it on success', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: {
          type: 'home',
          blocks: [
            {
              type: 'section',
              text: mrkdwn('*3 alerts* are open'),
              accessory: { type: 'button', text: plain('Note'), action_id: 'note' },
            },
          ],
        },
      });
    });
    app.action('note', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions') return;
      await client.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'note',
          title: plain('Note'),
          submit: plain('Save'),
          blocks: [
            {
              type: 'input',
              label: plain('Words'),
              element: { type: 'plain_text_input', action_id: 'words' },
            },
          ],
        },
      });
    });
    const saved: unknown[] = [];
    app.view('note', async ({ ack, view }) => {
      await ack();
      saved.push(Object.values(view.state.values)[0]?.['words']?.value);
    });
    await started(app);
    const page = await open(world, '/?as=maria#/home');
    await page.getByRole('button', { name: 'Note' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Please complete this required field.').waitFor();
    await dialog.getByLabel('Words').fill('called them');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(saved).toEqual(['called them']);
  });

  it('shows pictures with their alt text, tables, charts and menus that work', async () => {
    const world = await aWorld();
    const app = aSocketApp(world.sandbox);
    const chosen: unknown[] = [];
    app.action('snooze', async ({ ack, action }) => {
      await ack();
      if (action.type === 'static_select') chosen.push(action.selected_option.value);
    });
    await started(app);
    const uploaded = await app.client.filesUploadV2({ file: tinyPng, filename: 'chart.png' });
    const id = uploaded.files[0]?.files?.[0]?.id ?? '';
    const cell = (text: string) => ({ type: 'raw_text', text });
    const number = (value: number) => ({ type: 'raw_number', value, text: `${value} open` });
    await app.client.apiCall('chat.postMessage', {
      channel: world.escalations,
      text: 'all kinds',
      blocks: [
        { type: 'image', alt_text: 'Tickets doubled', slack_file: { id } },
        {
          type: 'data_table',
          caption: 'Teams',
          page_size: 2,
          rows: [
            [cell('Team'), cell('Open')],
            [cell('b'), number(9)],
            [cell('a'), number(11)],
            [cell('c'), number(10)],
          ],
        },
        { type: 'table', rows: [[cell('Name')], [cell('plain table')]] },
        {
          type: 'data_visualization',
          title: 'Per day',
          chart: {
            type: 'bar',
            series: [{ name: 'n', data: [{ label: 'Mon', value: 4 }] }],
            axis_config: { categories: ['Mon'] },
          },
        },
        {
          type: 'actions',
          elements: [
            {
              type: 'static_select',
              action_id: 'snooze',
              placeholder: plain('Snooze'),
              options: [{ text: plain('1 hour'), value: '1h' }],
            },
          ],
        },
      ],
    });
    const page = await open(world, `/?as=maria#/c/${world.escalations}`);
    const image = page.getByRole('img', { name: 'Tickets doubled' });
    await image.waitFor();
    await expect
      .poll(() => image.evaluate((node) => (node as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(1);
    const cells = (): Promise<string[]> => page.locator('.data-table tbody th').allTextContents();
    expect(await cells()).toEqual(['b', 'a']);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    expect(await cells()).toEqual(['b', 'c']);
    await page.getByRole('button', { name: 'Next page' }).click();
    expect(await cells()).toEqual(['a']);
    await page.getByText('plain table').waitFor();
    expect(await page.getByRole('img', { name: 'Per day' }).locator('rect').count()).toBe(1);
    await page.getByLabel('Snooze').selectOption('1h');
    await eventually(() => chosen.length === 1);
  });

  it('never runs what names and texts contain', async () => {
    const attack = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    const world = await aWorld({ app: { name: 'Heed' } });
    const { control } = world.sandbox;
    const mallory = control.addUser({ name: 'mallory', realName: attack, title: attack }).id;
    const channel = control.addChannel({ name: 'lab', topic: attack }, [world.maria, mallory]).id;
    control.say(mallory, channel, attack);
    const app = await started(aSocketApp(world.sandbox));
    const cell = { type: 'raw_text', text: attack };
    await app.client.apiCall('chat.postMessage', {
      channel,
      text: attack,
      blocks: [
        {
          type: 'section',
          text: mrkdwn(
            `${attack} <javascript:window.hacked=1|click> <https://example.com/"onmouseover=window.hacked=1|link>`,
          ),
        },
        { type: 'header', text: plain(attack) },
        {
          type: 'markdown',
          text: `${attack}\n\n[x](javascript:window.hacked=1)\n\n| ${attack} |\n|---|\n| x |`,
        },
        { type: 'table', rows: [[cell], [cell]] },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [{ type: 'link', url: 'javascript:window.hacked=1', text: 'rich' }],
            },
          ],
        },
        {
          type: 'actions',
          elements: [{ type: 'button', text: plain(attack.slice(0, 70)), action_id: 'a', value: attack }],
        },
      ],
    });
    const page = await open(world, `/?as=maria#/c/${channel}`);
    await page.locator('.message').nth(1).waitFor();
    await page.getByRole('button', { name: /lab/ }).hover();
    expect(
      await page.evaluate(
        '[window.hacked, document.querySelectorAll("main img, main script, [onerror]").length]',
      ),
    ).toEqual([undefined, 0]);
    const addresses = await page.evaluate<string[]>(
      '[...document.querySelectorAll("main a")].map((a) => a.protocol)',
    );
    expect(new Set(addresses)).toEqual(new Set(['https:']));
    expect(await page.locator('.message').first().textContent()).toContain('<img src=x onerror=');
  });

  it('fits a screen of 360 pixels, with the conversations behind a button', async () => {
    const world = await aWorld();
    world.sandbox.control.say(world.sam, world.escalations, `long ${'word'.repeat(80)}`);
    const page = await open(world, `/?as=maria#/c/${world.escalations}`, 360);
    await page.locator('.message').waitFor();
    expect(await page.evaluate('document.scrollingElement.scrollWidth')).toBe(360);
    expect(await page.locator('#sidebar').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Open the list of conversations' }).click();
    await page.getByRole('button', { name: /Heed Home/ }).click();
    await page.getByText('nothing to show here yet').waitFor();
    expect(await page.locator('#menu-button').getAttribute('aria-expanded')).toBe('false');
  });
});
