import { beforeAll, describe, expect, it } from 'vitest';
import { explainFitted } from '../../src/analysis/churn/contributions.ts';
import { aucOf } from '../../src/analysis/churn/discrimination.ts';
import { churnFeatures } from '../../src/analysis/churn/features.ts';
import {
  fitFeatures,
  fittedLogit,
  type TrainingRow,
  usableFeatures,
} from '../../src/analysis/churn/fit-features.ts';
import { viewAccount } from '../../src/analysis/churn/score-account.ts';
import { loadChurnSettings } from '../../src/catalogue/churn-settings.ts';
import { loadHealthSettings } from '../../src/catalogue/health.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { reportFigure } from './report-figure.ts';
import { type SyntheticCustomer, syntheticCustomers } from './synthetic-customers.ts';

const [churn, health] = [
  loadChurnSettings(packagePath('catalogue')),
  loadHealthSettings(packagePath('catalogue')),
];
if (!churn.ok || !health.ok) throw new Error('the shipped catalogue does not load');
const settings = churn.value;
const both = { churn: settings, health: health.value };

/** Seeds that nothing else is made from; the model learns on the first and is judged on the others. */
const [learnt, ...hidden] = [90_211, 90_212, 90_213] as const;
const CUSTOMERS = 4000;
const data = `own worlds, seeds ${hidden.join(' and ')}, ${CUSTOMERS} customers each`;

const viewOf = ({ signals, moment }: SyntheticCustomer) => viewAccount(signals, moment, false, both);

describe('churn on worlds of hidden seeds', () => {
  const worlds: (readonly SyntheticCustomer[])[] = [];
  let model: ReturnType<typeof fitFeatures>;

  beforeAll(async () => {
    const teaching = await syntheticCustomers(learnt, CUSTOMERS);
    const rows = teaching.map((one): TrainingRow => {
      const view = viewOf(one);
      const features = Object.fromEntries(
        Object.entries(view.features).map(([name, { value }]) => [name, value]),
      );
      return {
        accountId: view.accountId,
        day: view.day,
        label: one.truth.left,
        indexLogit: view.indexLogit ?? 0,
        features,
      };
    });
    model = fitFeatures(rows, usableFeatures(rows), settings);
    for (const seed of hidden) worlds.push(await syntheticCustomers(seed, CUSTOMERS));
  }, 400_000);

  it('ranks within 0.02 of the logit that churn was drawn from', () => {
    let [worst, index, count] = [0, 0, 0];
    for (const world of worlds) {
      const judged = world.map((one) => ({ view: viewOf(one), truth: one.truth }));
      const label = ({ truth }: (typeof judged)[number]) => truth.left;
      const truth = aucOf(judged.map((one) => ({ p: one.truth.probability, label: label(one) })));
      const ours = aucOf(
        judged.map((one) => {
          const values = Object.entries(one.view.features).map(([name, { value }]) => [name, value] as const);
          return { p: fittedLogit(Object.fromEntries(values), model), label: label(one) };
        }),
      );
      const cold = aucOf(judged.map((one) => ({ p: one.view.indexLogit ?? 0, label: label(one) })));
      worst = Math.max(worst, truth - ours);
      index = Math.max(index, truth - cold);
      count += judged.length;
    }
    expect(count).toBeGreaterThan(1.9 * CUSTOMERS);
    reportFigure({
      capability: 'churn, planted',
      data,
      figure: 'AUC below that of the true logit',
      value: worst,
      // What the risk index loses that knows nobody who left.
      floor: index,
      goal: 0.02,
      better: 'lower',
    });
    expect(worst).toBeLessThanOrEqual(0.02);
  });

  it('explains every logit to the last digits, and never the wrong way round', () => {
    let [furthest, wrong] = [0, 0];
    const medians = new Map(model.terms.map(({ feature, median }) => [feature, median]));
    for (const one of worlds.flat()) {
      const { features } = viewOf(one);
      const explained = explainFitted(features, model, { parts: {}, features: {} });
      const values = Object.entries(features).map(([name, { value }]) => [name, value] as const);
      const sum = explained.contributions.reduce((total, { points }) => total + points, explained.base);
      furthest = Math.max(furthest, Math.abs(sum - fittedLogit(Object.fromEntries(values), model)));
      for (const { name, points } of explained.contributions) {
        const feature = churnFeatures.find((known) => known.name === name)!;
        const worse = (features[feature.name]!.value - medians.get(feature.name)!) * feature.sign;
        if (points * worse < 0) wrong += 1;
      }
    }
    const capability = 'churn, additive why';
    reportFigure({
      capability,
      data,
      figure: 'furthest sum from the logit',
      value: furthest,
      floor: null,
      goal: 1e-9,
      better: 'lower',
    });
    reportFigure({
      capability,
      data,
      figure: 'contributions that point the wrong way',
      value: wrong,
      floor: null,
      goal: 0,
      better: 'lower',
    });
    expect(furthest).toBeLessThan(1e-9);
    expect(wrong).toBe(0);
  });
});
