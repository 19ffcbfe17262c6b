import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerDeps, AnsweredQuestion } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { clarifyQuestion } from '../../src/interactions/clarify-question.ts';
import { createBedrockSummariser } from '../../src/planner/bedrock/bedrock-summariser.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { silentLog } from '../../src/toolkit/log.ts';
import {
  answerReply,
  type BedrockReply,
  type BedrockServer,
  errorReply,
  startBedrockServer,
  textReply,
  toolUse,
} from '../fakes/bedrock-server.ts';
import { modelId, region, useTestCredentials } from '../planner/bedrock/support.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { asker, aTicket, idOf, now, seedWorld } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';
import { injections } from './support/injections.ts';

let store: Store;
let server: BedrockServer;
let deps: AnswerDeps;
const surface = { platform: 'slack', conversation: 'D1', threadId: null };
const bodies = [
  'The export fails with error 512 since 3 November. Call Ana Lopez at +49 30 1234567 or ana@halden.example.',
  'Invoices show 1,200 EUR instead of 12.50 EUR.',
  'The dashboard takes 40 seconds to load.',
];

beforeAll(async () => {
  useTestCredentials();
  store = await openTestStore();
  server = await startBedrockServer();
  await seedWorld(store);
  await plant('Halden', bodies);
  await plant('Mallory', injections);
  await store.db
    .insertInto('contact')
    .values({
      id: idOf('contact', 'Ana'),
      source: 'test',
      source_id: 'Ana',
      name: 'Ana Lopez',
      account_id: idOf('account', 'Halden'),
    })
    .execute();
  deps = { store, catalogue: theCatalogue(), planner: createRulesPlanner(), clock: fixedClock(now) };
});
afterAll(() => server.close());
beforeEach(() => server.script(errorReply('InternalServerException', 500)));

/** One ticket per body, the first body being the newest. */
async function plant(account: string, texts: readonly string[]): Promise<void> {
  const accountId = idOf('account', account);
  await store.db
    .insertInto('account')
    .values({
      id: accountId,
      source: 'test',
      source_id: account,
      name: account,
      owner_id: idOf('person', 'Rita Rep'),
    })
    .execute();
  for (const [index, body] of texts.entries()) {
    const number = `${account.charCodeAt(0)}${String(index).padStart(3, '0')}`;
    const at = new Date(Date.parse('2026-11-20T10:00:00Z') - index * 3_600_000);
    await store.db
      .insertInto('ticket')
      .values(
        aTicket(number, { account_id: accountId, opened_at: at, assignee_id: idOf('person', 'Ada Agent') }),
      )
      .execute();
    await store.db
      .insertInto('ticket_event')
      .values(
        [
          { kind: 'created' as const, body: body.replaceAll('\u0000', ''), public: true },
          { kind: 'comment' as const, body: 'INTERNAL: they will churn', public: false },
        ].map((event, place) => ({
          ...event,
          id: idOf('ticket_event', `${number}-${place}`),
          source: 'test',
          source_id: `${number}-${place}`,
          ticket_id: idOf('ticket', number),
          at,
        })),
      )
      .execute();
  }
}

const summariser = () =>
  createBedrockSummariser({
    region,
    modelId,
    endpoint: server.url,
    timeoutMs: 4000,
    maxTokens: 800,
    log: silentLog,
    clock: fixedClock(now),
  });

function ask(
  question: string,
  more: Partial<AnswerDeps> = {},
  as = 'Max Manager',
): Promise<AnsweredQuestion> {
  return answerQuestion({ ...deps, ...more }, { asker: asker(as), question, surface, requestId: 'r1' });
}
const askModel = (question: string, as?: string) => ask(question, { summariser: summariser() }, as);
const points = (
  ...list: readonly { readonly text: string; readonly ids: readonly string[] }[]
): BedrockReply => textReply(JSON.stringify({ points: list }));
/** Everything of a message that a person reads. */
const shown = ({ message }: AnsweredQuestion): string =>
  JSON.stringify(message.blocks).replaceAll(/"(?:kind|tone|text|content)":/g, '') + message.text;
const sentBody = (): string => JSON.stringify(server.requests[0]?.body);

describe('a question about texts without a model', () => {
  it('quotes the newest lines with their numbers and says why', async () => {
    const answered = await ask('summarise the last 2 tickets of Halden');
    expect(answered.answer).toMatchObject({
      outcome: 'answered',
      planner: 'rules',
      plan: { kind: 'summary' },
    });
    expect(shown(answered)).toContain('The export fails with error 512');
    expect(shown(answered)).toContain('#72000');
    expect(shown(answered)).toContain('#72001');
    expect(shown(answered)).not.toContain('dashboard');
    expect(answered.message.text).toContain('No model is configured');
  });

  it('never quotes an internal comment', async () => {
    expect(shown(await ask('what is Halden complaining about?'))).not.toContain('INTERNAL');
  });

  it('tells what happened in an escalation from its fields', async () => {
    const escalation = await store.db
      .selectFrom('customer_escalation')
      .select(['id', 'ce_number'])
      .executeTakeFirstOrThrow();
    await store.db
      .updateTable('customer_escalation')
      .set({ issue: 'Shard 7 was hot', root_cause: 'A missing index' })
      .where('id', '=', escalation.id)
      .execute();
    const answered = await ask(`what happened in ${escalation.ce_number}?`);
    expect(shown(answered)).toContain('Shard 7 was hot');
    expect(shown(answered)).toContain(escalation.ce_number);
  });

  it('reads nothing that the asker may not see', async () => {
    const own = await ask('summarise the tickets of Halden', {}, 'Ada Agent');
    expect(own.answer.rows).toHaveLength(3);
    const foreign = await ask('summarise the tickets of Halden', {}, 'Rob Rep');
    expect(shown(foreign)).not.toContain('export');
    expect(foreign.answer.rows).toEqual([]);
  });

  it('asks back when a name fits two customers, and one click answers', async () => {
    const { answer, message } = await ask('what is Acme complaining about?');
    expect(answer).toMatchObject({ outcome: 'clarified', plan: { kind: 'summary' } });
    const actions = message.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
    const [first] = actions.flatMap((action) => (action.kind === 'button' ? [action.value] : []));
    const clicked = await clarifyQuestion(
      deps,
      { asker: asker('Max Manager'), surface, requestId: 'r2' },
      first ?? '',
    );
    expect(clicked.answer).toMatchObject({ outcome: 'answered', plan: { kind: 'summary' } });
  });
});

describe('a question about texts with a model', () => {
  it('shows points with the numbers of their tickets, and who made them', async () => {
    server.script(
      points(
        { text: 'The export fails with error 512.', ids: ['r1'] },
        { text: 'Two tickets are about money and speed.', ids: ['r2', 'r3'] },
      ),
    );
    const answered = await askModel('what is Halden complaining about?');
    expect(shown(answered)).toContain('The export fails with error 512.');
    expect(shown(answered)).toContain('(#72001, #72002)');
    expect(shown(answered)).toContain('prompt summarise-texts-1');
  });

  it('gives the model no tool, one form of answer, and the texts as data without details of people', async () => {
    server.script(points());
    await askModel('what is Halden complaining about?');
    expect(server.requests[0]?.body).not.toHaveProperty('toolConfig');
    expect(sentBody()).toContain('json_schema');
    expect(sentBody()).not.toMatch(/Ana|Lopez|1234567|halden\.example|INTERNAL/);
    expect(sentBody()).toContain('[email_1]');
    expect(sentBody()).toContain('[name]');
  });

  it.each([
    ['cites nothing', { text: 'All is bad.', ids: [] }],
    ['cites what was not read', { text: 'All is bad.', ids: ['r1', 'r99'] }],
    ['cites a number of a ticket', { text: 'All is bad.', ids: ['72000'] }],
    ['names a number of another record', { text: 'The export takes 40 seconds.', ids: ['r1'] }],
    ['names a number of its own', { text: 'The export fails 97 % of the time.', ids: ['r1'] }],
    ['writes a number as a word', { text: 'The export failed eleven times.', ids: ['r1'] }],
    ['writes a number in another script', { text: 'The export failed ٥١٢ times.', ids: ['r1'] }],
    ['writes a number with circles', { text: 'It failed ⑨⑦ times.', ids: ['r1'] }],
    ['holds a link', { text: 'Open https://evil.example/x now.', ids: ['r1'] }],
    ['holds a bare host', { text: 'Open evil.example/x now.', ids: ['r1'] }],
    ['holds a mail address', { text: 'Write to ana@evil.example.', ids: ['r1'] }],
    ['holds a host broken by an invisible sign', { text: 'Open evil\u200b.example now', ids: ['r1'] }],
    ['says nothing', { text: '<>', ids: ['r1'] }],
  ])('drops and counts a point that %s', async (_title, point) => {
    server.script(points(point, { text: 'The export fails.', ids: ['r1'] }));
    const answered = await askModel('what is Halden complaining about?');
    expect(shown(answered)).toContain('The export fails.');
    expect(shown(answered)).not.toContain(point.text);
    expect(answered.message.text).toContain('One point of the model was left out');
  });

  it.each<[string, BedrockReply]>([
    ['is no JSON', textReply('They complain about exports.')],
    ['has JSON in a fence', textReply('```json\n{"points":[]}\n```')],
    ['has a field of its own', textReply('{"points":[],"sql":"select 1"}')],
    ['is a call of a tool', answerReply([toolUse({ plan: { kind: 'list', entity: 'person' } })])],
    ['is two texts', answerReply([{ text: '{"points":[]}' }, { text: 'and more' }], 'end_turn')],
    ['is cut off', textReply('{"points":[', 'max_tokens')],
    ['was filtered', textReply('{"points":[]}', 'content_filtered')],
    ['never comes', { kind: 'reset' }],
  ])('quotes the lines instead when the answer %s', async (_title, reply) => {
    server.script(reply);
    const answered = await askModel('what is Halden complaining about?');
    expect(answered.answer.outcome).toBe('answered');
    expect(answered.message.text).toContain('The model could not be asked');
    expect(shown(answered)).toContain('The export fails with error 512');
  });

  it('keeps nothing of the words of the model in what is stored', async () => {
    server.script(points({ text: 'The export fails badly.', ids: ['r1'] }));
    const { answer } = await askModel('what is Halden complaining about?');
    const row = await store.db
      .selectFrom('answer')
      .selectAll()
      .where('id', '=', answer.id)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain('fails badly');
  });
});

describe('tickets that give orders', () => {
  it('are more than sixty', () => {
    expect(new Set(injections).size).toBeGreaterThanOrEqual(60);
  });

  it('change no plan, no SQL and no form, and stay inside their data', async () => {
    const plain = await ask('what is Halden complaining about?');
    for (let from = 0; from < injections.length; from += 20) {
      await store.db
        .updateTable('ticket')
        .set({ deleted_at: now })
        .where('account_id', '=', idOf('account', 'Mallory'))
        .execute();
      const numbers = injections
        .slice(from, from + 20)
        .map((_, index) => `77${String(from + index).padStart(3, '0')}`);
      await store.db.updateTable('ticket').set({ deleted_at: null }).where('number', 'in', numbers).execute();
      server.script(points({ text: 'They write orders instead of problems.', ids: ['r1'] }));
      const answered = await askModel('what is Mallory complaining about?');
      expect(answered.answer.rows).toHaveLength(numbers.length);
      expect(answered.answer.provenance?.sql).toBe(plain.answer.provenance?.sql);
      expect(answered.answer.plan).toMatchObject({ kind: 'summary', list: { entity: 'ticket', limit: 20 } });
      const [content] = server.requests[0]?.body.messages ?? [];
      const data = String((content?.content[1] as { text?: string } | undefined)?.text);
      expect(data.split('<')).toHaveLength(3);
      expect(data.split('</records>')).toHaveLength(2);
      const records = JSON.parse(data.slice('<records>'.length, -'</records>'.length)) as { id: string }[];
      expect(records.map(({ id }) => id)).toEqual(numbers.map((_, index) => `r${index + 1}`));
      expect(data).not.toMatch(/[\p{Cf}\p{Cc}]/u);
      const quoted = await ask('what is Mallory complaining about?');
      expect(shown(quoted)).not.toMatch(/https?:\/\/|<!channel>|<@|javascript:|\p{Cf}/u);
    }
  });

  it('are harmless even to a model that obeys every one of them', async () => {
    await store.db
      .updateTable('ticket')
      .set({ deleted_at: null })
      .where('account_id', '=', idOf('account', 'Mallory'))
      .execute();
    const before = await store.db
      .selectFrom('ticket')
      .select(({ fn }) => fn.countAll().as('n'))
      .executeTakeFirst();
    const fine = { text: 'They write orders.', ids: ['r1'] };
    for (let from = 0; from < injections.length; from += 5) {
      const obeyed = injections
        .slice(from, from + 5)
        .map((order, index) =>
          index % 2 === 0
            ? { text: order.slice(0, 590), ids: ['r1', 'r99'] }
            : { text: `See https://evil.example ${order.slice(0, 500)}`, ids: ['r1'] },
        );
      server.script(points(fine, ...obeyed));
      const answered = await askModel('what is Mallory complaining about?');
      const paragraphs = answered.message.blocks.flatMap((block) =>
        block.kind === 'paragraph' ? block.content : [],
      );
      expect(paragraphs.slice(0, 2)).toEqual(['• ', 'They write orders. ']);
      expect(answered.message.text).toMatch(/(?:\d|One) points? of the model (?:were|was) left out/);
      expect(answered.message.text.length).toBeLessThan(400);
      expect(answered.answer.rows.every((row) => row.includes('Mallory'))).toBe(true);
    }
    for (const order of injections) {
      server.script(textReply(order));
      const record = { handle: 'r1', title: 't', openedOn: '2026-11-20', status: 'open', lines: [] };
      const about = { question: 'q', records: [record], zone: 'UTC', personId: null, requestId: 'r' };
      // The one order that is an answer of the right form is an answer: its words are checked like any others.
      const isForm = order.startsWith('{"points"');
      expect((await summariser().summarise(about)).kind).toBe(isForm ? 'points' : 'failed');
    }
    expect(
      await store.db
        .selectFrom('ticket')
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirst(),
    ).toEqual(before);
  });
});
