import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerDeps, AnsweredQuestion } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { clarifyQuestion } from '../../src/interactions/clarify-question.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import { createNameBook } from '../../src/query/seen-names.ts';
import { createValueBook } from '../../src/query/stored-values.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { asker, aTicket, idOf, now, seedWorld } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

let deps: AnswerDeps;

beforeAll(async () => {
  const store = await openTestStore();
  await seedWorld(store);
  const ada = { assignee_id: idOf('person', 'Ada Agent') };
  const zoe = { assignee_id: idOf('person', 'Zoe Agent') };
  await store.db
    .insertInto('ticket')
    .values([
      aTicket('90000001', { ...ada, subject: 'Change stream stops after failover', status: 'solved' }),
      aTicket('90000002', { ...ada, subject: 'Pool exhausted since the failover of eu-west' }),
      aTicket('90000003', { ...ada, subject: 'Index backfill stuck at 9 %' }),
      aTicket('90000004', { ...zoe, subject: 'Index backfill of carts never ends' }),
    ])
    .execute();
  const catalogue = theCatalogue();
  const clock = fixedClock(now);
  const values = createValueBook(store, () => catalogue, clock);
  const names = createNameBook(store, () => catalogue, clock);
  deps = { store, catalogue, planner: createRulesPlanner(), clock, values, names };
});

const surface = { platform: 'slack', conversation: null, threadId: null };
const ask = (question: string, as = 'Max Manager'): Promise<AnsweredQuestion> =>
  answerQuestion(deps, { asker: asker(as), question, surface, requestId: 'r' });

const buttonsOf = ({ message }: AnsweredQuestion): readonly { label: string; value: string }[] =>
  message.blocks.flatMap((block) =>
    block.kind === 'actions'
      ? block.actions.flatMap((one) =>
          one.kind === 'button' ? [{ label: one.label, value: one.value ?? '' }] : [],
        )
      : [],
  );

describe('a ticket that is spoken of by words of its headline', () => {
  it('is asked back where several have them, and each button answers about one', async () => {
    const asked = await ask('whats the status of the failover ticket');
    expect(asked.answer).toMatchObject({
      outcome: 'clarified',
      reason: 'Which one is “the failover ticket”?',
    });
    const buttons = buttonsOf(asked);
    expect(buttons.map(({ label }) => label.slice(0, 9)).sort()).toEqual(['90000001:', '90000002:']);
    const about = { asker: asker('Max Manager'), surface, requestId: 'r2' };
    for (const { label, value } of buttons) {
      const { answer } = await clarifyQuestion(deps, about, value);
      expect(answer.outcome).toBe('answered');
      expect(answer.rows.map((row) => row[0])).toEqual([label.slice(0, 8)]);
    }
  });

  it('is taken, and named, where only one has them', async () => {
    const { answer } = await ask('who has the ticket about the change stream');
    expect(answer.outcome).toBe('answered');
    expect(answer.rows.map((row) => row[0])).toEqual(['90000001']);
    expect(answer.notes.join(' ')).toContain(
      'I took “the ticket about the change stream” as 90000001: Change stream stops after failover.',
    );
  });

  it('is one of those that the asker sees', async () => {
    expect((await ask('who has the index backfill ticket')).answer.outcome).toBe('clarified');
    const { answer } = await ask('who has the index backfill ticket', 'Zoe Agent');
    expect(answer.outcome).toBe('answered');
    expect(answer.rows.map((row) => row[0])).toEqual(['90000004']);
  });

  it('is said not to be there where none has them', async () => {
    const { answer } = await ask('what is the status of the flux capacitor ticket');
    expect(answer.outcome).toBe('refused');
    expect(answer.reason).toContain('flux');
  });

  it.each(['what is the average ticket age', 'what is the ticket backlog', 'what was the first ticket'])(
    'is none in “%s”',
    async (question) => {
      expect((await ask(question)).answer.outcome).toBe('answered');
    },
  );
});

describe('a name that other records have', () => {
  it('is not said to be unknown', async () => {
    const { answer } = await ask('which agents called Hottechi are online');
    expect(answer.reason ?? '').not.toContain('Nothing that you can see');
    expect((await ask('is Acme Corp active')).answer.reason).toContain(
      'account, so “Acme Corp” picks out none',
    );
  });
});
