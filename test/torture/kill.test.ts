import { describe, expect, it } from 'vitest';
import { runKillLab } from '../support/kill-lab.ts';

const log = (line: string): void => void process.stderr.write(`  ${line}\n`);

describe('kill -9 of the running service', () => {
  it('loses and doubles nothing in 60 kills during a burst of 300 alerts (embedded)', async () => {
    const result = await runKillLab({
      alerts: 300,
      channels: 12,
      kills: 60,
      lives: [150, 1200],
      onProgress: log,
    });
    log(JSON.stringify(result));
    expect(result).toEqual({ kills: 60, committed: 300, posted: 300, lost: [], doubled: [] });
  });
});
