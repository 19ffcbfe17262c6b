import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerDeps } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { chooseOption } from '../../src/interactions/typed-choice.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { metricPlan, theCatalogue } from '../query/support/ask.ts';
import { asker, now, seedWorld } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

const labelled = (labels: readonly string[]) =>
  labels.map((label, index) => ({ label, plan: metricPlan('open_tickets', { limit: index + 1 }) }));
const picked = (reply: string, labels: readonly string[]) =>
  chooseOption(reply, labelled(labels))?.label ?? null;

describe('a typed reply to buttons', () => {
  const labels = ['Tickets solved', 'SLA compliance', 'Average CSAT'];
  it.each([
    ['the first one', 'Tickets solved'],
    ['2', 'SLA compliance'],
    ['option 3 please', 'Average CSAT'],
    ['last one', 'Average CSAT'],
    ['csat', 'Average CSAT'],
    ['sla please', 'SLA compliance'],
    ['tickets solved', 'Tickets solved'],
    // Something else, or any of several.
    ['open tickets', null],
    ['by agent', null],
    ['yes', null],
    ['the fourth', null],
    ['csat of Acme last month by region and by team', null],
  ])('“%s”', (reply, label) => {
    expect(picked(reply, labels)).toBe(label);
  });

  it('agrees to a single button, and takes no word that two of them have', () => {
    expect(picked('yes please', ['Yes, about “open tickets”'])).not.toBeNull();
    expect(picked('tickets', ['Tickets opened', 'Tickets solved'])).toBeNull();
  });
});

describe('a question back in a thread', () => {
  let deps: AnswerDeps;
  beforeAll(async () => {
    const store = await openTestStore();
    await seedWorld(store);
    deps = { store, catalogue: theCatalogue(), planner: createRulesPlanner(), clock: fixedClock(now) };
  });
  const ask = async (question: string, threadId: string) => {
    const surface = { platform: 'slack', conversation: 'C1', threadId } as const;
    const request = { asker: asker('Max Manager'), question, surface, requestId: 'r' };
    return (await answerQuestion(deps, request)).answer;
  };

  it('is answered by words as by its button, and by nothing in another thread', async () => {
    const asked = await ask('how are we doing', 't1');
    const options = asked.plan?.kind === 'clarify' ? asked.plan.options : [];
    expect(options.length).toBeGreaterThan(1);
    const chosen = await ask('the second one', 't1');
    expect(chosen.plan).toEqual(options[1]?.plan);
    expect(chosen.notes).toContain(`You chose “${options[1]?.label}”.`);
    expect((await ask('the second one', 't2')).outcome).toBe('refused');
    // What is asked next goes on from there.
    expect((await ask('the second one', 't1')).plan).not.toEqual(options[1]?.plan);
  });
});
