import { expect, it } from 'vitest';
import { runKillLab } from '../support/kill-lab.ts';

it('loses and doubles nothing when the service is killed in the middle of a burst', async () => {
  const result = await runKillLab({ alerts: 60, channels: 8, kills: 6, lives: [200, 900] });
  expect(result).toEqual({ kills: 6, committed: 60, posted: 60, lost: [], doubled: [] });
}, 180_000);
