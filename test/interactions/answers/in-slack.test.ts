import { webApi } from '@slack/bolt';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Asker } from '../../../src/access/asker.ts';
import { createSandbox, type Sandbox } from '../../../src/chat/sandbox/index.ts';
import { connectSlack, type SlackApp } from '../../../src/chat/slack/slack-app.ts';
import { createSlackPlatform } from '../../../src/chat/slack/slack-platform.ts';
import { type RelayOptions, relayOnce } from '../../../src/delivery/relay.ts';
import type { AnswerDeps } from '../../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../../src/interactions/answer-question.ts';
import { exportAnswer } from '../../../src/interactions/answers/export/export-answer.ts';
import { pressAnswerButton } from '../../../src/interactions/answers/press-answer-button.ts';
import { rerunAnswer } from '../../../src/interactions/answers/rerun-answer.ts';
import { showAnswer } from '../../../src/interactions/answers/show-answer.ts';
import { showFeedback } from '../../../src/interactions/answers/show-feedback.ts';
import { afterExport, submitAnswerForm } from '../../../src/interactions/answers/submit-answer-form.ts';
import { createInteractions } from '../../../src/interactions/create-interactions.ts';
import { buildNotice } from '../../../src/messages/notice-message.ts';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { Store } from '../../../src/store/database.ts';
import { createOutboxAccess } from '../../../src/store/outbox-access.ts';
import { fixedClock } from '../../../src/toolkit/clock.ts';
import { silentLog } from '../../../src/toolkit/log.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { asker, now, seedWorld, world } from '../../query/support/world.ts';
import { openTestStore } from '../../support/store.ts';

/** The whole way: a person in the strict local Slack, the listeners, the interactions, the store, the outbox. */
describe('an answer in Slack', () => {
  let store: Store;
  let sandbox: Sandbox;
  let slack: SlackApp;
  let deps: AnswerDeps;
  let relay: RelayOptions;
  const people = new Map<string, Asker>();
  let max: string;
  let ada: string;
  let direct: string;

  beforeAll(async () => {
    store = await openTestStore();
    await seedWorld(store);
    deps = { store, catalogue: theCatalogue(), planner: createRulesPlanner(), clock: fixedClock(now) };
    sandbox = await createSandbox({ limits: { pacing: 'off', fileProcessingMilliseconds: 5 } });
    max = sandbox.control.addUser({ name: 'max' }).id;
    ada = sandbox.control.addUser({ name: 'ada' }).id;
    people.set(max, asker('Max Manager')).set(ada, asker('Ada Agent'));
    direct = sandbox.control.directMessage(max);
    const client = new webApi.WebClient(sandbox.botToken, { slackApiUrl: sandbox.apiUrl });
    relay = {
      outbox: createOutboxAccess(store),
      platform: createSlackPlatform({ client, linkHosts: [], imageWaitMs: 2000 }),
      draw: async () => null,
      secret: 'a secret of this test',
      policy: { settleSeconds: 0.4, longestWaitSeconds: 0.2 },
      leaseSeconds: 30,
      clockSkewSeconds: 60,
      paceSeconds: 0,
      parallel: 4,
      idleMs: 10,
      log: silentLog,
      random: Math.random,
    };
    slack = await connectSlack({
      botToken: sandbox.botToken,
      transport: { kind: 'socket', appToken: sandbox.appToken },
      apiUrl: sandbox.apiUrl,
      teamId: undefined,
      linkHosts: [],
      draw: async () => null,
      log: silentLog,
    });
    await slack.start(interactions());
  });
  afterAll(async () => {
    await slack?.stop();
    await sandbox?.close();
  });
  beforeEach(async () => {
    await store.db.deleteFrom('outbox').execute();
  });

  const surfaceOf = (request: { readonly channelId: string | null; readonly threadId?: string | null }) => ({
    platform: 'slack',
    conversation: request.channelId,
    threadId: request.threadId ?? null,
  });
  const interactions = () =>
    createInteractions({
      store,
      boards: new Map(),
      board: { catalogue: deps.catalogue, run: () => Promise.reject(new Error('no boards')), now: () => now },
      whoIs: async ({ chatUserId }) => people.get(chatUserId) ?? null,
      answer: async ({ asker: who, question, requestId, ...request }) =>
        (await answerQuestion(deps, { asker: who, question, requestId, surface: surfaceOf(request) }))
          .message,
      pressAlert: async () => undefined,
      answerChoice: async () => null,
      pressAnswer: (request, who) =>
        pressAnswerButton(deps, { ...request, asker: who, surface: surfaceOf(request) }),
      submitAnswer: (request, who) =>
        submitAnswerForm(deps, { ...request, asker: who, surface: surfaceOf(request) }),
      answerCommand: async (command, request, who) => {
        const surface = surfaceOf(request);
        if (command.kind === 'export')
          return afterExport(
            await exportAnswer(deps, { asker: who, surface, answerId: command.id, format: command.format }),
          );
        if (command.kind === 'answer')
          return { kind: 'private', message: await showAnswer(deps, who, command.id) };
        return { kind: 'private', message: buildNotice('not here') };
      },
      ownBoard: async () => [],
      simulator: { run: () => Promise.reject(new Error('no demo')), panel: async () => null },
      clearanceOf: async () => null,
      kick: () => undefined,
      log: silentLog,
    });

  /** Delivers what the outbox holds, and what it will hold in a moment. */
  const delivered = async (): Promise<void> => {
    await expect
      .poll(async () => (await store.db.selectFrom('outbox').select('id').execute()).length, {
        timeout: 10_000,
      })
      .toBeGreaterThan(0);
    while ((await relayOnce(relay)) > 0);
  };
  const messagesTo = (user: string, channel: string) => sandbox.control.messages(channel, user);
  const askIn = async (question: string) => {
    sandbox.control.say(max, direct, question);
    await delivered();
    const last = messagesTo(max, direct).at(-1);
    if (last === undefined) throw new Error('no answer');
    await store.db.deleteFrom('outbox').execute();
    return last;
  };
  const elementsOf = (message: { readonly blocks: readonly unknown[] }) =>
    (message.blocks as { type: string; elements?: Record<string, unknown>[] }[])
      .filter(({ type }) => type === 'actions')
      .flatMap(({ elements }) => elements ?? []);
  const optionsOf = (element: Record<string, unknown> | undefined) =>
    (element?.['options'] ?? []) as { text: { text: string }; value: string }[];
  const withAction = (message: { readonly blocks: readonly unknown[] }, id: string) =>
    elementsOf(message).find((element) => element['action_id'] === id);
  const press = async (ts: string, action: string, selected?: string) => {
    await sandbox.control.press(max, direct, ts, action, selected === undefined ? {} : { selected });
  };
  const openModal = async (ts: string, action: string, selected?: string) => {
    await press(ts, action, selected);
    await expect.poll(() => sandbox.control.modal(max)?.['id'], { timeout: 10_000 }).toBeTruthy();
    return z.string().parse(sandbox.control.modal(max)?.['id']);
  };
  const textOf = (message: unknown) => JSON.stringify(message);

  it('is calm: five things to press and three dots, within every limit of Slack', async () => {
    const answer = await askIn('tickets opened last month by priority');
    const elements = elementsOf(answer);
    expect(elements.map(({ type }) => type)).toEqual([
      'static_select',
      'static_select',
      'button',
      'button',
      'button',
      'overflow',
    ]);
    expect(answer.blocks.filter((block) => (block as { type: string }).type === 'actions')).toHaveLength(1);
  });

  it('drills by a dimension of the menu, and then shows the records of a group (S1-54)', async () => {
    const answer = await askIn('tickets opened last month');
    const drills = optionsOf(withAction(answer, 'drill-answer'));
    const priority = drills.find(({ value }) => value.endsWith(' priority'));
    await press(answer.ts, 'drill-answer', priority?.value);
    await delivered();
    const drilled = messagesTo(max, direct).at(-1)!;
    expect(textOf(drilled)).toContain('by priority');
    await store.db.deleteFrom('outbox').execute();

    const urgent = optionsOf(withAction(drilled, 'list-answer-records')).find(
      ({ text }) => text.text === 'Urgent',
    );
    await press(drilled.ts, 'list-answer-records', urgent?.value);
    await delivered();
    const expected = world.ticket.filter(
      (row) => row.priority === 'urgent' && new Date(row.opened_at).toISOString().startsWith('2026-10'),
    );
    expect(textOf(messagesTo(max, direct).at(-1))).toContain(`${expected.length} ticket`);
  });

  it('filters by a dialog: mistakes stay in it, a period and a filter give a new answer (S0-14)', async () => {
    const answer = await askIn('tickets opened last month');
    const view = await openModal(answer.ts, 'filter-answer');
    const asItIs = { period: { selected: 'as-it-is' }, group: { selected: 'as-it-is' } };
    const refused = await sandbox.control.submitView(max, view, {
      ...asItIs,
      'field-1': { selected: 'priority' },
    });
    expect(refused.errors).toEqual({ 'value-1': 'Say what it should be.' });
    const done = await sandbox.control.submitView(max, view, {
      ...asItIs,
      period: { selected: 'all' },
      'field-1': { selected: 'priority' },
      'value-1': { value: 'urgent' },
    });
    expect(done.errors).toEqual({});
    await delivered();
    const urgent = world.ticket.filter((row) => row.priority === 'urgent').length;
    const filtered = messagesTo(max, direct).at(-1)!;
    expect(filtered.text).toContain(`${urgent} tickets were opened`);
    expect(textOf(filtered)).toContain('Priority is Urgent');
  });

  it('is exported into its thread once, safe to open, and the bytes are kept no longer (S0-15, S1-46)', async () => {
    const answer = await askIn('list urgent tickets');
    const more = optionsOf(withAction(answer, 'answer-more')).find(({ value }) => value.endsWith(' export'));
    const view = await openModal(answer.ts, 'answer-more', more?.value);
    await sandbox.control.submitView(max, view, { format: { selected: 'csv' } });
    await delivered();
    const [fileId = ''] = messagesTo(max, direct).at(-1)?.fileIds ?? [];
    const client = new webApi.WebClient(sandbox.botToken, { slackApiUrl: sandbox.apiUrl });
    const { file } = await client.files.info({ file: fileId });
    expect(file?.name).toMatch(/\.csv$/);
    const headers = { authorization: `Bearer ${sandbox.botToken}` };
    const content = Buffer.from(await (await fetch(file?.url_private ?? '', { headers })).arrayBuffer());
    const rows = parse(content, { bom: true });
    expect(rows.length - 1).toBe(world.ticket.filter((row) => row.priority === 'urgent').length);
    expect(await store.db.selectFrom('outbox_file').select('id').execute()).toEqual([]);
    const audited = await store.db
      .selectFrom('audit_log')
      .selectAll()
      .where('action', '=', 'export')
      .execute();
    expect(audited).toHaveLength(1);
    expect(audited[0]?.detail).toMatchObject({ format: 'csv', rows: rows.length - 1 });
  });

  it('shows plan, statement and values to whoever asked, and nothing to a colleague', async () => {
    const answer = await askIn('open escalations by priority');
    const [, id = ''] = /Answer ([0-9a-f]{8})\./.exec(textOf(answer)) ?? [];
    await sandbox.control.command(max, direct, '/heed', `answer ${id}`);
    await expect.poll(() => textOf(messagesTo(max, direct).at(-1)), { timeout: 10_000 }).toContain('$1 = ');
    const report = textOf(messagesTo(max, direct).at(-1));
    expect(report).toContain('select');
    expect(report).toMatch(/d-[0-9a-f]{12}/);
    expect((await showAnswer(deps, asker('Ada Agent'), id)).text).toContain('There is no answer of yours');
  });

  it('is run again by whoever presses, and the difference is told (was, is now, new, gone)', async () => {
    const answer = await askIn('tickets opened this year');
    const before = world.ticket.filter((row) => new Date(row.opened_at).getUTCFullYear() === 2026).length;
    const [, id = ''] = /Answer ([0-9a-f]{8})\./.exec(textOf(answer)) ?? [];
    const row = await store.db
      .selectFrom('ticket')
      .select('id')
      .where('opened_at', '>', new Date('2026-11-01'))
      .executeTakeFirstOrThrow();
    await store.db.updateTable('ticket').set({ deleted_at: now }).where('id', '=', row.id).execute();
    try {
      const request = { surface: surfaceOf({ channelId: direct }), requestId: 'r' };
      const again = await rerunAnswer(deps, { ...request, asker: asker('Max Manager') }, id);
      if (!again.ok) throw new Error(again.message.text);
      expect(again.value.message.text).toContain(`Was ${before}, is now ${before - 1} (-1).`);
      expect(again.value.answer.parentId).toMatch(new RegExp(`${id}$`));
      const other = await rerunAnswer(deps, { ...request, asker: asker('Ada Agent') }, id);
      if (!other.ok) throw new Error(other.message.text);
      expect(other.value.message.text).not.toContain(`Was ${before}`);
      expect(other.value.answer.provenance?.scope).toContain('your own tickets');
    } finally {
      await store.db.updateTable('ticket').set({ deleted_at: null }).where('id', '=', row.id).execute();
    }
  });

  it('keeps thumbs with their reason, one per person, and shows them to managers alone', async () => {
    const answer = await askIn('open tickets by channel');
    await press(answer.ts, 'answer-helpful');
    const view = await openModal(answer.ts, 'answer-unhelpful');
    await sandbox.control.submitView(max, view, {
      reason: { selected: 'misunderstood' },
      comment: { value: 'I meant the intake channel' },
    });
    await expect
      .poll(
        async () => await store.db.selectFrom('feedback').select(['helpful', 'reason', 'comment']).execute(),
        { timeout: 10_000 },
      )
      .toEqual([{ helpful: false, reason: 'misunderstood', comment: 'I meant the intake channel' }]);
    const shown = textOf(await showFeedback({ store }, asker('Max Manager')));
    expect(shown).toContain('open tickets by channel');
    expect(shown).toContain('I meant the intake channel');
    expect(shown).toContain('rules');
    expect((await showFeedback({ store }, asker('Ada Agent'))).text).toContain('only managers');
  });
});
