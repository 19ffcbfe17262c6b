import { beforeAll, expect, it } from 'vitest';
import { planSchema } from '../../src/query/metric-query.ts';
import type { Store } from '../../src/store/database.ts';
import { useTestCredentials } from '../planner/bedrock/support.ts';
import { seedWorld } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';
import { askWithInputs } from './support/ask-with-inputs.ts';
import { brokenPlans } from './support/broken-plans.ts';

/** Each eighth kind; all of them are asked in the long runs (test/torture). */
const broken = brokenPlans().filter((_, index) => index % 8 === 0);
let store: Store;
beforeAll(async () => {
  useTestCredentials();
  store = await openTestStore();
  await seedWorld(store);
}, 120_000);

it('knows 338 kinds of broken plans, no two alike', () => {
  const all = brokenPlans();
  expect(all).toHaveLength(338);
  expect(new Set(all.map(({ title }) => title)).size).toBe(338);
});

it('answers or refuses visibly, within the deadline, whatever comes in the place of a plan', async () => {
  let refused = 0;
  const inputs = broken.map(({ input }) => input);
  await askWithInputs(store, inputs, (index, { answer, message }) => {
    const title = broken[index]?.title;
    expect(['answered', 'clarified', 'refused'], title).toContain(answer.outcome);
    expect(message.text.trim(), title).not.toBe('');
    expect(message.blocks.length, title).toBeGreaterThan(0);
    expect(answer.latencyMs, title).toBeLessThan(15_000);
    if (answer.plan !== null) expect(planSchema.safeParse(answer.plan).success, title).toBe(true);
    if (answer.outcome === 'refused') refused += 1;
  });
  const stored = await store.db.selectFrom('answer').select('id').execute();
  expect(stored).toHaveLength(broken.length);
  expect(refused).toBeGreaterThan(20);
}, 300_000);
