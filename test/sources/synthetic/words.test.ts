import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEscalation } from '../../../src/sources/escalation-text/parse-escalation.ts';
import { looseCustomerKey } from '../../../src/sources/identity.ts';
import { buildCompanies, firstCompanies } from '../../../src/sources/synthetic/company-names.ts';
import { createRandom } from '../../../src/sources/synthetic/random.ts';
import { readTable, world } from './world-files.ts';

describe('the words of the synthetic world', () => {
  it.each([10, 11])('give a thousand tickets more than 600 different subjects, seed %i', async (seed) => {
    const { dir } = await world(seed, 'demo');
    const subjects = readTable(dir, 'sfdc/Case.csv')
      .slice(0, 1000)
      .map((row) => row['Subject']!);
    expect(subjects).toHaveLength(1000);
    expect(new Set(subjects).size).toBeGreaterThan(600);
    for (const subject of subjects) expect(subject).not.toMatch(/[{}]|undefined|\s{2}/);
  });

  it('name ten thousand companies that no reader takes for one another', () => {
    const companies = buildCompanies(createRandom(1), 10_000);
    expect(new Set(companies.map(([name]) => looseCustomerKey(name))).size).toBe(10_000);
    expect(companies.slice(0, firstCompanies.length)).toEqual(firstCompanies);
  });

  it('fill every part of an escalation that is not left out, in each hand', async () => {
    const { dir, truth } = await world(12, 'demo');
    const quirks = new Map(truth.irregularEscalations.map(({ number, quirk }) => [number, quirk]));
    expect(new Set(quirks.values())).toEqual(new Set(['missing', 'doubled', 'reordered']));
    const files = readdirSync(join(dir, 'on_call'));
    expect(files).toHaveLength(12);
    const hands = new Set<string>();
    for (const file of files) {
      const text = readFileSync(join(dir, 'on_call', file), 'utf8');
      hands.add(/^# /.test(text) ? 'markdown' : /\n[A-Z ]{6,}:\n/.test(text) ? 'capitals' : 'underlined');
      const { number, parts, warnings } = parseEscalation(text, file);
      const quirk = quirks.get(number!);
      const expected = [
        'issue',
        'technical-details',
        'action-plan',
        'priority',
        'status',
        'customer',
        'opened',
      ];
      if (quirk !== 'missing') expected.push('root-cause', 'impact', 'sentiment');
      for (const part of expected) expect([...parts.keys()]).toContain(part);
      expect(parts.has('root-cause')).toBe(quirk !== 'missing');
      expect(warnings.length).toBe(quirk === 'doubled' ? 1 : 0);
    }
    expect(hands.size).toBe(3);
  });
});
