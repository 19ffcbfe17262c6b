import { expect } from 'vitest';
import { planSchema } from '../../../src/query/metric-query.ts';
import type { Store } from '../../../src/store/database.ts';
import { askWithInputs } from './ask-with-inputs.ts';
import type { brokenPlans } from './broken-plans.ts';

/**
 * Asks once per broken plan and expects a visible answer or refusal within the deadline each time, and all of them stored.
 *
 * @returns how many were refused
 */
export async function judgeBrokenPlans(
  store: Store,
  broken: ReturnType<typeof brokenPlans>,
): Promise<number> {
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
  return refused;
}
