import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { theCatalogue } from '../query/support/ask.ts';
import {
  ask,
  expectations,
  people,
  questions,
  seedMatrixWorld,
  walls,
} from '../query/support/scope-matrix.ts';
import { describeStores } from '../support/store.ts';

const catalogue = theCatalogue();
const asked = questions(catalogue);

describeStores('the whole scope matrix (S1-44, S0-46)', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await seedMatrixWorld(store);
  });

  it.each(people)(
    'tells $name ($role) what is theirs and nothing else, every metric and every list, with both walls and with either one removed',
    async (who) => {
      const expected = await expectations(store, catalogue, who, asked);
      const wrong: unknown[] = [];
      for (const standing of walls) {
        for (const [index, plan] of asked.entries()) {
          const got = await ask(store, catalogue, who, plan, standing);
          if (got === 'not-allowed' || JSON.stringify(got) === JSON.stringify(expected[index])) continue;
          wrong.push({ standing, plan, got, expected: expected[index] });
        }
      }
      expect(wrong).toEqual([]);
    },
    300_000,
  );
});
