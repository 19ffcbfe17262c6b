import { describe, expect, it } from 'vitest';
import { scoreComponents } from '../../../src/analysis/health/components.ts';
import { buildHealthFinding, type PastScore } from '../../../src/analysis/health/health-findings.ts';
import { weighComponents } from '../../../src/analysis/health/health-score.ts';
import { addDays } from '../../../src/analysis/wording.ts';
import { chartSpecSchema } from '../../../src/charts/chart-spec-schema.ts';
import { at, cs4, moment, settings, signalsOf, today, usageOf } from '../support/health-builders.ts';

describe('account-health finding', () => {
  const history: readonly PastScore[] = Array.from({ length: 29 }, (_, index) => ({
    day: addDays(today, index - 29),
    score: 70 - index / 2,
    parts: { usage: 90, engagement: 60 },
  }));
  const score = weighComponents(
    'a1',
    today,
    scoreComponents(
      signalsOf({
        usage: usageOf(60, { apiCalls: 40, logins: 1 }),
        surveys: [{ kind: 'csat', score: 3, respondedAt: at('2026-03-01T00:00Z') }],
      }),
      moment,
      settings,
    ),
    cs4,
    settings,
  );
  const build = (past: readonly PastScore[]) =>
    buildHealthFinding(
      {
        account: signalsOf().account,
        today: score,
        past,
        reference: { usage: 95, engagement: 70, satisfaction: 60 },
      },
      settings,
      at('2026-03-31T12:00Z'),
      'Europe/Berlin',
    );

  it('carries the score, its change in 7 days, the parts and what pulls it down (S4-15)', () => {
    // usage 24, engagement 100, satisfaction 50 by 30:25:25 = 55.9; seven days ago 70 - 22 / 2.
    expect(build(history)).toMatchObject({
      value: 55.9,
      subject: { kind: 'account', id: 'a1', label: 'Acme Corp' },
      ownerId: 'ada',
      facts: {
        profile: 'cs4',
        band: 'warning',
        previous_score: 59,
        change_7d: -3.1,
        coverage: 0.8,
        account: 'Acme Corp',
        arr: 120_000,
        currency: 'EUR',
        top_driver: 'usage (1,200 API calls in 30 days, baseline 5,000)',
        component_usage: 24,
        component_engagement: 100,
        component_satisfaction: 50,
      },
    });
  });
  it('explains every part in its evidence', () => {
    expect(build(history)?.evidence.rows).toEqual([
      ['usage', 24, '37.5 %', 95, 26.6, 90, '1,200 API calls in 30 days, baseline 5,000'],
      ['satisfaction', 50, '31.3 %', 60, 3.1, null, 'CSAT 3.0 of 5 (1)'],
      ['engagement', 100, '31.3 %', 70, -9.4, 60, '30 logins in 30 days, baseline 30'],
    ]);
  });
  it('draws 30 days with the bands as lines and today marked (S3-14)', () => {
    const chart = chartSpecSchema.parse(build(history)?.chart);
    if (chart.kind !== 'line') throw new Error(chart.kind);
    expect(chart.labels).toHaveLength(30);
    expect(chart.labels.at(-1)).toBe('31 Mar');
    expect(chart.series[0]?.values.at(-1)).toBe(55.9);
    expect(chart.series[0]?.values[0]).toBe(70);
    expect(chart.thresholds?.map(({ value, label }) => [value, label])).toEqual([
      [85, 'excellent from 85'],
      [70, 'good from 70'],
      [50, 'warning from 50'],
      [25, 'critical from 25'],
    ]);
    expect(chart.title).toBe('Health of Acme Corp: 55.9, warning, down 3.1 in 7 days');
  });
  it('names the part that fell before the one that has always been low', () => {
    const fell = history.map((one) => ({ ...one, parts: { usage: 30, engagement: 100, satisfaction: 90 } }));
    // Satisfaction lost 40 points of a weight of 31 %; usage is lower, but has hardly moved.
    expect(build(fell)?.facts['top_driver']).toBe('satisfaction (CSAT 3.0 of 5 (1))');
  });
  it('names what there is most to gain from when nothing is below the portfolio', () => {
    const reference = { usage: 0, engagement: 0, satisfaction: 0 };
    const finding = buildHealthFinding(
      { account: signalsOf().account, today: score, past: [], reference },
      settings,
      at('2026-03-31T12:00Z'),
      'UTC',
    );
    expect(finding?.facts['top_driver']).toMatch(/^usage /);
  });
  it('says nothing about a change when no score is near seven days ago', () => {
    const recent = history.filter(({ day }) => day > addDays(today, -5));
    expect(build(recent)?.facts).toMatchObject({ previous_score: null, change_7d: null });
    expect(build(history.filter(({ day }) => day === addDays(today, -9)))?.facts['previous_score']).toBe(60);
  });
});
