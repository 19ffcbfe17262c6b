import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contributionChanges,
  explainFitted,
  explainIndex,
  type FittedTerms,
} from '../../../src/analysis/churn/contributions.ts';
import { churnFeatures, type FeatureValues } from '../../../src/analysis/churn/features.ts';
import { fittedLogit } from '../../../src/analysis/churn/fit-features.ts';
import { logitFrom, probabilityOf } from '../../../src/analysis/churn/logistic-regression.ts';
import {
  coldStartPoints,
  indexLogit,
  priorityOf,
  riskBandOf,
} from '../../../src/analysis/churn/risk-index.ts';
import { loadChurnSettings, parseChurnSettings } from '../../../src/catalogue/churn-settings.ts';
import { packagePath } from '../../../src/toolkit/package-root.ts';

const loaded = loadChurnSettings(packagePath('catalogue'));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
const settings = loaded.value;
const unknownContract = { tenureMonths: null, commitment: null, isPastDue: null };

describe('the risk index', () => {
  it('is within 0.02 of what the bands of health imply: 0.7 at 25, 0.5 at 50, 0.3 at 70', () => {
    for (const [health, implied] of [
      [25, 0.7],
      [50, 0.5],
      [70, 0.3],
    ] as const)
      expect(Math.abs(probabilityOf(indexLogit(health, settings)) - implied)).toBeLessThan(0.02);
  });

  it('has half-open bands: the edge belongs to the lower one', () => {
    const bands = [0.3, 0.3001, 0.6, 0.6001, 0.8, 0.8001].map((index) => riskBandOf(index, settings));
    expect(bands).toEqual(['low', 'medium', 'medium', 'high', 'high', 'critical']);
  });

  it('gives the sample customer (health 42.5, churn 0.78) band high and priority critical (S4-08)', () => {
    expect(riskBandOf(0.78, settings)).toBe('high');
    expect(priorityOf(0.78, 42.5, settings)).toBe('critical');
  });

  it('takes the worse of risk and health as the priority (S4-08, S4-09, S4-10)', () => {
    expect(priorityOf(0.1, 24.9, settings)).toBe('critical');
    expect(priorityOf(0.7, 25, settings)).toBe('high');
    expect(priorityOf(0.51, 90, settings)).toBe('high');
    expect(priorityOf(0.1, 49.9, settings)).toBe('high');
    expect(priorityOf(0.31, 90, settings)).toBe('medium');
    expect(priorityOf(0.1, 69.9, settings)).toBe('medium');
    expect(priorityOf(0.3, 70, settings)).toBe('low');
    expect(priorityOf(0.3, null, settings)).toBe('low');
  });

  it('knows nothing of a customer without subscriptions, and less risk in longer ties', () => {
    expect(coldStartPoints(unknownContract, settings)).toEqual({});
    const newcomer = coldStartPoints({ tenureMonths: 1, commitment: 'monthly', isPastDue: true }, settings);
    const old = coldStartPoints({ tenureMonths: 60, commitment: 'longer', isPastDue: false }, settings);
    for (const name of ['tenure', 'commitment', 'past_due'] as const)
      expect(newcomer[name]!).toBeGreaterThan(old[name]!);
  });

  it('refuses settings that turn a rule around, and says where', () => {
    const text = `horizon_days: 90
risk_index: { slope: -0.1, neutral_health: 48.3 }`;
    const parsed = parseChurnSettings(text);
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).toContain('churn.yml:2');
  });
});

const unit = fc.double({ min: 0.01, max: 1, noNaN: true });
const score = fc.double({ min: 0, max: 100, noNaN: true });
const partNames = ['usage', 'engagement', 'satisfaction', 'value', 'incident'] as const;
const components = fc
  .subarray([...partNames], { minLength: 1 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.record({ name: fc.constant(name), weight: unit, score, fact: fc.constant('') }),
      ),
    ),
  )
  .map((parts) => {
    const sum = parts.reduce((total, { weight }) => total + weight, 0);
    return parts.map((part) => ({ ...part, weight: part.weight / sum }));
  });
const contract = fc.record({
  tenureMonths: fc.option(fc.double({ min: 0, max: 200, noNaN: true })),
  commitment: fc.option(fc.constantFrom('monthly' as const, 'yearly' as const, 'longer' as const)),
  isPastDue: fc.option(fc.boolean()),
});

describe('contributions to the index', () => {
  it('add up to the logit within 1e-9 and never point the wrong way', () => {
    const calibration = fc.option(
      fc.record({
        offset: fc.double({ min: -5, max: 5, noNaN: true }),
        slope: fc.double({ min: 0.05, max: 3, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(
        components,
        contract,
        calibration,
        fc.array(score, { minLength: 5, maxLength: 5 }),
        (parts, given, platt, usual) => {
          const reference = {
            parts: Object.fromEntries(partNames.map((name, i) => [name, usual[i]!])),
            features: {},
          };
          const explained = explainIndex({ components: parts, contract: given }, reference, platt, settings);
          const health = parts.reduce((sum, part) => sum + part.weight * part.score, 0);
          const rules = Object.values(coldStartPoints(given, settings)).reduce((sum, one) => sum + one, 0);
          const { offset, slope } = platt ?? { offset: 0, slope: 1 };
          const logit = offset + slope * (indexLogit(health, settings) + rules);
          const sum = explained.contributions.reduce((total, { points }) => total + points, explained.base);
          expect(Math.abs(sum - logit)).toBeLessThan(1e-9);
          expect(Math.abs(explained.logit - logit)).toBeLessThan(1e-9);
          for (const { name, points } of explained.contributions) {
            const part = parts.find((one) => one.name === name);
            if (part !== undefined)
              expect(points * (reference.parts[name]! - part.score)).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

const value = fc.double({ min: -5, max: 5, noNaN: true });
const known = fc
  .array(fc.option(value), { minLength: churnFeatures.length, maxLength: churnFeatures.length })
  .map((values): FeatureValues => {
    const entries = churnFeatures.flatMap(({ name }, i) => {
      const one = values[i];
      return one == null ? [] : [[name, { value: one, fact: '' }] as const];
    });
    return Object.fromEntries(entries);
  });
const model = fc
  .array(
    fc.record({
      size: fc.double({ min: 0, max: 3, noNaN: true }),
      center: value,
      scale: unit,
      median: value,
    }),
    {
      minLength: churnFeatures.length,
      maxLength: churnFeatures.length,
    },
  )
  .map(
    (terms): FittedTerms => ({
      intercept: -2,
      terms: terms.map(({ size, ...rest }, i) => ({
        ...rest,
        feature: churnFeatures[i]!.name,
        coefficient: size * churnFeatures[i]!.sign,
      })),
    }),
  );

describe('contributions to a fitted model', () => {
  it('add up to the logit within 1e-9 and never point the wrong way', () => {
    fc.assert(
      fc.property(known, model, (features, fitted) => {
        const reference = { parts: {}, features: {} };
        const explained = explainFitted(features, fitted, reference);
        const plain = Object.fromEntries(Object.entries(features).map(([name, one]) => [name, one.value]));
        const logit = fittedLogit(plain, fitted);
        const sum = explained.contributions.reduce((total, { points }) => total + points, explained.base);
        expect(Math.abs(sum - logit)).toBeLessThan(1e-9 * Math.max(1, Math.abs(logit)));
        for (const { name, points } of explained.contributions) {
          const definition = churnFeatures.find((one) => one.name === name)!;
          const { median } = fitted.terms.find(({ feature }) => feature === name)!;
          const worse = (features[definition.name]!.value - median) * definition.sign;
          expect(points * worse).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('tell what changed: the differences add up to the change of the logit', () => {
    fc.assert(
      fc.property(known, known, model, (then, now, fitted) => {
        const reference = { parts: {}, features: {} };
        const [before, after] = [then, now].map((one) => explainFitted(one, fitted, reference));
        const changes = contributionChanges(before!, after!);
        const sum = changes.reduce((total, { points }) => total + points, 0);
        const change = after!.logit - before!.logit;
        expect(Math.abs(sum - change)).toBeLessThan(
          1e-9 * Math.max(1, Math.abs(after!.logit), Math.abs(before!.logit)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('turn a probability into a logit and back', () => {
    for (const p of [0.001, 0.5, 0.97]) expect(probabilityOf(logitFrom(p))).toBeCloseTo(p, 12);
  });
});
