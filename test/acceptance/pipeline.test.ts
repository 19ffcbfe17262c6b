import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ageBuckets, buildHazard, chanceOfWinning } from '../../src/analysis/pipeline/deal-hazard.ts';
import { periodOf } from '../../src/analysis/pipeline/fiscal-periods.ts';
import { chooseMethod, forecastPeriod, type WonForecast } from '../../src/analysis/pipeline/won-forecast.ts';
import { buildWonHistory } from '../../src/analysis/pipeline/won-history.ts';
import { addDays, daysBetween } from '../../src/analysis/wording.ts';
import { importSources } from '../../src/jobs/sync-sources.ts';
import { type Store, sql } from '../../src/store/database.ts';
import {
  countByAge,
  countDecidedByStage,
  type DealView,
  dealsOn,
  findFirstDecision,
  findWonCycle,
  listWonDays,
} from '../../src/store/pipeline-store.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { openTestStore } from '../support/store.ts';
import { acceptanceData, acceptanceTitle } from './acceptance-data.ts';
import { reportFigure } from './report-figure.ts';

const data = acceptanceData('pipeline');
const settings = { spreadCountsAs: 4, leastHistoryDays: 60 };
const calendar = { fiscalStartMonth: 1 };

/** What became of every deal, read from the file by this test alone; the code under test never sees it. */
interface Outcome {
  readonly won: boolean;
  readonly opened: string | null;
  readonly closed: string | null;
  readonly value: number;
  readonly product: string;
}

const isoOf = (written: string): string | null => {
  const [month, day, year] = written.split('/');
  if (year === undefined) return null;
  return `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
};

function readOutcomes(folder: string): Map<string, Outcome> {
  const lines = readFileSync(join(folder, 'sales_pipeline.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
  return new Map(
    lines.map((line) => {
      const [id, , product, , stage, opened, closed, value] = line.split(',');
      const one = { won: stage === 'Won', opened: isoOf(opened!), closed: isoOf(closed!), product: product! };
      return [id!, { ...one, value: Number(value || 0) }];
    }),
  );
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const everyTwoWeeks = (first: string, last: string): string[] => {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 14)) days.push(day);
  return days;
};

describe.skipIf(data === null)(acceptanceTitle('the forecast of the Maven sales pipeline', data), () => {
  let store: Store;
  let outcomes: Map<string, Outcome>;
  const set = 'Maven CRM, 8,800 deals';
  const viewOf = (today: string): DealView => ({ today, zone: 'America/New_York', isLive: false });
  const wonBetween = (start: string, end: string): number =>
    [...outcomes.values()].reduce(
      (sum, one) =>
        one.won && one.closed !== null && one.closed >= start && one.closed < end ? sum + one.value : sum,
      0,
    );
  beforeAll(async () => {
    store = await openTestStore();
    outcomes = readOutcomes(data ?? '');
    const mapping = packagePath('fixtures', 'mappings', 'maven-crm.yml');
    await importSources({ store, clock: systemClock }, { path: data ?? '', mapping });
  }, 180_000);

  const forecastAt = async (kind: 'month' | 'quarter', today: string) => {
    const view = viewOf(today);
    const from = await findFirstDecision(store.db, view);
    const history = buildWonHistory(await listWonDays(store.db, view), from!, addDays(today, 1));
    const method = chooseMethod(history, periodOf('quarter', today, calendar), settings);
    const period = periodOf(kind, today, calendar);
    const forecast = method && forecastPeriod(history, period, method, settings);
    const actual = wonBetween(period.start, period.end);
    return { forecast, actual };
  };

  it('foresees quarters within 10 % and holds four of five truths in its interval (S0-32)', async () => {
    const quarters: { day: string; isEve: boolean; actual: number; forecast: WonForecast }[] = [];
    // The first whole quarter before an origin is the second of 2017.
    for (const day of ['2017-06-30', '2017-09-30', ...everyTwoWeeks('2017-07-08', '2017-12-23')]) {
      // On the last day of a quarter the next one is asked for, the whole of it ahead.
      const isEve = day.endsWith('-30');
      const found = isEve ? await forecastEve(day) : await forecastAt('quarter', day);
      expect(found.forecast, day).not.toBeNull();
      quarters.push({ day, isEve, actual: found.actual, forecast: found.forecast! });
    }
    const months: { actual: number; forecast: WonForecast }[] = [];
    for (const day of ['01', '11', '21'].flatMap((date) =>
      ['07', '08', '09', '10', '11', '12'].map((month) => `2017-${month}-${date}`),
    )) {
      const found = await forecastAt('month', day);
      months.push({ actual: found.actual, forecast: found.forecast! });
    }
    const errorOf = ({ actual, forecast }: (typeof months)[number]) =>
      Math.abs(forecast.expected / actual - 1);
    const isHeld = ({ actual, forecast }: (typeof months)[number]) =>
      actual >= forecast.low && actual <= forecast.high ? 1 : 0;
    const floor = await flatPipelineError();
    const line = { capability: 'pipeline forecast', data: set };
    const whole = mean(quarters.filter(({ isEve }) => isEve).map(errorOf));
    const running = mean(quarters.map(errorOf));
    const covered = mean([...quarters, ...months].map(isHeld));
    const coveredQuarters = mean(quarters.map(isHeld));
    reportFigure({ ...line, figure: 'MAPE, quarter ahead', value: whole, floor, goal: 0.1, better: 'lower' });
    reportFigure({
      ...line,
      figure: 'MAPE, quarter in progress',
      value: running,
      floor,
      goal: 0.1,
      better: 'lower',
    });
    for (const [name, value] of [
      ['quarters', coveredQuarters],
      ['quarters and months', covered],
    ] as const) {
      const figure = `80 % interval holds, ${name}`;
      reportFigure({ ...line, figure: `${figure}, at least`, value, floor: 0, goal: 0.6, better: 'higher' });
      reportFigure({
        ...line,
        figure: `${figure}, at most`,
        value,
        floor: null,
        goal: 0.95,
        better: 'lower',
      });
    }
    expect(quarters.length).toBeGreaterThanOrEqual(8);
    expect(whole).toBeLessThanOrEqual(0.1);
    expect(running).toBeLessThanOrEqual(0.1);
    expect(floor).toBeGreaterThan(1);
    for (const value of [covered, coveredQuarters]) {
      expect(value).toBeGreaterThanOrEqual(0.6);
      expect(value).toBeLessThanOrEqual(0.95);
    }
  }, 120_000);

  const forecastEve = async (today: string) => {
    const view = viewOf(today);
    const history = buildWonHistory(
      await listWonDays(store.db, view),
      (await findFirstDecision(store.db, view))!,
      addDays(today, 1),
    );
    const period = periodOf('quarter', today, { ...calendar, later: 1 });
    const method = chooseMethod(history, periodOf('quarter', addDays(today, 1), calendar), settings);
    const forecast = method && forecastPeriod(history, period, method, settings);
    return { forecast, actual: wonBetween(period.start, period.end) };
  };

  /** Every open deal at the win rate so far times its list price, against what was won of all in 90 days. */
  const flatPipelineError = async (): Promise<number> => {
    const prices = new Map([
      ...(
        await sql<{ name: string; price: number }>`select name, list_price as price from product`.execute(
          store.db,
        )
      ).rows.map(({ name, price }) => [name.replaceAll(' ', ''), price] as const),
    ]);
    const errors = everyTwoWeeks('2017-06-01', '2017-10-01').map((day) => {
      const known = [...outcomes.values()].filter(({ opened }) => opened !== null && opened <= day);
      const decided = known.filter(({ closed }) => closed !== null && closed <= day);
      const rate = decided.filter(({ won }) => won).length / decided.length;
      const open = known.filter(({ closed }) => closed === null || closed > day);
      const foreseen = open.reduce(
        (sum, one) => sum + rate * prices.get(one.product.replaceAll(' ', ''))!,
        0,
      );
      const end = addDays(day, 90);
      const truth = open.reduce(
        (sum, one) => (one.won && one.closed !== null && one.closed <= end ? sum + one.value : sum),
        0,
      );
      return Math.abs(foreseen / truth - 1);
    });
    return mean(errors);
  };

  it('says which open deals are won within 90 days with a Brier score of at most 0.20', async () => {
    const scores: { day: string; brier: number; flat: number; expected: number; won: number }[] = [];
    for (const day of ['2017-08-01', '2017-08-15', '2017-09-01', '2017-09-15', '2017-10-01']) {
      const view = viewOf(day);
      const from = (await findFirstDecision(store.db, view))!;
      const buckets = await countByAge(store.db, view, from, ageBuckets);
      const hazard = buildHazard(buckets, await countDecidedByStage(store.db, view), 50)!;
      const { days: staleAfter } = await findWonCycle(store.db, view, 95);
      const open = (
        await sql<{ id: string; age: number }>`
          select o.source_id as id, ${day}::date - d.opened as age
          from ${dealsOn(view)} d join opportunity o on o.id = d.id
          where d.closed_on is null and d.opened is not null`.execute(store.db)
      ).rows;
      const decided = buckets.reduce((sum, one) => sum + one.won + one.lost, 0);
      const rate = buckets.reduce((sum, one) => sum + one.won, 0) / decided;
      const end = addDays(day, 90);
      const judged = open.map(({ id, age }) => {
        const truth = outcomes.get(id)!;
        expect(truth.closed === null || truth.closed > day, `${id} is open on ${day}`).toBe(true);
        expect(daysBetween(truth.opened!, day)).toBe(age);
        const won = truth.won && truth.closed !== null && truth.closed <= end ? 1 : 0;
        const chance = age > staleAfter! ? 0 : chanceOfWinning(hazard, { ageDays: age, stage: null }, 90);
        return { won, chance };
      });
      scores.push({
        day,
        brier: mean(judged.map(({ won, chance }) => (won - chance) ** 2)),
        flat: mean(judged.map(({ won }) => (won - rate) ** 2)),
        expected: judged.reduce((sum, { chance }) => sum + chance, 0),
        won: judged.reduce((sum, { won }) => sum + won, 0),
      });
    }
    const brier = mean(scores.map((one) => one.brier));
    reportFigure({
      capability: 'open deals by age and stage',
      data: set,
      figure: 'Brier, won within 90 days, August to October',
      value: brier,
      floor: mean(scores.map((one) => one.flat)),
      goal: 0.2,
      better: 'lower',
    });
    expect(brier).toBeLessThanOrEqual(0.2);
  }, 120_000);
});
