import { expect, it } from 'vitest';
import { runKillLab } from '../support/kill-lab.ts';

it('loses and doubles nothing when the service is killed in the middle of a burst', async () => {
  const result = await runKillLab({ alerts: 40, channels: 8, kills: 2, lives: [200, 900] });
  expect(result).toEqual({ kills: 2, committed: 40, posted: 40, lost: [], doubled: [] });
}, 180_000);
