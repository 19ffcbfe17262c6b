import { beforeAll, describe, expect, it } from 'vitest';
import { createWorldSink } from '../../../src/sources/synthetic/world-sink.ts';
import { writeDeals } from '../../../src/sources/synthetic/write-deals.ts';
import { buildBasis } from '../../../src/sources/synthetic/write-world.ts';
import { chiSquareZ, deviations, zOf } from './statistics.ts';
import { groupBy, type Row, readTable, temporaryFolder, usualEnd, world } from './world-files.ts';

const dayMs = 86_400_000;
const today = Date.parse(usualEnd.slice(0, 10));
const count = 6_000;

/** First day of the quarter after the one of a day. */
function nextQuarter(day: number): number {
  const at = new Date(day);
  return Date.UTC(at.getUTCFullYear(), 3 * Math.ceil((at.getUTCMonth() + 1) / 3), 1);
}

describe.each([2, 71])('the deals, seed %i', (seed) => {
  let deals: readonly Row[];
  let history: readonly Row[];
  let truth: Awaited<ReturnType<typeof writeDeals>>;
  let reps: ReadonlyMap<string, string>;
  beforeAll(async () => {
    const folder = temporaryFolder();
    const whole = buildBasis({ seed, size: 'large', asOf: new Date(usualEnd) });
    const accounts = whole.accounts.slice(0, 1_000).filter(({ churnedOn }) => churnedOn === null);
    const sink = createWorldSink(folder);
    truth = await writeDeals({ ...whole, accounts, scale: { ...whole.scale, deals: count } }, sink);
    await sink.close();
    deals = readTable(folder, 'sfdc/Opportunity.csv');
    history = readTable(folder, 'sfdc/OpportunityHistory.csv');
    reps = new Map(whole.people.map(({ id, name }) => [id, name]));
  });

  it('close in the last two weeks of a quarter as often as the truth file says', () => {
    const { days, weight, weekendWeight } = truth.quarterEnd;
    let [late, all] = [0, 0];
    for (let back = 1; back <= 700; back += 1) {
      const day = today - back * dayMs;
      const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
      const isLate = nextQuarter(day) - day <= days * dayMs;
      const share = (isLate ? weight : 1) * (isWeekend ? weekendWeight : 1);
      all += share;
      if (isLate) late += share;
    }
    const closed = deals
      .filter((row) => row['IsClosed'] === 'true')
      .map((row) => Date.parse(row['CloseDate']!))
      .filter((day) => day >= today - 700 * dayMs);
    const seen = closed.filter((day) => nextQuarter(day) - day <= days * dayMs).length;
    const p = late / all;
    expect(p).toBeGreaterThan(0.3);
    expect(Math.abs(zOf(seen, closed.length * p, closed.length * p * (1 - p)))).toBeLessThan(deviations);
    expect(Math.max(...closed)).toBeLessThan(today);
  });

  it('are won by each rep at the rate of that rep', () => {
    const rates = new Map(truth.winRates.map(({ rep, rate }) => [rep, rate]));
    const decided = groupBy(
      deals.filter((row) => row['IsClosed'] === 'true'),
      (row) => reps.get(row['OwnerId']!)!,
    );
    const scores = [...decided].map(([rep, own]) => {
      const rate = rates.get(rep)!;
      const won = own.filter((row) => row['IsWon'] === 'true').length;
      return zOf(won, own.length * rate, own.length * rate * (1 - rate));
    });
    expect(scores.length).toBeGreaterThan(50);
    expect(Math.abs(chiSquareZ(scores))).toBeLessThan(deviations);
  });

  it('lack their account in one to four of a hundred', () => {
    const without = deals.filter((row) => row['AccountId'] === '');
    expect(without.map((row) => row['Id'])).toEqual(truth.dealsWithoutAccount);
    expect(without.length / deals.length).toBeGreaterThan(0.01);
    expect(without.length / deals.length).toBeLessThan(0.04);
  });

  it('come in two currencies', () => {
    expect(new Set(deals.map((row) => row['CurrencyIsoCode']))).toEqual(new Set(['USD', 'EUR']));
  });

  it('pass through their stages in order, and end as the deal stands', () => {
    const stages = [
      'Prospecting',
      'Qualification',
      'Needs Analysis',
      'Proposal/Price Quote',
      'Negotiation/Review',
    ];
    const of = groupBy(history, (row) => row['OpportunityId']!);
    const instant = (row: Row): number => Date.parse(row['CreatedDate']!.replace('+0000', 'Z'));
    const faults = deals.flatMap((deal) => {
      const steps = of.get(deal['Id']!)!;
      const [first, last] = [steps[0]!, steps.at(-1)!];
      const isSound =
        last['StageName'] === deal['StageName'] &&
        last['CloseDate'] === deal['CloseDate'] &&
        instant(first) >= instant(deal) - 1000 &&
        instant(last) < Date.parse(usualEnd) &&
        steps.slice(1).every((step, index) => follows(steps[index]!, step));
      return isSound ? [] : [deal['Name']];
    });
    expect(faults).toEqual([]);

    function follows(before: Row, step: Row): boolean {
      const [from, to] = [before, step].map((row) => stages.indexOf(row['StageName']!)) as [number, number];
      return (
        instant(step) >= instant(before) &&
        step['PrevCloseDate'] === before['CloseDate'] &&
        (to === -1 || to - from === 1 || to === from)
      );
    }
  });

  it('holds overdue, pushed and stale deals where the truth file names them', () => {
    const named = new Map(deals.map((row) => [row['Name']!, row]));
    expect(named.size).toBe(deals.length);
    expect(truth.overdueDeals.length).toBeGreaterThan(0);
    expect(truth.pushedDeals.length).toBeGreaterThan(0);
    expect(truth.staleDeals.length).toBeGreaterThan(0);
    const overdue = deals.filter(
      (row) => row['IsClosed'] === 'false' && Date.parse(row['CloseDate']!) < today,
    );
    expect(overdue.map((row) => row['Name']).sort()).toEqual([...truth.overdueDeals].sort());
    for (const name of truth.pushedDeals) {
      const moves = history.filter(
        (row) => row['OpportunityId'] === named.get(name)!['Id'] && row['PrevCloseDate'] !== '',
      );
      const last = moves.at(-1)!;
      expect(nextQuarter(Date.parse(last['CloseDate']!))).toBeGreaterThan(
        nextQuarter(Date.parse(last['PrevCloseDate']!)),
      );
    }
  });
});

describe('the deals of the demo', () => {
  it('hold slipped deals of the sales rep whom the demo lets you act as, and names written in two ways', async () => {
    const { dir, truth } = await world(42, 'demo');
    const deals = readTable(dir, 'sfdc/Opportunity.csv');
    const jonas = readTable(dir, 'sfdc/User.csv').find((row) => row['Name'] === 'Jonas Weber')!['Id'];
    const slipped = new Set([...truth.overdueDeals, ...truth.pushedDeals]);
    expect(
      deals.filter(
        (row) => row['OwnerId'] === jonas && slipped.has(row['Name']!) && Number(row['Amount']) > 50_000,
      ).length,
    ).toBeGreaterThan(0);
    expect(truth.nameVariants.products.length).toBeGreaterThan(0);
    for (const { name, variant } of truth.nameVariants.products) {
      expect(name.replaceAll(' ', '')).toBe(variant);
      expect(deals.some((row) => row['Name']!.includes(variant))).toBe(true);
    }
  });
});
