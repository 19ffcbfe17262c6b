import { beforeAll, describe, expect, it } from 'vitest';
import { chiSquareZ, deviations, zOf } from './statistics.ts';
import { groupBy, readTable, type WrittenWorld, world } from './world-files.ts';

describe.each([8, 21])('the tone of tickets, seed %i', (seed) => {
  let written: WrittenWorld;
  beforeAll(async () => {
    written = await world(seed, 'demo', { days: 365 });
  });

  it('is friendly or matter-of-fact, but for the customers that the truth file lists', () => {
    const { dir, truth } = written;
    const names = new Map(readTable(dir, 'sfdc/Account.csv').map((row) => [row['Id'], row['Name']!]));
    const outliers = new Map(truth.negativeShare.outliers.map(({ account, share }) => [account, share]));
    const byName = groupBy(readTable(dir, 'sfdc/Case.csv'), (row) => names.get(row['AccountId'])!);
    const negatives = (name: string): number =>
      byName.get(name)!.filter((row) => Number(row['Sentiment__c']) < 0).length;
    const scores = [...outliers].map(([name, share]) => {
      const count = byName.get(name)!.length;
      return zOf(negatives(name), count * share, count * share * (1 - share));
    });
    expect(outliers.size).toBeGreaterThanOrEqual(5);
    expect(Math.abs(chiSquareZ(scores))).toBeLessThan(deviations);
    // The others: a share of their own around the usual one, deviation of its logarithm 0.2.
    const usual = truth.negativeShare.usual;
    const others = [...byName].filter(([name]) => !outliers.has(name));
    const tickets = others.reduce((sum, [, own]) => sum + own.length, 0);
    const seen = others.reduce((sum, [name]) => sum + negatives(name), 0);
    const mean = usual * Math.exp(0.02);
    const between = others.reduce((sum, [, own]) => sum + (own.length * mean) ** 2 * (Math.exp(0.04) - 1), 0);
    expect(Math.abs(zOf(seen, tickets * mean, tickets * mean * (1 - mean) + between))).toBeLessThan(
      deviations,
    );
  });

  it('shows in the answers to surveys', () => {
    const { dir } = written;
    const tones = new Map(
      readTable(dir, 'sfdc/Case.csv').map((row) => [row['Id'], Number(row['Sentiment__c'])]),
    );
    const answers = readTable(dir, 'signals/surveys.csv').filter((row) => row['kind'] === 'csat');
    const scores = (isNegative: boolean): number[] =>
      answers
        .filter((row) => tones.get(row['case_id'])! < 0 === isNegative)
        .map((row) => Number(row['score']));
    const [good, bad] = [describeScores(scores(false)), describeScores(scores(true))];
    expect((good.mean - bad.mean) / Math.sqrt(good.error ** 2 + bad.error ** 2)).toBeGreaterThan(deviations);
  });
});

function describeScores(scores: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (scores.length - 1) / scores.length) };
}
