import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerDeps, StoredAnswer } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { planWithTiedName } from '../../src/interactions/repair-values.ts';
import { runPlan } from '../../src/interactions/run-plan.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import type { ListPlan } from '../../src/query/metric-query.ts';
import { createNameBook } from '../../src/query/seen-names.ts';
import { createValueBook } from '../../src/query/stored-values.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { listPlan, theCatalogue } from '../query/support/ask.ts';
import { seedWiderWorld } from '../query/support/wider-world.ts';
import { asker, now, seedWorld } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

let deps: AnswerDeps;

beforeAll(async () => {
  const store = await openTestStore();
  await seedWorld(store);
  await seedWiderWorld(store);
  const catalogue = theCatalogue();
  const clock = fixedClock(now);
  deps = {
    store,
    catalogue,
    planner: createRulesPlanner(),
    clock,
    values: createValueBook(store, () => catalogue, clock),
    names: createNameBook(store, () => catalogue, clock),
  };
});

const surface = { platform: 'cli', conversation: null, threadId: null };
const ask = async (question: string, as = 'Max Manager'): Promise<StoredAnswer> =>
  (await answerQuestion(deps, { asker: asker(as), question, surface, requestId: 'r' })).answer;

const firstColumn = ({ rows }: StoredAnswer): readonly unknown[] => rows.map(([cell]) => cell).sort();

/** What becomes of a plan whose rows are of a customer of that name. */
const ofCustomer = (name: string, as: string) => {
  const named = { any: [{ dimension: 'account', op: 'eq' as const, values: [name] }] };
  const plan: ListPlan = { ...listPlan('opportunity'), where: [named] };
  return runPlan(deps, deps.catalogue, asker(as), plan);
};

describe('deals with somebody who is no customer but a partner', () => {
  it.each([
    ['Max Manager', ['Deal 1', 'Deal 2']],
    ['Rita Rep', ['Deal 1']],
  ])('are those in which the partner has a part, as far as %s sees them', async (as, deals) => {
    const result = await ofCustomer('blue', as);
    if (result.kind !== 'rows') throw new Error(JSON.stringify(result));
    expect(result.data.rows.map(([deal]) => deal).sort()).toEqual(deals);
    expect(result.plan).toMatchObject({
      where: [],
      related: [
        {
          entity: 'partner_deal',
          has: 'some',
          where: [{ any: [{ dimension: 'partner', op: 'eq', values: ['blue'] }] }],
        },
      ],
    });
  });

  it('are not also those of a kind that is called "partner"', () => {
    const where = [
      { any: [{ dimension: 'lead_source', op: 'eq' as const, values: ['Partner'] }] },
      { any: [{ dimension: 'account', op: 'eq' as const, values: ['blue'] }] },
    ];
    const issue = { code: 'unknown-value', path: 'where[1].any[0].values[0]', message: '' };
    const plan: ListPlan = { ...listPlan('opportunity'), where };
    expect(planWithTiedName(deps.catalogue, plan, issue, 'partner')?.where).toEqual([]);
    // Nothing ties tickets to partners.
    expect(planWithTiedName(deps.catalogue, { ...plan, entity: 'ticket' }, issue, 'partner')).toBeNull();
  });

  it('are refused where nobody is called so', async () => {
    expect(await ofCustomer('nordkap', 'Max Manager')).toMatchObject({ kind: 'refuse' });
  });
});

describe('a deal that is called by its name alone', () => {
  it('is found where something is asked that deals have', async () => {
    const answer = await ask('what is the close date of the deal 17');
    expect(firstColumn(answer)).toEqual(['Deal 17']);
  });

  it('is not looked for where nothing of the kind is asked', async () => {
    expect((await ask('when did the last Salesforce sync finish')).outcome).toBe('refused');
  });
});
