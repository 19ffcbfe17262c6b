import { expect, it } from 'vitest';
import { runEraseKills } from './kill-lab.ts';

it('ends as an undisturbed erasure does after kill -9 at random moments (S0-48)', async () => {
  const result = await runEraseKills(2, 0.3);
  expect(result).toMatchObject({ kills: 2, same: result.finished, leftOvers: [] });
  expect(result.finished).toBeGreaterThan(0);
}, 180_000);
