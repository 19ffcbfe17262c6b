import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../../src/toolkit/package-root.ts';

describe('a large CSV', () => {
  it('streams through reader, mapping and checks in under 150 MB of resident memory', () => {
    const script = packagePath('benchmarks', 'stream-csv.mjs');
    // The script counts the rows itself and ends with an error when one is missing.
    const output = execFileSync(process.execPath, [script, '50'], { encoding: 'utf8' });
    const report = JSON.parse(output) as { rows: number; rejected: number; peakMegabytes: number };
    expect(report.rows).toBeGreaterThan(400_000);
    expect(report.rejected).toBe(Math.floor(report.rows / 1_000));
    expect(report.peakMegabytes).toBeLessThan(150);
  });
});
