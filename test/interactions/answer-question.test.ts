import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerDeps, AnsweredQuestion } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { clarifyQuestion } from '../../src/interactions/clarify-question.ts';
import type { Block, Message } from '../../src/messages/message.ts';
import { parseMessage } from '../../src/messages/message-schema.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { asker, idOf, now, seedWorld, world } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

let store: Store;
let deps: AnswerDeps;
const surface = { platform: 'slack', conversation: 'D1', threadId: null };

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
  deps = { store, catalogue: theCatalogue(), planner: createRulesPlanner(), clock: fixedClock(now) };
});

function ask(
  question: string,
  as = 'Max Manager',
  more: Partial<AnswerDeps> = {},
): Promise<AnsweredQuestion> {
  return answerQuestion({ ...deps, ...more }, { asker: asker(as), question, surface, requestId: 'r1' });
}

const block = <Kind extends Block['kind']>(message: Message, kind: Kind): Extract<Block, { kind: Kind }> => {
  const found = message.blocks.find((one): one is Extract<Block, { kind: Kind }> => one.kind === kind);
  if (!found) throw new Error(`no ${kind} in ${JSON.stringify(message)}`);
  return found;
};

const buttonsOf = (message: Message) =>
  block(message, 'actions').actions.flatMap((action) => (action.kind === 'button' ? [action] : []));

describe('answering a question', () => {
  it('shows how many escalations are open, counted by hand (S0-17)', async () => {
    const open = world.customer_escalation.filter((row) => !['resolved', 'closed'].includes(row.status));
    const { message, answer } = await ask('how many escalations are open?');
    expect(answer.outcome).toBe('answered');
    expect(answer.rows).toEqual([[open.length]]);
    expect(message.text).toBe(`${open.length} open customer escalations right now.`);
  });

  it('states what was computed: filters, dates, zone, scope, freshness and planner', async () => {
    const { message } = await ask('how many urgent tickets were opened last week');
    const small = block(message, 'context')
      .content.map((part) => (typeof part === 'string' ? part : ''))
      .join('');
    expect(small).toContain('Priority is Urgent');
    expect(small).toContain('9 November 2026 up to and including 15 November 2026, UTC');
    expect(small).toContain('All tickets');
    expect(small).toContain('Data as of');
    expect(small).toContain('Understood by rules.');
  });

  it('counts tickets of a named week like a count in memory', async () => {
    const from = Date.parse('2026-11-09T00:00:00Z');
    const to = Date.parse('2026-11-16T00:00:00Z');
    const opened = world.ticket.filter((row) => {
      const at = new Date(row.opened_at).getTime();
      return at >= from && at < to;
    });
    const { answer } = await ask('how many tickets were opened last week?');
    expect(answer.rows).toEqual([[opened.length]]);
  });

  it('shows a rep only their own deals, and which of them slipped', async () => {
    const mine = world.opportunity.filter(
      (row) =>
        row.owner_id === idOf('person', 'Rita Rep') &&
        row.is_closed === false &&
        String(row.close_date) < '2026-11-21' &&
        (row.amount ?? 0) > 5000,
    );
    const { answer } = await ask('which of my deals over 5k slipped?', 'Rita Rep');
    expect(answer.rows.map((row) => row[0]).sort()).toEqual(mine.map((row) => row.name).sort());
    expect(answer.rows.length).toBeGreaterThan(0);
  });

  it('finds a product where a customer was expected, and says so', async () => {
    const { answer } = await ask('tickets for GTX Pro last month');
    expect(answer.notes).toEqual(['I took “GTX Pro” as Product.']);
    expect(answer.plan).toMatchObject({ where: [{ any: [{ dimension: 'product', values: ['GTX Pro'] }] }] });
  });

  it('asks back when a name fits two customers, and one click answers', async () => {
    const { message, answer } = await ask('how healthy is Acme?');
    expect(answer.outcome).toBe('clarified');
    const [first] = buttonsOf(message);
    expect(buttonsOf(message).map((button) => button.label)).toEqual(['Acme Corp', 'Acme Foods']);
    const request = { asker: asker('Max Manager'), surface, requestId: 'r2' };
    const clicked = await clarifyQuestion(deps, request, first?.value ?? '');
    expect(clicked.answer.outcome).toBe('answered');
    expect(clicked.answer.question).toBe('how healthy is Acme?');
  });

  it('runs a clicked plan under the rights of whoever clicks', async () => {
    const { message } = await ask('open tickets last week');
    const value = buttonsOf(message)[0]?.value ?? '';
    const all = await clarifyQuestion(deps, { asker: asker('Max Manager'), surface, requestId: 'r' }, value);
    const own = await clarifyQuestion(deps, { asker: asker('Ada Agent'), surface, requestId: 'r' }, value);
    expect(Number(own.answer.rows[0]?.[0])).toBeLessThan(Number(all.answer.rows[0]?.[0]));
    expect(own.answer.provenance?.scope).toContain('your own tickets');
  });

  it.each([
    '',
    'not json',
    '{"plan":{"kind":"sql"}}',
    JSON.stringify({ question: 'x', plan: { kind: 'list', entity: 'DROP' } }),
  ])('answers a forged button %j with a refusal', async (value) => {
    const { answer, message } = await clarifyQuestion(
      deps,
      { asker: asker('Ada Agent'), surface, requestId: 'r' },
      value,
    );
    expect(answer.outcome).toBe('refused');
    expect(message.text).not.toBe('');
  });

  it('says that a role does not see a figure instead of pretending not to know it', async () => {
    const { answer, message } = await ask('what is our arr', 'Ada Agent');
    expect(answer.outcome).toBe('refused');
    expect(message.text).toContain('Your role does not see that: ARR.');
  });

  it('refuses an unknown word by name and offers questions that work', async () => {
    const { answer, message } = await ask('how many unicorn tickets were opened last week');
    expect(answer.outcome).toBe('refused');
    expect(message.text).toContain('“unicorn”');
    const paragraphs = message.blocks.flatMap((one) => (one.kind === 'paragraph' ? [one] : []));
    const examples = (paragraphs.at(-1)?.content ?? []).filter((part) => typeof part === 'object');
    expect(examples).toHaveLength(3);
    for (const example of examples) {
      const text = typeof example === 'object' && 'text' in example ? example.text : '';
      expect((await ask(text)).answer.outcome).toBe('answered');
    }
  });

  it('says plainly that there is no data, never zero, for an average of nothing', async () => {
    const { answer, message } = await ask('average first response time in 2015');
    expect(answer.outcome).toBe('answered');
    expect(message.text).toMatch(/no data/);
    expect(message.text).not.toMatch(/\b0\b/);
  });

  it('draws a line for a series and bars for a few groups', async () => {
    const series = await ask('tickets opened by week in the last 90 days');
    expect(block(series.message, 'chart').spec.kind).toBe('line');
    const groups = await ask('open tickets by priority');
    expect(block(groups.message, 'chart').spec.kind).toBe('horizontal-bar');
    const single = await ask('how many tickets are open');
    expect(single.message.blocks.some((one) => one.kind === 'chart')).toBe(false);
  });

  it('builds messages that the outbox can read back', async () => {
    for (const question of [
      'open tickets by priority',
      'my open tickets',
      'how healthy is Acme?',
      'blurb',
      'tickets by month this year',
    ]) {
      const { message } = await ask(question);
      // Who may see it decides where it goes and is not kept.
      const { audience: _, ...kept } = message;
      expect(parseMessage(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    }
  });

  it('keeps every answer with plan, SQL, parameters and an audit line', async () => {
    const { answer } = await ask('how many tickets are open', 'Sue Supervisor');
    const row = await store.db
      .selectFrom('answer')
      .selectAll()
      .where('id', '=', answer.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      question: 'how many tickets are open',
      outcome: 'answered',
      planner: 'verified',
      row_count: 1,
    });
    expect(row.plan).toEqual(answer.plan);
    expect(row.sql_text).toMatch(/select/i);
    const line = await store.db
      .selectFrom('audit_log')
      .selectAll()
      .where('subject', '=', answer.id)
      .executeTakeFirstOrThrow();
    expect(line).toMatchObject({ action: 'answer', actor_id: asker('Sue Supervisor').personId });
  });
});

describe('a question that goes wrong', () => {
  it('still ends in a reply when the planner never answers', async () => {
    const planner = { name: 'silent', plan: () => new Promise<never>(() => undefined) };
    const { answer, message } = await ask('how many tickets are open', 'Max Manager', {
      planner,
      deadlineMs: 50,
    });
    expect(answer).toMatchObject({ outcome: 'failed', reason: 'deadline' });
    expect(message.text).toContain('too long');
  });

  it('still ends in a reply when the planner throws', async () => {
    const planner = { name: 'broken', plan: () => Promise.reject(new Error('boom')) };
    const { answer, message } = await ask('how many tickets are open', 'Max Manager', { planner });
    expect(answer.outcome).toBe('failed');
    expect(message.text).toContain(answer.id);
    expect(message.text).not.toContain('boom');
  });

  it('still replies when the answer cannot be stored', async () => {
    const broken = { ...store, transaction: () => Promise.reject(new Error('disk full')) };
    const warnings: string[] = [];
    const log = {
      warn: (_details: Readonly<Record<string, unknown>>, message: string) => void warnings.push(message),
    };
    const { answer } = await ask('how many tickets are open', 'Max Manager', { store: broken, log });
    expect(answer.outcome).toBe('answered');
    expect(warnings).toEqual(['answer not stored']);
  });
});
