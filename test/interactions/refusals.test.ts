import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerDeps } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { clarifyQuestion } from '../../src/interactions/clarify-question.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { asker, now, seedWorld } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

let deps: AnswerDeps;
const surface = { platform: 'slack', conversation: 'D1', threadId: null };

beforeAll(async () => {
  const store = await openTestStore();
  await seedWorld(store);
  deps = { store, catalogue: theCatalogue(), planner: createRulesPlanner(), clock: fixedClock(now) };
});

const ask = (question: string, as = 'Max Manager') =>
  answerQuestion(deps, { asker: asker(as), question, surface, requestId: 'r1' });

describe('a question without an answer', () => {
  it('offers a button for what is left without the unknown word, which answers that', async () => {
    const { message, answer } = await ask('open tickets by priority, froobed');
    expect(answer).toMatchObject({ outcome: 'refused', reason: 'unknown_word: froobed' });
    const [button] = message.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
    if (button?.kind !== 'button') throw new Error(JSON.stringify(message));
    expect(button.label).toBe('open tickets by priority');
    const pressed = await clarifyQuestion(
      deps,
      { asker: asker('Max Manager'), surface, requestId: 'r2' },
      button.value,
    );
    const { answer: typed } = await ask('open tickets by priority');
    expect(pressed.answer.question).toBe('open tickets by priority');
    expect(pressed.answer.rows).toEqual(typed.rows);
    expect(typed.rows.length).toBeGreaterThan(0);
  });

  it('says that a colleague is out of reach, where the role ends before them', async () => {
    for (const question of ['open tickets of Zoe', 'open tickets of “Zoe Agent”']) {
      const { answer, message } = await ask(question, 'Ada Agent');
      expect(answer.reason).toBe('not_allowed: figures and records of Zoe Agent');
      expect(message.text).toContain('Your role does not see that');
    }
    expect((await ask('open tickets of Zoe', 'Sue Supervisor')).answer.reason).toContain('not_allowed');
  });

  it('says the same of a customer that was deleted and of one that never was', async () => {
    for (const name of ['Deleted Inc', 'Zzyzx Holding']) {
      const { answer } = await ask(`pipeline of “${name}”`, 'Rita Rep');
      expect(answer.reason).toBe(`unclear: nothing that you can see is called “${name}”`);
    }
  });

  it('says so of a record number that nobody may see', async () => {
    const { answer } = await ask('status of CE-999', 'Ada Agent');
    expect(answer.reason).toBe('unclear: nothing that you can see is called “CE-999”');
  });

  it('suggests questions about the kind of record that was looked for', async () => {
    const { message } = await ask('open deals of “Zzyzx”');
    expect(message.text).toMatch(/deals/);
  });
});
