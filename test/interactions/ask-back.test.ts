import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerDeps, AnsweredQuestion } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { clarifyQuestion } from '../../src/interactions/clarify-question.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import { createValueBook } from '../../src/query/stored-values.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { asker, now, seedWorld } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

let deps: AnswerDeps;

beforeAll(async () => {
  const store = await openTestStore();
  await seedWorld(store);
  const catalogue = theCatalogue();
  const clock = fixedClock(now);
  const values = createValueBook(store, () => catalogue, clock);
  deps = { store, catalogue, planner: createRulesPlanner(), clock, values };
});

const surface = { platform: 'slack', conversation: null, threadId: null };
const ask = (question: string, as = 'Max Manager'): Promise<AnsweredQuestion> =>
  answerQuestion(deps, { asker: asker(as), question, surface, requestId: 'r' });

/** Label and value of each button. */
const buttonsOf = ({ message }: AnsweredQuestion): readonly { label: string; value: string }[] =>
  message.blocks.flatMap((block) =>
    block.kind === 'actions'
      ? block.actions.flatMap((one) =>
          one.kind === 'button' ? [{ label: one.label, value: one.value ?? '' }] : [],
        )
      : [],
  );

describe('a question with several meanings', () => {
  it.each(['what is our score', 'top 3 agents', 'how are we doing', 'worst customers'])(
    'offers in “%s” only what answers whoever presses it',
    async (question) => {
      const asked = await ask(question);
      expect(asked.answer.outcome).toBe('clarified');
      const buttons = buttonsOf(asked);
      expect(buttons.length).toBeGreaterThanOrEqual(2);
      expect(buttons.length).toBeLessThanOrEqual(4);
      for (const { label, value } of buttons) {
        expect(label.length).toBeLessThanOrEqual(75);
        const request = { asker: asker('Max Manager'), surface, requestId: 'r2' };
        expect((await clarifyQuestion(deps, request, value)).answer.outcome).toBe('answered');
      }
    },
  );

  it('takes the one customer of a kind that is meant, or asks which', async () => {
    const { answer } = await ask('open tickets of the retail customer');
    expect(answer.outcome === 'answered' ? answer.notes.join(' ') : answer.reason).toMatch(
      /the retail customer/,
    );
  });

  it('does not take the name of nobody for one of the meanings', async () => {
    expect((await ask('what is the score of Nobody Known')).answer.outcome).toBe('refused');
  });
});
