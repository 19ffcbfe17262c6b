import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerDeps } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { clarifyQuestion } from '../../src/interactions/clarify-question.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { seedWiderWorld } from '../query/support/wider-world.ts';
import { asker, now, seedWorld } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

let deps: AnswerDeps;
const surface = { platform: 'slack', conversation: 'D1', threadId: null };

beforeAll(async () => {
  const store = await openTestStore();
  await seedWorld(store);
  await seedWiderWorld(store);
  deps = {
    store,
    catalogue: theCatalogue(),
    planner: createRulesPlanner(),
    clock: fixedClock(now),
    deadlineMs: 60_000,
  };
});

const ask = (question: string, as: string) =>
  answerQuestion(deps, { asker: asker(as), question, surface, requestId: 'r1' });
const headline = async (question: string, as: string): Promise<string> => {
  const { message } = await ask(question, as);
  const [first] = message.blocks;
  return first?.kind === 'headline' ? first.text : JSON.stringify(first);
};

describe('what the asker sees nothing of', () => {
  it.each([
    // Nobody of a support team owns a customer.
    ['Sue Supervisor', 'customers with an open deal', /only your team’s deals, and there are none/],
    ['Sue Supervisor', 'how many subscriptions do we have', /subscriptions of accounts that your team owns/],
    ['Sue Supervisor', 'average health score', /health scores of accounts that your team owns/],
    // What nobody has is nobody's own.
    ['Ada Agent', 'unassigned tickets', /tickets that nobody has yet are not yours/],
    ['Ada Agent', 'how many tickets are unassigned', /tickets that nobody has yet are not yours/],
    ['Sue Supervisor', 'conversations without an agent', /that nobody has yet are not your team’s/],
    // Of people one sees oneself.
    ['Ada Agent', 'who on my team has no open tickets', /you see only yourself/],
    // Of others, or of the whole team, one's own rows say nothing.
    ['Ada Agent', 'open tickets by assignee', /only your own tickets, nobody else/],
    ['Ada Agent', 'open tickets of my team by priority', /only your own tickets, nobody else/],
    ['Rita Rep', 'open deals by owner', /only your own deals, nobody else/],
    ['Ada Agent', 'list the agent statuses', /only your own status spans, nobody else’s/],
  ])('is refused instead of told as none: %s asks “%s”', async (as, question, reason) => {
    const { answer, message } = await ask(question, as);
    expect(answer.reason).toMatch(/^not_allowed: /);
    expect(answer.reason).toMatch(reason);
    expect(message.text).toMatch(/managers see all of them/);
    expect(answer.rows).toEqual([]);
  });

  it('is refused with the kind of record where the words of the question are beside the point', async () => {
    const { answer } = await ask('zzyzx holding contact cto zip', 'Ada Agent');
    expect(answer.reason).toMatch(/^not_allowed: contacts;/);
  });

  it('is not to blame where it is a property of what is seen and other words were not understood', async () => {
    const { answer } = await ask('gold partners zip dates', 'Ada Agent');
    expect(answer.reason).toMatch(/^unknown_word: .*zip/);
  });

  it('is told in the same words whether the named customer exists or not', async () => {
    const [real, made] = [
      await ask('health score of “Acme Corp”', 'Sue Supervisor'),
      await ask('health score of “Zzyzx Holding”', 'Sue Supervisor'),
    ];
    expect(real.answer.reason).toMatch(/^not_allowed: /);
    expect(made.answer.reason).toBe(real.answer.reason);
  });

  it('is another team or region by its name', async () => {
    expect((await ask('tickets opened by Support Americas', 'Sue Supervisor')).answer.reason).toBe(
      'not_allowed: figures and records of Support Americas',
    );
    expect((await ask('open tickets of “Support Americas”', 'Ada Agent')).answer.reason).toBe(
      'not_allowed: figures and records of Support Americas',
    );
    expect((await ask('which people are in “Americas”', 'Ada Agent')).answer.reason).toMatch(/^not_allowed/);
  });

  it('is not said of records that somebody owns, however few kinds of people they name', async () => {
    const { answer } = await ask('accounts without a meeting in the last 3 days', 'Rita Rep');
    expect(answer.outcome).toBe('answered');
  });

  it('is nobody’s business where the asker sees all', async () => {
    const { answer } = await ask('unassigned tickets', 'Max Manager');
    expect(answer.outcome).toBe('answered');
    expect(answer.rows.length).toBeGreaterThan(0);
  });
});

describe('the headline', () => {
  it.each([
    ['Ada Agent', 'open tickets by priority', /\(only your own tickets\)\.$/],
    ['Ada Agent', 'how many tickets are open', /\(only your own tickets\)\.$/],
    ['Rita Rep', 'how many tickets are open', /\(only tickets of accounts you own\)\.$/],
    ['Sue Supervisor', 'open tickets by priority', /\(only your team’s tickets\)\.$/],
    ['Sue Supervisor', 'unassigned tickets', /tickets that no team has yet are not among them\)\.$/],
  ])('says whose rows were read, where %s asks “%s”', async (as, question, words) => {
    expect(await headline(question, as)).toMatch(words);
  });

  it.each([
    ['Ada Agent', 'my open tickets'],
    ['Sue Supervisor', 'open tickets of my team'],
    ['Max Manager', 'how many tickets are open'],
  ])('does not repeat what the words say, where %s asks “%s”', async (as, question) => {
    expect(await headline(question, as)).not.toContain('(');
  });
});

describe('“my” of somebody who leads others and owns nothing', () => {
  it('means the team’s, and says so', async () => {
    for (const [question, noun] of [
      ['my open deals', 'deals'],
      ['how many accounts do I have', 'accounts'],
    ] as const) {
      const mine = await ask(question, 'Sam Saleslead');
      expect(mine.answer.plan).toMatchObject({ subject: 'my_team' });
      expect(mine.message.text).toContain(`(your team’s ${noun}; you own none yourself)`);
      const team = await ask(
        question.replace('my open', "my team's open").replace('do I', 'does my team'),
        'Sam Saleslead',
      );
      expect(mine.answer.rows).toEqual(team.answer.rows);
    }
  });

  it('is their own where they speak of what they did', async () => {
    const { answer } = await ask('how many calls did I log last week', 'Sam Saleslead');
    expect(answer.plan).toMatchObject({ subject: 'me' });
  });

  it('is asked back where the team owns none either; the button gives everybody’s', async () => {
    const { answer, message } = await ask('my open tickets', 'Max Manager');
    expect(answer.outcome).toBe('clarified');
    const [button] = message.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
    if (button?.kind !== 'button') throw new Error(JSON.stringify(message));
    const pressed = await clarifyQuestion(
      deps,
      { asker: asker('Max Manager'), surface, requestId: 'r2' },
      button.value,
    );
    expect(pressed.answer).toMatchObject({ outcome: 'answered', plan: { subject: 'none' } });
    expect(pressed.answer.rows.length).toBeGreaterThan(0);
  });

  it('leaves whoever leads a team out of “who on my team”', async () => {
    const { answer } = await ask('who is on my team', 'Sue Supervisor');
    const names = answer.rows.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(['Ada Agent', 'Abe Agent']));
    expect(names).not.toContain('Sue Supervisor');
  });
});
