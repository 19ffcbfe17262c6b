import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { priorityOf } from '../../../src/sources/synthetic/commerce-risk.ts';
import { writeWorld } from '../../../src/sources/synthetic/write-world.ts';
import { groupBy, type Row, readTable, temporaryFolder } from '../synthetic/world-files.ts';
import { type RecordWorld, usualEnd, writeRecords } from './record-world.ts';

const dayMs = 86_400_000;
const at = (row: Row | undefined, column: string): number => Date.parse(row?.[column] ?? '');

describe('records of a synthetic world', () => {
  let world: RecordWorld;
  const read = (name: string): readonly Row[] => readTable(world.dir, name);

  beforeAll(async () => {
    world = await writeRecords(42, 'demo');
  });
  afterAll(() => rmSync(world.dir, { recursive: true, force: true }));

  describe('presence', () => {
    it('is a chain of spans for each agent, the last one open (S1-02)', () => {
      const byAgent = groupBy(read('presence/agent_status.csv'), (row) => row['agent_id'] ?? '');
      expect(byAgent.size).toBe(world.basis.people.filter(({ role }) => role === 'agent').length);
      for (const spans of byAgent.values()) {
        for (const [index, span] of spans.entries()) {
          const next = spans[index + 1];
          if (next === undefined) {
            expect([span['ended_at'], span['duration_seconds']]).toEqual(['', '']);
            continue;
          }
          expect(span['ended_at']).toBe(next['started_at']);
          expect(next['status']).not.toBe(span['status']);
          expect((at(span, 'ended_at') - at(span, 'started_at')) / 1000).toBe(
            Number(span['duration_seconds']),
          );
          expect(Number(span['duration_seconds'])).toBeGreaterThan(0);
        }
      }
    });

    it.each([usualEnd, '2026-03-30T02:00:00Z', '2026-12-28T09:00:00Z'])(
      'finds all agents away at the planted moment of a world that ends at %s',
      async (asOf) => {
        const one = await writeRecords(5, 'small', { asOf });
        const { allAway } = one.truth['presence'] as { allAway: { from: string; to: string } };
        const spans = readTable(one.dir, 'presence/agent_status.csv');
        for (const moment of [Date.parse(allAway.from), Date.parse(allAway.to) - 1000]) {
          const states = spans.filter(
            (row) => at(row, 'started_at') <= moment && !(at(row, 'ended_at') <= moment),
          );
          expect(states.map((row) => row['status'])).toEqual(Array(6).fill('away'));
        }
        rmSync(one.dir, { recursive: true, force: true });
      },
    );
  });

  describe('marketing', () => {
    it('counts in a campaign what its members say (S1-05)', () => {
      const members = groupBy(read('marketing/campaign_members.csv'), (row) => row['campaign_id'] ?? '');
      for (const campaign of read('marketing/campaigns.csv')) {
        const own = members.get(campaign['campaign_id'] ?? '') ?? [];
        const filled = (column: string) => own.filter((row) => row[column] !== '').length;
        expect([campaign['sent'], campaign['responded'], campaign['converted']].map(Number)).toEqual([
          own.length,
          filled('responded_at'),
          filled('converted_at'),
        ]);
        for (const row of own) expect((row['contact_id'] === '') !== (row['lead_id'] === '')).toBe(true);
      }
    });

    it('converts leads into customers after they were opened, and owns each by a rep', () => {
      const reps = new Set(world.basis.people.filter(({ role }) => role === 'rep').map(({ id }) => id));
      const leads = read('marketing/leads.csv');
      expect(leads.filter((row) => row['status'] === 'converted').length).toBeGreaterThan(10);
      for (const row of leads) {
        expect(reps.has(row['owner_id'] ?? '')).toBe(true);
        expect(at(row, 'opened_at')).toBeLessThan(world.basis.asOf.getTime());
        const isConverted = row['status'] === 'converted';
        expect([row['converted_account'] !== '', row['converted_at'] !== '']).toEqual([
          isConverted,
          isConverted,
        ]);
        if (isConverted) expect(at(row, 'converted_at')).toBeGreaterThanOrEqual(at(row, 'opened_at'));
      }
    });
  });

  describe('partners', () => {
    it('have certificates that ended or soon will, as the truth says (S0-38)', () => {
      const truth = world.truth['partners'] as {
        expiredPartners: string[];
        partnersExpiringIn30Days: string[];
      };
      const today = usualEnd.slice(0, 10);
      const soon = new Date(Date.parse(usualEnd) + 30 * dayMs).toISOString().slice(0, 10);
      const within = (from: string, to: string) =>
        read('partners/partners.csv')
          .filter((row) => row['cert_expires_on'] !== '')
          .filter((row) => (row['cert_expires_on'] ?? '') >= from && (row['cert_expires_on'] ?? '') < to)
          .map((row) => row['name']);
      expect(within('', today)).toEqual(truth.expiredPartners);
      expect(within(today, soon)).toEqual(truth.partnersExpiringIn30Days);
      expect([truth.expiredPartners.length, truth.partnersExpiringIn30Days.length]).toEqual([2, 2]);
      for (const row of read('partners/partners.csv'))
        expect(row['enablement_status'] === 'expired').toBe(
          truth.expiredPartners.includes(row['name'] ?? ''),
        );
    });

    it('have a part in deals that are in the Salesforce export, touched within the time of the deal (S0-36, S0-39)', async () => {
      const dir = temporaryFolder();
      await writeWorld({ seed: 42, size: 'demo', asOf: new Date(usualEnd), outDir: dir });
      const deals = new Map(readTable(dir, 'sfdc/Opportunity.csv').map((row) => [row['Id'], row]));
      const created = (id: string | undefined) =>
        Date.parse((deals.get(id)?.['CreatedDate'] ?? '').replace('+0000', 'Z'));
      for (const row of read('partners/partner_deals.csv')) {
        const deal = deals.get(row['opportunity_id']);
        expect(deal).toBeDefined();
        expect((row['registered_on'] ?? '') <= usualEnd.slice(0, 10)).toBe(true);
        expect(at(row, 'registered_on') + dayMs).toBeGreaterThan(created(row['opportunity_id']));
        expect(Number(row['share'])).toBeGreaterThan(0);
        expect(Number(row['share'])).toBeLessThanOrEqual(1);
      }
      const activities = read('partners/activities.csv').filter((row) => row['opportunity_id'] !== '');
      expect(activities.length).toBeGreaterThan(200);
      expect(activities.filter((row) => row['partner_id'] !== '').length).toBeGreaterThan(15);
      for (const row of activities) {
        const deal = deals.get(row['opportunity_id']);
        expect([row['account_id'], row['person_id']]).toEqual([deal?.['AccountId'], deal?.['OwnerId']]);
        expect(at(row, 'at')).toBeGreaterThanOrEqual(created(row['opportunity_id']));
      }
    });

    it('leave the planted customers untouched (S0-34)', () => {
      const { quietAccounts } = world.truth['partners'] as {
        quietAccounts: { days: number; accounts: string[] };
      };
      const last = Date.parse(usualEnd) - quietAccounts.days * dayMs;
      const touched = new Set(
        read('partners/activities.csv')
          .filter((row) => at(row, 'at') > last)
          .map((row) => row['account_id']),
      );
      const quiet = world.basis.accounts.filter(({ name }) => quietAccounts.accounts.includes(name));
      expect(quiet.length).toBe(quietAccounts.accounts.length);
      for (const { id } of quiet) expect(touched.has(id)).toBe(false);
      expect(touched.size).toBeGreaterThan(20);
    });
  });

  describe('commerce', () => {
    it('sells planted pairs together far more often than by chance, as often as the truth says (S2-10)', () => {
      const orders = [
        ...groupBy(read('commerce/order_lines.csv'), (row) => row['order_number'] ?? '').values(),
      ].map((lines) => new Set(lines.map((row) => row['sku'])));
      const truth = world.truth['commerce'] as {
        orders: number;
        pairs: { products: [string, string]; orders: number; lift: number }[];
      };
      expect(orders.length).toBe(truth.orders);
      for (const { products, orders: together, lift } of truth.pairs) {
        const [a, b] = products;
        const having = (...skus: string[]) =>
          orders.filter((own) => skus.every((sku) => own.has(sku))).length;
        expect(having(a, b)).toBe(together);
        const expected = (having(a) * having(b)) / orders.length;
        expect(together / expected).toBeCloseTo(lift, 2);
        expect(lift).toBeGreaterThan(3);
      }
      const skus = read('commerce/price_list.csv').map((row) => row['sku'] ?? '');
      const others = skus.flatMap((a, index) => skus.slice(index + 1).map((b) => [a, b] as const));
      const strong = others.filter(([a, b]) => {
        const both = orders.filter((own) => own.has(a) && own.has(b)).length;
        const chance =
          (orders.filter((own) => own.has(a)).length * orders.filter((own) => own.has(b)).length) /
          orders.length;
        return both >= 10 && both / chance > 3;
      });
      expect(strong.map((pair) => [...pair].sort().join()).sort()).toEqual(
        truth.pairs.map(({ products }) => [...products].sort().join()).sort(),
      );
    });

    it('has one product whose sales fall by more than a fifth from month to month (S2-14)', () => {
      const { falling } = world.truth['commerce'] as { falling: { sku: string; ordersIn30Days: number[] } };
      const end = Date.parse(usualEnd);
      const months = [0, 1, 2].map(
        (back) =>
          read('commerce/order_lines.csv').filter(
            (row) =>
              row['sku'] === falling.sku && Math.floor((end - at(row, 'sold_at')) / (30 * dayMs)) === back,
          ).length,
      );
      expect(months).toEqual(falling.ordersIn30Days);
      expect(months[0]).toBeLessThan(0.8 * (months[1] ?? 0));
      expect(months[1]).toBeLessThan(months[2] ?? 0);
    });

    it('adds up: lines from quantity, price and discount, in two currencies, with margins that differ (S2-01, S2-02)', () => {
      const lines = read('commerce/order_lines.csv');
      for (const row of lines) {
        const gross = Number(row['quantity']) * Number(row['unit_price']);
        expect(Number(row['amount'])).toBeCloseTo(gross - Number(row['discount']), 2);
      }
      expect(new Set(lines.map((row) => row['currency']))).toEqual(new Set(['EUR', 'USD']));
      const margins = read('commerce/price_list.csv').map(
        (row) => 1 - Number(row['unit_cost']) / Number(row['list_price']),
      );
      expect(Math.min(...margins)).toBeLessThan(0.1);
      expect(Math.max(...margins)).toBeGreaterThan(0.85);
    });

    it.each([1, 2, 3])(
      'moves monthly revenue to a twelfth of the yearly one, and to nothing for those who left, seed %s',
      async (seed) => {
        const one = await writeRecords(seed, 'demo');
        const cents = (row: Row, column: string) => Math.round(Number(row[column]) * 100);
        const moved = groupBy(
          readTable(one.dir, 'commerce/mrr_movements.csv'),
          (row) => row['account_id'] ?? '',
        );
        const paid = groupBy(
          readTable(one.dir, 'commerce/subscriptions.csv'),
          (row) => row['account_id'] ?? '',
        );
        for (const { id, arr, churnedOn, since } of one.basis.accounts) {
          const movements = moved.get(id) ?? [];
          const sum = movements.reduce((total, row) => total + cents(row, 'amount'), 0);
          const now = (paid.get(id) ?? []).reduce((total, row) => total + cents(row, 'mrr'), 0);
          expect(sum).toBe(now);
          expect(now).toBe(churnedOn === null ? Math.round((arr * 100) / 12) : 0);
          for (const row of movements) {
            const isLoss = row['kind'] === 'contraction' || row['kind'] === 'churn';
            expect(cents(row, 'amount') < 0).toBe(isLoss);
            expect((row['moved_on'] ?? '') >= since.toISOString().slice(0, 10)).toBe(true);
            expect((row['moved_on'] ?? '') <= (churnedOn ?? usualEnd.slice(0, 10))).toBe(true);
          }
          for (const row of paid.get(id) ?? [])
            expect([row['status'] === 'cancelled', row['cancelled_on']]).toEqual([
              churnedOn !== null,
              churnedOn ?? '',
            ]);
        }
        rmSync(one.dir, { recursive: true, force: true });
      },
    );

    it('has a rate of both currencies for every day with orders, and one before every movement', () => {
      const rates = groupBy(read('commerce/fx_rates.csv'), (row) => row['currency'] ?? '');
      expect([...rates.keys()].sort()).toEqual(['EUR', 'GBP']);
      for (const own of rates.values()) {
        const days = new Set(own.map((row) => row['day']));
        expect(days.size).toBe(own.length);
        for (const row of read('commerce/order_lines.csv'))
          expect(days.has(row['sold_at']?.slice(0, 10))).toBe(true);
        const first = [...days].sort()[0] ?? '';
        for (const row of read('commerce/mrr_movements.csv'))
          expect((row['moved_on'] ?? '') >= first).toBe(true);
      }
    });
  });

  describe('risk and snapshots', () => {
    it('shows the sample of the customer success tool: 42.5, 0.78, critical (S4-26)', () => {
      const { sample } = world.truth['risk'] as { sample: { account: string } };
      const own = read('risk/assessments.csv').filter((row) => row['company'] === sample.account);
      const last = own.at(-1);
      expect([last?.['last_health'], last?.['churn_probability'], last?.['priority']]).toEqual([
        '42.5',
        '0.78',
        'critical',
      ]);
      expect(last?.['risk_factors']?.split('; ').length).toBeGreaterThanOrEqual(2);
    });

    it.each([
      [42.5, 0.78, 'critical'],
      [24.9, 0.1, 'critical'],
      [25, 0.7, 'high'],
      [49.9, 0.2, 'high'],
      [50, 0.5, 'medium'],
      [69.9, 0.1, 'medium'],
      [70, 0.3, 'low'],
    ] as const)('calls health %s with probability %s %s', (health, probability, priority) => {
      expect(priorityOf(health, probability)).toBe(priority);
    });

    it('reports figures that a recount of conversations and presence confirms (S1-01)', () => {
      const snapshots = read('snapshots/metric_snapshots.csv');
      const keys = snapshots.map((row) =>
        [row['metric'], row['segment'], row['grain'], row['starts_at']].join(),
      );
      expect(new Set(keys).size).toBe(keys.length);
      const region = new Map(world.basis.accounts.map((account) => [account.id, account.region]));
      const opened = read('conversations/conversations.csv');
      const spans = read('presence/agent_status.csv').filter((row) => row['status'] === 'online');
      const lengths = { hour: 3_600_000, day: dayMs, week: 7 * dayMs };
      for (const row of snapshots) {
        const from = at(row, 'starts_at');
        const to = from + lengths[row['grain'] as keyof typeof lengths];
        expect(to).toBeLessThanOrEqual(Date.parse(usualEnd));
        if (row['metric'] === 'conversations_opened') {
          const own = opened.filter(
            (one) =>
              at(one, 'opened_at') >= from &&
              at(one, 'opened_at') < to &&
              (row['segment'] === '' || row['segment'] === `region:${region.get(one['account_id'] ?? '')}`),
          );
          expect(Number(row['value'])).toBe(own.length);
        } else if (row['grain'] === 'hour') {
          const online = spans.filter(
            (one) => at(one, 'started_at') <= from && !(at(one, 'ended_at') <= from),
          );
          expect(Number(row['value'])).toBe(online.length);
        }
      }
      expect(new Set(snapshots.map((row) => row['grain']))).toEqual(new Set(['hour', 'day', 'week']));
    });
  });
});
