import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { brokenPlans } from '../interactions/support/broken-plans.ts';
import { judgeBrokenPlans } from '../interactions/support/judge-broken-plans.ts';
import { useTestCredentials } from '../planner/bedrock/support.ts';
import { seedWorld } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

const broken = brokenPlans();
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
  expect(await judgeBrokenPlans(store, broken)).toBeGreaterThan(200);
}, 300_000);
