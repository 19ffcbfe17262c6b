import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerDeps, AnsweredQuestion } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { clarifyQuestion } from '../../src/interactions/clarify-question.ts';
import type { Planner } from '../../src/planner/planner.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { asker, seedWorld, now } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

let store: Store;
let deps: AnswerDeps;
const surface = { platform: 'slack', conversation: 'D1', threadId: null };

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
  deps = { store, catalogue: theCatalogue(), planner: createRulesPlanner(), clock: fixedClock(now) };
});

function ask(question: string, as = 'Max Manager', more: Partial<AnswerDeps> = {}): Promise<AnsweredQuestion> {
  return answerQuestion({ ...deps, ...more }, { asker: asker(as), question, surface, requestId: 'r1' });
}

describe('answering a question', () => {
  it('probe', async () => {
    for (const [question, as] of [
      ['open escalations by priority', 'Max Manager'],
      ['how many tickets were opened last week', 'Max Manager'],
      ['which of my deals over 5k slipped?', 'Rita Rep'],
      ['my open tickets', 'Ada Agent'],
      ['tickets for GTX Pro last month', 'Max Manager'],
      ['how healthy is Acme?', 'Max Manager'],
      ['how healthy is Hottechi?', 'Max Manager'],
      ['what is our arr', 'Ada Agent'],
      ['slas at risk', 'Max Manager'],
      ['tickets by month this year', 'Max Manager'],
      ['average first response time this week vs last week', 'Max Manager'],
      ['win rate by rep this year', 'Max Manager'],
      ['pipeline by stage', 'Max Manager'],
      ['close that ticket', 'Max Manager'],
      ['accounts at risk in EMEA', 'Max Manager'],
      ['top 5 accounts by ARR', 'Max Manager'],
      ['tickets for Frobnicate', 'Max Manager'],
      ['open tickets last week', 'Max Manager'],
    ] as const) {
      const { message, answer } = await ask(question, as);
      process.stdout.write(`\n# ${question}\n${answer.outcome} ${answer.text}\n`);
      for (const block of message.blocks) process.stdout.write(`   ${JSON.stringify(block).slice(0, 700)}\n`);
    }
  });
});
void clarifyQuestion;
void expect;
void ({} as Planner);
