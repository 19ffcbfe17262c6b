import { beforeAll, describe, expect, it } from 'vitest';
import { createWorldSink } from '../../../src/sources/synthetic/world-sink.ts';
import { writeCustomers } from '../../../src/sources/synthetic/write-customers.ts';
import { writeSignals } from '../../../src/sources/synthetic/write-signals.ts';
import { buildBasis } from '../../../src/sources/synthetic/write-world.ts';
import { areaUnderCurve, chiSquareZ, deviations, fitLogit, zOf } from './statistics.ts';
import { groupBy, type Row, readTable, temporaryFolder, usualEnd } from './world-files.ts';

const number = (row: Row, column: string): number => Number(row[column]);

describe.each([5, 77])('who leaves, seed %i', (seed) => {
  let rows: readonly Row[];
  let usage: readonly Row[];
  let incidents: readonly Row[];
  let model: Awaited<ReturnType<typeof writeCustomers>>['churn']['model'];
  const measured = 300;
  beforeAll(async () => {
    const folder = temporaryFolder();
    const basis = buildBasis({ seed, size: 'large', asOf: new Date(usualEnd) });
    const sink = createWorldSink(folder);
    model = (await writeCustomers(basis, sink)).churn.model;
    await writeSignals({ ...basis, accounts: basis.accounts.slice(0, measured) }, sink);
    await sink.close();
    // The planted ones were made to decline; chance had no say in them.
    rows = readTable(folder, 'truth/churn.csv').filter((row) => row['planted'] !== 'declining');
    usage = readTable(folder, 'signals/usage_daily.csv');
    incidents = readTable(folder, 'signals/incidents.csv');
  });

  it('follows a known logit whose best possible AUC is about 0.85', () => {
    expect(rows.length).toBeGreaterThan(9_000);
    const scored = rows.map((row) => [number(row, 'probability'), row['churned'] === '1'] as const);
    // The error of an AUC with 1,200 positives is about 0.006 (Hanley and McNeil), so the band is three of them wide.
    const area = areaUnderCurve(scored);
    expect(area).toBeGreaterThan(0.83);
    expect(area).toBeLessThan(0.87);
  });

  it('is one account in eight or nine a year, as the probabilities add up', () => {
    const probabilities = rows.map((row) => number(row, 'probability'));
    const mean = probabilities.reduce((sum, p) => sum + p, 0);
    const variance = probabilities.reduce((sum, p) => sum + p * (1 - p), 0);
    const churned = rows.filter((row) => row['churned'] === '1').length;
    expect(Math.abs(zOf(churned, mean, variance))).toBeLessThan(deviations);
    expect(mean / rows.length).toBeGreaterThan(0.1);
    expect(mean / rows.length).toBeLessThan(0.14);
  });

  it('lets a logistic fit on the features find the coefficients again', () => {
    const features = rows.map((row) => [
      1,
      number(row, 'usage_slope'),
      Math.log(number(row, 'logins_per_working_day')),
      number(row, 'incidents_90_days'),
      number(row, 'csat_mean'),
    ]);
    const fitted = fitLogit(
      features,
      rows.map((row) => row['churned'] === '1'),
    );
    const known = [model.intercept, model.usageSlope, model.logLogins, model.incidents, model.csat];
    for (const [index, value] of known.entries()) {
      // Maximum likelihood is normal around the truth with the errors of the information matrix.
      expect(Math.abs(fitted.coefficients[index]! - value) / fitted.errors[index]!).toBeLessThan(deviations);
      // And the data are enough to tell every coefficient from zero.
      expect(Math.abs(value) / fitted.errors[index]!).toBeGreaterThan(deviations);
    }
  });

  it('shows in the usage that is exported: the slope can be measured, and it ends with the account', () => {
    const byAccount = groupBy(usage, (row) => row['account_id']!);
    const scores: number[] = [];
    for (const row of rows) {
      const days = byAccount.get(row['account_id']!);
      if (days === undefined) continue;
      expect(days).toHaveLength(90);
      if (row['churned_on'] !== '') expect(days.at(-1)!['day']! < row['churned_on']!).toBe(true);
      scores.push(slopeZ(days, number(row, 'usage_slope')));
    }
    expect(scores.length).toBeGreaterThan(measured * 0.9);
    expect(Math.abs(chiSquareZ(scores))).toBeLessThan(deviations);
  });

  it('shows in the incidents: as many as the feature says, all before the end', () => {
    const byAccount = groupBy(incidents, (row) => row['account_id']!);
    const exported = new Set(usage.map((row) => row['account_id']));
    for (const row of rows.filter(({ account_id: id }) => exported.has(id)).slice(0, 100)) {
      const own = byAccount.get(row['account_id']!) ?? [];
      expect(own).toHaveLength(number(row, 'incidents_90_days'));
      const end = row['churned_on'] === '' ? usualEnd : row['churned_on']!;
      for (const incident of own) expect(Date.parse(incident['started_at']!)).toBeLessThan(Date.parse(end));
    }
  });
});

/** Least squares of the logarithm of API calls on the day, weekends raised to the level of the week; in errors of the slope. */
function slopeZ(days: readonly Row[], slope: number): number {
  const noise = 0.15;
  const points = days.map((row, index) => {
    const weekend = [0, 6].includes(new Date(row['day']!).getUTCDay());
    return [index, Math.log(number(row, 'api_calls') / (weekend ? 0.3 : 1))] as const;
  });
  const middle = (points.length - 1) / 2;
  const squares = points.reduce((sum, [x]) => sum + (x - middle) ** 2, 0);
  const found = points.reduce((sum, [x, y]) => sum + (x - middle) * y, 0) / squares;
  return (found - slope / 30) / (noise / Math.sqrt(squares));
}
