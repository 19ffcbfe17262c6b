import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type WorldTruth, writeWorld } from '../../../src/sources/synthetic/write-world.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function world(
  seed: number,
  size: 'small' | 'demo' = 'small',
  asOf = '2026-11-20T14:20:00Z',
): { readonly dir: string; readonly truth: WorldTruth } {
  const dir = mkdtempSync(join(tmpdir(), 'heed-world-'));
  folders.push(dir);
  return { dir, truth: writeWorld({ seed, size, asOf: new Date(asOf), outDir: dir }) };
}

function bytes(dir: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.\w+$/.test(name)) hash.update(name).update(readFileSync(join(dir, name)));
  }
  return hash.digest('hex');
}

/** Good enough for files without quoted line breaks. */
function cases(dir: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(join(dir, 'sfdc/Case.csv'), 'utf8').trim().split('\n');
  const split = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => cell);
  const names = split(header);
  return lines.map((line) =>
    Object.fromEntries(split(line).map((cell, index) => [names[index] ?? '', cell])),
  );
}

describe('the synthetic world', () => {
  it('is the same to the byte for the same seed and instant, and another for another seed (S2-03)', () => {
    expect(bytes(world(7).dir)).toBe(bytes(world(7).dir));
    expect(bytes(world(7).dir)).not.toBe(bytes(world(8).dir));
  });

  it('holds 15 clients in its small size (S3-26)', () => {
    const { dir, truth } = world(1);
    expect(truth.accounts).toBe(15);
    expect(readFileSync(join(dir, 'sfdc/Account.csv'), 'utf8').trim().split('\n')).toHaveLength(16);
  });

  it('has a weekly rhythm, a planted spike and nothing after its end (S2-04)', () => {
    const { dir, truth } = world(42, 'demo');
    const opened = cases(dir).map((row) => new Date((row['CreatedDate'] ?? '').replace('+0000', 'Z')));
    expect(Math.max(...opened.map((at) => at.getTime()))).toBeLessThan(Date.parse(truth.asOf));
    const perWeekday = [0, 0, 0, 0, 0, 0, 0];
    for (const at of opened) perWeekday[at.getUTCDay()]! += 1;
    expect(Math.min(...perWeekday.slice(1, 6))).toBeGreaterThan(2 * Math.max(perWeekday[0]!, perWeekday[6]!));
    const inSpike = opened.filter((at) => at >= new Date(truth.spike.from) && at < new Date(truth.spike.to));
    expect(inSpike.length).toBeGreaterThanOrEqual(truth.spike.tickets);
  });

  it.each(['2026-11-21T03:10:00Z', '2026-03-29T01:30:00Z', '2026-12-31T23:59:00Z'])(
    'plants unanswered tickets near their SLA also at %s',
    (asOf) => {
      const { dir, truth } = world(42, 'demo', asOf);
      const unanswered = cases(dir)
        .filter((row) => row['First_Response_At__c'] === '')
        .map((row) => row['CaseNumber']);
      for (const number of [...truth.nearBreachTickets, ...truth.breachedTickets])
        expect(unanswered).toContain(number);
      expect(truth.nearBreachTickets.length).toBe(4);
    },
  );
});
