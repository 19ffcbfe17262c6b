import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { looseCustomerKey } from '../../../src/sources/identity.ts';
import { bytes, instantOf, readTable, usualEnd, world } from './world-files.ts';

describe('the synthetic world', () => {
  it.each([
    ['small', 7],
    ['demo', 42],
  ] as const)(
    'is the same to the byte for the same seed and instant at size %s (S2-03)',
    async (size, seed) => {
      const first = bytes((await world(seed, size)).dir);
      expect(bytes((await world(seed, size)).dir)).toBe(first);
      expect(bytes((await world(seed + 1, size)).dir)).not.toBe(first);
      const later = await world(seed, size, { asOf: '2026-11-20T15:20:00Z' });
      expect(bytes(later.dir)).not.toBe(first);
    },
  );

  it('holds 15 clients and 30 days in its small size (S3-26)', async () => {
    const { dir, truth } = await world(1);
    expect(truth.accounts).toBe(15);
    expect(readTable(dir, 'sfdc/Account.csv')).toHaveLength(15);
    const opened = readTable(dir, 'sfdc/Case.csv').map((row) => instantOf(row, 'CreatedDate'));
    const days = (Date.parse(usualEnd) - Math.min(...opened)) / 86_400_000;
    expect(days).toBeGreaterThan(26);
    expect(days).toBeLessThan(31);
  });

  it('has a weekly rhythm, a planted spike and nothing after its end (S2-04)', async () => {
    const { dir, truth } = await world(42, 'demo');
    const opened = readTable(dir, 'sfdc/Case.csv').map((row) => new Date(instantOf(row, 'CreatedDate')));
    expect(opened).toHaveLength(truth.tickets);
    expect(Math.max(...opened.map((at) => at.getTime()))).toBeLessThan(Date.parse(truth.asOf));
    const perWeekday = [0, 0, 0, 0, 0, 0, 0];
    for (const at of opened) perWeekday[at.getUTCDay()]! += 1;
    expect(Math.min(...perWeekday.slice(1, 6))).toBeGreaterThan(2 * Math.max(perWeekday[0]!, perWeekday[6]!));
    const inSpike = opened.filter((at) => at >= new Date(truth.spike.from) && at < new Date(truth.spike.to));
    expect(inSpike.length).toBeGreaterThanOrEqual(truth.spike.tickets);
  });

  it.each(['2026-11-21T03:10:00Z', '2026-03-29T01:30:00Z', '2026-12-31T23:59:00Z', '2026-06-01T00:00:00Z'])(
    'plants unanswered tickets near their SLA also at %s',
    async (asOf) => {
      const { dir, truth } = await world(42, 'demo', { asOf });
      const unanswered = readTable(dir, 'sfdc/Case.csv')
        .filter((row) => row['First_Response_At__c'] === '')
        .map((row) => row['CaseNumber']);
      for (const number of [...truth.nearBreachTickets, ...truth.breachedTickets])
        expect(unanswered).toContain(number);
      expect(truth.nearBreachTickets.length).toBe(4);
    },
  );

  it('lets no event of a ticket happen before its opening, out of order, or after the end', async () => {
    const { dir } = await world(6, 'demo');
    const opened = new Map(
      readTable(dir, 'sfdc/Case.csv').map((row) => [row['Id'], instantOf(row, 'CreatedDate')]),
    );
    const last = new Map<string, number>();
    for (const row of readTable(dir, 'sfdc/CaseHistory.csv')) {
      const at = instantOf(row, 'CreatedDate');
      expect(at).toBeGreaterThanOrEqual(last.get(row['CaseId']!) ?? opened.get(row['CaseId'])!);
      expect(at).toBeLessThan(Date.parse(usualEnd));
      last.set(row['CaseId']!, at);
    }
    for (const row of readTable(dir, 'sfdc/EmailMessage.csv')) {
      expect(instantOf(row, 'MessageDate')).toBeGreaterThan(opened.get(row['ParentId'])!);
      expect(instantOf(row, 'MessageDate')).toBeLessThan(Date.parse(usualEnd));
    }
  });

  it('writes less than thirty-two thousand rows for the demo, so that it stays quick, and counts them', async () => {
    const { dir, truth } = await world(9, 'demo');
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.csv'),
    );
    const rows = files.reduce((sum, name) => sum + readTable(dir, name).length, 0);
    expect(truth.rows).toBe(rows);
    expect(rows).toBeGreaterThan(8_000);
    expect(rows).toBeLessThan(32_000);
  });

  it('knows only customers of the time: nobody writes after having left', async () => {
    const { dir } = await world(4, 'demo', { days: 300 });
    const left = new Map(
      readTable(dir, 'truth/churn.csv')
        .filter((row) => row['churned'] === '1')
        .map((row) => [row['account_id'], row['churned_on']!]),
    );
    expect(left.size).toBeGreaterThan(0);
    for (const [file, account, time] of [
      ['sfdc/Case.csv', 'AccountId', 'CreatedDate'],
      ['signals/usage_daily.csv', 'account_id', 'day'],
      ['signals/incidents.csv', 'account_id', 'started_at'],
    ] as const) {
      for (const row of readTable(dir, file)) {
        const end = left.get(row[account]);
        if (end !== undefined) expect(row[time]! < end).toBe(true);
      }
    }
  });

  it('writes customers in two ways in two files, and lists which', async () => {
    const { dir, truth } = await world(42, 'demo');
    const list = readFileSync(join(dir, 'customers.txt'), 'utf8');
    const names = new Set(readTable(dir, 'sfdc/Account.csv').map((row) => row['Name']));
    expect(truth.nameVariants.accounts.length).toBeGreaterThan(3);
    for (const { name, variant } of truth.nameVariants.accounts) {
      expect(names).toContain(name);
      expect(variant).not.toBe(name);
      expect(list).toContain(`\n${variant} | `);
      expect(looseCustomerKey(variant)).toBe(looseCustomerKey(name));
    }
  });
});
