import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildShareFindings } from '../../../src/analysis/anomaly/share-findings.ts';
import { findShareOutliers, wilsonLower } from '../../../src/analysis/anomaly/share-outliers.ts';
import { chartSpecSchema } from '../../../src/charts/chart-spec-schema.ts';

const rule = { leastCases: 8, factor: 1.5 };
const calm = Array.from({ length: 20 }, (_, index) => ({ accountId: `calm${index}`, cases: 20, hits: 2 }));

describe('accounts that stand out by a share (S2-13)', () => {
  it('are those whose interval begins far above the share of all, worked by hand', () => {
    // 49 of 414 are bad: 11.84 %, times 1.5 is 17.75 %. Wilson for 9 of 14: centre 0.7801, half 0.2747, over 1.2744.
    const found = findShareOutliers([...calm, { accountId: 'bad', cases: 14, hits: 9 }], rule);
    expect(found.map(({ accountId }) => accountId)).toEqual(['bad']);
    expect(found[0]).toMatchObject({ cases: 14, hits: 9, share: 9 / 14, portfolioShare: 49 / 414 });
    expect(found[0]!.lower).toBeCloseTo(0.3876, 3);
    // z = (0.64286 - 0.1) / sqrt(0.11836 * 0.88164 * (1 / 14 + 1 / 400)) = 6.18
    expect(found[0]!.pValue).toBeLessThan(1e-8);
    expect(found[0]!.qValue).toBeCloseTo(found[0]!.pValue * 21, 12);
  });
  it('are not judged on fewer than eight cases, nor where nothing is bad', () => {
    expect(findShareOutliers([...calm, { accountId: 'few', cases: 7, hits: 7 }], rule)).toEqual([]);
    expect(findShareOutliers([{ accountId: 'well', cases: 100, hits: 0 }], rule)).toEqual([]);
    expect(findShareOutliers([], rule)).toEqual([]);
  });
  it('have an interval that solves the quadratic it comes from and holds the share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (cases, some) => {
        const hits = Math.min(cases, some);
        const [lower, share] = [wilsonLower(hits, cases), hits / cases];
        expect(lower).toBeLessThanOrEqual(share + 1e-12);
        expect((share - lower) ** 2).toBeCloseTo((1.96 ** 2 * lower * (1 - lower)) / cases, 9);
      }),
    );
  });
  it('are explained in a sentence, with the newest bad cases and a chart', () => {
    const outliers = findShareOutliers([...calm, { accountId: 'bad', cases: 14, hits: 9 }], rule);
    const [finding] = buildShareFindings({
      measure: 'negative_tickets',
      outliers,
      accounts: new Map([['bad', { id: 'bad', name: 'Acme', ownerId: 'o1', teamId: null }]]),
      badCases: new Map([
        [
          'bad',
          [{ accountId: 'bad', ticket: '7', subject: 'Down again', at: new Date('2026-03-30T10:00Z') }],
        ],
      ]),
      days: 90,
      factor: 1.5,
      now: new Date('2026-03-31T12:00Z'),
      zone: 'Europe/Berlin',
    });
    expect(finding).toMatchObject({
      kind: 'share-outlier',
      subject: { kind: 'account', id: 'bad/negative_tickets', label: 'Acme' },
      accountId: 'bad',
      value: 0.6429,
      facts: { times: 5.4, hits: 9, cases: 14 },
    });
    expect(finding!.facts['sentence']).toBe(
      '9 of the 14 tickets of Acme in the last 90 days are negative (64.3%, surely above 38.8%); over all accounts it is 11.8%.',
    );
    expect(finding!.evidence.rows).toEqual([['#7', 'Down again', '2026-03-30']]);
    expect(chartSpecSchema.parse(finding!.chart).kind).toBe('horizontal-bar');
  });
});
