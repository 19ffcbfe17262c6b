import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerDeps, StoredAnswer } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import { createValueBook, type StoredValues } from '../../src/query/stored-values.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { asker, idOf, now, seedWorld, world } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

let deps: AnswerDeps;
let values: StoredValues;

beforeAll(async () => {
  const store = await openTestStore();
  await seedWorld(store);
  const catalogue = theCatalogue();
  const clock = fixedClock(now);
  const book = createValueBook(store, () => catalogue, clock);
  deps = { store, catalogue, planner: createRulesPlanner(), clock, values: book };
  values = await book.read();
});

const surface = { platform: 'cli', conversation: null, threadId: null };
const ask = async (question: string, as = 'Max Manager'): Promise<StoredAnswer> =>
  (await answerQuestion(deps, { asker: asker(as), question, surface, requestId: 'r' })).answer;

/** Tickets opened in the seven days from 9 November, counted by hand. */
const openedThatWeek = (isMeant: (row: (typeof world.ticket)[number]) => boolean): number =>
  world.ticket.filter((row) => {
    const at = new Date(row.opened_at).toISOString();
    return at >= '2026-11-09' && at < '2026-11-16' && isMeant(row);
  }).length;

describe('the values of a store', () => {
  it('are those of few-valued dimensions, read as they stand', () => {
    expect(values.get('channel')).toEqual(expect.arrayContaining(['chat', 'email', 'phone']));
    expect(values.get('product')).toEqual(['GTX Pro', 'MG Special']);
    expect(values.get('team')).toEqual(expect.arrayContaining(['Sales', 'Support EMEA']));
    expect(values.get('currency')).toEqual(['EUR', 'USD']);
  });

  it('never hold what a customer, a contact or a person is called', () => {
    const somebody = [...world.account, ...world.person, ...world.opportunity].map(({ name }) => name);
    const held = [...values.values()].flat();
    expect(held.filter((value) => somebody.includes(value))).toEqual([]);
    for (const id of ['account', 'assignee', 'owner', 'contact', 'deal', 'lead'])
      expect(values.has(id)).toBe(false);
  });

  it('are read once while they are fresh, and a store that fails costs only the words', async () => {
    const { store, catalogue, clock } = deps;
    let reads = 0;
    const counting = {
      readOnly: ((...all: Parameters<typeof store.readOnly>) => {
        reads += 1;
        return store.readOnly(...all);
      }) as typeof store.readOnly,
    };
    const book = createValueBook(counting, () => catalogue, clock);
    const [first, second] = [await book.read(), await book.read()];
    expect(second).toBe(first);
    expect(reads).toBe(1);
    const broken = { readOnly: () => Promise.reject(new Error('closed')) };
    expect((await createValueBook(broken, () => catalogue, clock).read()).size).toBe(0);
  });
});

describe('a question with words that are stored', () => {
  it('counts by a category and a channel in lower case', async () => {
    const billing = await ask('how many billing tickets were opened last week');
    expect(billing.rows).toEqual([[openedThatWeek((row) => row.category === 'billing')]]);
    const phone = await ask('how many tickets were opened last week via phone');
    expect(phone.rows).toEqual([[openedThatWeek((row) => row.channel === 'phone')]]);
  });

  it('finds a customer by the first word of the name, wherever it stands', async () => {
    const { rows, outcome } = await ask('how many hottechi tickets were opened last week');
    expect(outcome).toBe('answered');
    expect(rows).toEqual([[openedThatWeek((row) => row.account_id === idOf('account', 'Hottechi'))]]);
  });

  it('asks which one is meant when two customers begin so', async () => {
    const answer = await ask('how many acme tickets were opened last week');
    expect(answer.outcome).toBe('clarified');
    expect(JSON.stringify(answer.plan)).toContain('Acme Foods');
  });

  it('refuses with the unknown word when nobody is called so, however near a name is', async () => {
    for (const word of ['unicorn', 'hottec', 'hotechi', 'corp'])
      expect(await ask(`how many ${word} tickets were opened last week`)).toMatchObject({
        outcome: 'refused',
        reason: `unknown_word: ${word}`,
      });
  });

  it('finds only names that the asker may see', async () => {
    const question = 'how many cancity tickets were opened last week';
    expect((await ask(question)).outcome).toBe('answered');
    expect(await ask(question, 'Rita Rep')).toMatchObject({
      outcome: 'refused',
      reason: 'unknown_word: cancity',
    });
  });
});
