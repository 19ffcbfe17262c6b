import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Progress } from '../../src/app/progress.ts';
import { type SynthRequest, synth } from '../../src/app/synth.ts';
import { UserError } from '../../src/toolkit/issue.ts';

describe('writing a synthetic world on request', () => {
  let parent: string;
  const details: string[] = [];
  const progress: Progress = {
    step: () => ({ update: (detail) => void details.push(detail), done: () => undefined }),
  };
  const request = (over: Partial<SynthRequest> = {}): SynthRequest => ({
    seed: 7,
    size: 'demo',
    outDir: join(parent, 'world'),
    asOf: new Date('2026-11-20T14:20:00Z'),
    days: undefined,
    replaces: false,
    signal: new AbortController().signal,
    ...over,
  });
  beforeAll(() => {
    parent = mkdtempSync(join(tmpdir(), 'heed-synth-'));
  });
  afterAll(() => {
    rmSync(parent, { recursive: true, force: true });
  });

  it('says how many rows it has written and how fast, and reports what is there (S2-03)', async () => {
    const report = await synth(request(), progress);
    const truth = JSON.parse(readFileSync(join(parent, 'world', 'truth.json'), 'utf8')) as {
      rows: number;
      tickets: number;
    };
    expect(report).toMatchObject({ accounts: 40, tickets: truth.tickets, rows: truth.rows, size: 'demo' });
    expect(details.some((detail) => /rows, [\d,]+ a second, now sfdc\//.test(detail))).toBe(true);
  });

  it('refuses a folder that is taken and days that no baseline could use', async () => {
    await expect(synth(request(), progress)).rejects.toThrow(UserError);
    await expect(synth(request({ days: 3, replaces: true }), progress)).rejects.toThrow(/between 14 and/);
    expect(readdirSync(parent)).toEqual(['world']);
  });

  it('takes fewer days of history when it is told so', async () => {
    const report = await synth(request({ days: 30, replaces: true }), progress);
    expect(report.tickets).toBeGreaterThan(400);
    expect(report.tickets).toBeLessThan(900);
  });
});
