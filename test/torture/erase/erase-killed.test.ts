import { expect, it } from 'vitest';
import { runEraseKills } from '../../privacy/kill-lab.ts';

it('ends as an undisturbed erasure does after 40 kills at random moments', async () => {
  const result = await runEraseKills(40, 0.9);
  process.stderr.write(`  ${JSON.stringify(result)}\n`);
  expect(result).toMatchObject({ kills: 40, same: result.finished, leftOvers: [] });
  expect(result.killedAt.length).toBeGreaterThanOrEqual(2);
});
