import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountSignals, HealthMoment } from '../../../src/analysis/health/account-signals.ts';
import { type ComponentScores, scoreComponents } from '../../../src/analysis/health/components.ts';
import { contributionsOf, portfolioReference } from '../../../src/analysis/health/contributions.ts';
import { bandOf, weighComponents } from '../../../src/analysis/health/health-score.ts';
import { parseHealthSettings } from '../../../src/catalogue/health.ts';
import { healthComponents } from '../../../src/domain/health-profile.ts';
import { at, cs4, moment, settings, signalsOf, today, usage3, usageOf } from '../support/health-builders.ts';

const scoresOf = (parts: ComponentScores) =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, Math.round(part.score * 100) / 100]));
const partsOf = (overrides: Partial<AccountSignals>, when: HealthMoment = moment) =>
  scoreComponents(signalsOf(overrides), when, settings);

describe('parts of the health score', () => {
  it('measures usage and engagement against 5,000 calls and 30 logins in 30 days (S3-05)', () => {
    // 100 calls a day are 3,000 of 5,000; half a login a day would be 15 of 30.
    expect(scoresOf(partsOf({ usage: usageOf(60, { apiCalls: 100, logins: 1 }) }))).toMatchObject({
      usage: 60,
      engagement: 100,
    });
    expect(partsOf({ usage: usageOf(60, { apiCalls: 100 }) }).usage?.fact).toBe(
      '3,000 API calls in 30 days, baseline 5,000',
    );
  });
  it('gives at most 100', () => {
    expect(scoresOf(partsOf({ usage: usageOf(60, { apiCalls: 9_000 }) }))).toMatchObject({ usage: 100 });
  });
  it('cuts the baseline to the days an account has been here', () => {
    expect(scoresOf(partsOf({ usage: usageOf(6, { apiCalls: 100 }) }))).toMatchObject({ usage: 60 });
  });
  it('takes an account that stopped for zero, and one that never began for unknown', () => {
    const stopped = usageOf(60, { apiCalls: 100 }).filter(({ day }) => day < '2026-02-01');
    expect(scoresOf(partsOf({ usage: stopped }))).toMatchObject({ usage: 0, engagement: 0 });
    expect(partsOf({ usage: [] }).usage).toBeUndefined();
  });
  it('looks back from where a late feed has come, and gives up when it is more than a week behind', () => {
    const usage = usageOf(60, { apiCalls: 100 });
    expect(scoresOf(partsOf({ usage }, { ...moment, day: '2026-04-06' }))).toMatchObject({ usage: 60 });
    expect(partsOf({ usage }, { ...moment, day: '2026-04-07' }).usage).toBeUndefined();
  });
  it('knows nothing of usage, incidents and answers after the day it speaks of', () => {
    const then: HealthMoment = { day: '2026-03-10', until: at('2026-03-11T00:00Z'), feedDay: '2026-03-09' };
    const before = usageOf(60, { apiCalls: 100 }).map((row) =>
      row.day < then.day ? row : { ...row, apiCalls: 9_999 },
    );
    const parts = partsOf(
      {
        usage: before,
        incidents: [
          { severity: 'critical', startedAt: at('2026-03-12T00:00Z'), resolvedAt: null },
          { severity: 'low', startedAt: at('2026-01-12T00:00Z'), resolvedAt: at('2026-03-12T00:00Z') },
        ],
        surveys: [
          { kind: 'csat', score: 5, respondedAt: at('2026-03-05T00:00Z') },
          { kind: 'csat', score: 1, respondedAt: at('2026-03-11T00:00:01Z') },
        ],
      },
      then,
    );
    // The low incident was still open on that day.
    expect(scoresOf(parts)).toEqual({ usage: 60, engagement: 0, satisfaction: 100, incident: 95 });
  });
  it('uses the baseline of the account where it has one (S3-05)', () => {
    const own = parseHealthSettings(
      healthFile().replace('accounts: []', 'accounts: [{ account: ACME corp, api_calls_per_30_days: 300 }]'),
    );
    if (!own.ok) throw new Error(JSON.stringify(own.issues));
    const parts = scoreComponents(
      signalsOf({ usage: usageOf(60, { apiCalls: 5, logins: 0 }) }),
      moment,
      own.value,
    );
    expect(scoresOf(parts)).toMatchObject({ usage: 50, engagement: 0 });
  });
  it('takes 40, 25, 10 and 5 points off for incidents of 30 days or still open, never below 0 (S3-05)', () => {
    const incident = (
      severity: 'critical' | 'high' | 'medium' | 'low',
      startedAt: string,
      resolved = true,
    ) => ({
      severity,
      startedAt: at(startedAt),
      resolvedAt: resolved ? at('2026-03-30T00:00Z') : null,
    });
    const score = (...incidents: AccountSignals['incidents'][number][]) =>
      partsOf({ incidents }).incident?.score;
    expect(score()).toBe(100);
    expect(score(incident('critical', '2026-03-20T00:00Z'))).toBe(60);
    expect(
      score(
        incident('high', '2026-03-20T00:00Z'),
        incident('medium', '2026-03-20T00:00Z'),
        incident('low', '2026-03-02T00:00Z'),
      ),
    ).toBe(60);
    expect(score(incident('critical', '2026-03-01T12:00Z'))).toBe(100);
    expect(score(incident('critical', '2026-01-01T00:00Z', false))).toBe(60);
    expect(score(...Array.from({ length: 3 }, () => incident('critical', '2026-03-20T00:00Z')))).toBe(0);
  });
  it('means seats used and features used for value realisation', () => {
    const usage = usageOf(30, { activeUsers: 30, seatsEntitled: 40, featuresUsed: 2, featuresAvailable: 8 });
    expect(partsOf({ usage }).value).toEqual({
      score: 50,
      fact: '30 of 40 seats used, 2 of 8 features used',
    });
    expect(partsOf({ usage: usageOf(30, { activeUsers: 50, seatsEntitled: 40 }) }).value?.score).toBe(100);
    expect(partsOf({ usage: usageOf(30, { activeUsers: 50 }) }).value).toBeUndefined();
  });
  it('mixes CSAT, NPS and tone 5:3:2 for satisfaction, and leaves out what is missing', () => {
    const csat = { kind: 'csat' as const, score: 4, respondedAt: at('2026-03-01T00:00Z') };
    const nps = { kind: 'nps' as const, score: 6, respondedAt: at('2025-12-01T00:00Z') };
    const tones = [-1, 0, 0.4].map((score) => ({ score, at: at('2026-03-01T00:00Z') }));
    expect(partsOf({ surveys: [csat] }).satisfaction?.score).toBeCloseTo(75, 9);
    expect(partsOf({ surveys: [csat, nps] }).satisfaction?.score).toBeCloseTo((0.5 * 75 + 0.3 * 60) / 0.8, 9);
    expect(partsOf({ surveys: [csat, nps], tones }).satisfaction?.score).toBeCloseTo(
      0.5 * 75 + 0.3 * 60 + 0.2 * 40,
      9,
    );
    expect(partsOf({ tones: tones.slice(1) }).satisfaction).toBeUndefined();
    expect(
      partsOf({ surveys: [{ ...csat, respondedAt: at('2025-12-01T00:00Z') }] }).satisfaction,
    ).toBeUndefined();
  });
});

describe('health score', () => {
  const part = (score: number) => ({ score, fact: 'because' });
  const all = {
    usage: part(80),
    engagement: part(60),
    satisfaction: part(40),
    value: part(20),
    incident: part(10),
  };
  const weigh = (parts: ComponentScores, profile = cs4) =>
    weighComponents('a1', today, parts, profile, settings);

  it('weighs usage 30, engagement 25, satisfaction 25, value 20 in cs4 (S4-02)', () => {
    expect(weigh(all)).toMatchObject({ score: 53, band: 'warning', coverage: 1 });
  });
  it('weighs usage .4, engagement .3, incident .3 in usage3 (S3-04)', () => {
    expect(weigh(all, usage3)).toMatchObject({ score: 53, band: 'warning', coverage: 1 });
    expect(weigh({ ...all, incident: part(100) }, usage3)).toMatchObject({ score: 80, band: 'good' });
  });
  it('gives the weight of missing parts to the others and says how much it covers', () => {
    expect(weigh({ usage: part(80), satisfaction: part(25) })).toMatchObject({ score: 55, coverage: 0.55 });
  });
  it('does not score an account below half of the weights', () => {
    expect(weigh({ engagement: part(0), value: part(0) })).toMatchObject({
      score: null,
      band: null,
      coverage: 0.45,
    });
    expect(weigh({ usage: part(50), value: part(50) })).toMatchObject({ score: 50, coverage: 0.5 });
    expect(weigh({})).toMatchObject({ score: null, coverage: 0 });
  });
  it.each([
    [100, 'excellent'],
    [85, 'excellent'],
    [84.9, 'good'],
    [70, 'good'],
    [69.9, 'warning'],
    [50, 'warning'],
    [49.9, 'critical'],
    [42.5, 'critical'],
    [25, 'critical'],
    [24.9, 'churn risk'],
    [0, 'churn risk'],
  ])('puts %d into the band %s (S4-01)', (score, band) => {
    expect(bandOf(score, settings)).toBe(band);
  });
  it('chooses the band by the score that is shown', () => {
    // 84.96 is shown as 85.
    expect(weigh({ usage: part(84.96), engagement: part(84.96) })).toMatchObject({
      score: 85,
      band: 'excellent',
    });
  });
});

describe('contributions', () => {
  const parts = fc.record(
    Object.fromEntries(
      healthComponents.map((name) => [
        name,
        fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined }),
      ]),
    ),
  );
  it('add up to what separates the score from the portfolio, whatever is missing (S3-06)', () => {
    fc.assert(
      fc.property(
        fc.array(parts, { minLength: 1, maxLength: 9 }),
        fc.constantFrom(cs4, usage3),
        (drawn, profile) => {
          const scores = drawn.map((one, index) => {
            const present = Object.entries(one).filter((entry) => entry[1] !== undefined);
            const components = Object.fromEntries(
              present.map(([name, score]) => [name, { score, fact: '' }]),
            );
            return weighComponents(`a${index}`, today, components, profile, settings);
          });
          const reference = portfolioReference(scores);
          for (const score of scores.filter((one) => one.score !== null)) {
            const sum = contributionsOf(score, reference).reduce((total, { points }) => total + points, 0);
            const own = score.components.reduce((total, one) => total + one.weight * one.score, 0);
            const usual = score.components.reduce(
              (total, one) => total + one.weight * reference[one.name]!,
              0,
            );
            expect(sum).toBeCloseTo(usual - own, 9);
            expect(own).toBeCloseTo(score.score!, 0);
          }
        },
      ),
    );
  });
});

describe('health.yml', () => {
  it.each([
    ['weights that do not add up', 'usage: 30,', 'usage: 31,', 'weights add up to 101'],
    [
      'an active profile that is not there',
      'active_profile: cs4',
      'active_profile: cs5',
      'there are cs4, usage3',
    ],
    ['bands without a bottom', 'from: 0 }', 'from: 5 }', 'must begin at 0'],
    ['a baseline of nothing', '30_days: 5000', '30_days: 0', 'must be above 0'],
  ])('complains about %s', (_name, from, to, message) => {
    const parsed = parseHealthSettings(healthFile().replace(from, to));
    expect(parsed.ok ? 'accepted' : parsed.issues.map((issue) => issue.message).join()).toContain(message);
  });
});

function healthFile(): string {
  return `
active_profile: cs4
profiles:
  - { id: cs4, weights: { usage: 30, engagement: 25, satisfaction: 25, value: 20 } }
  - { id: usage3, weights: { usage: 40, engagement: 30, incident: 30 } }
bands: [{ name: good, from: 70 }, { name: bad, from: 0 }]
baselines: { api_calls_per_30_days: 5000, logins_per_30_days: 30 }
accounts: []
incident_penalties: { critical: 40, high: 25, medium: 10, low: 5 }
`;
}
