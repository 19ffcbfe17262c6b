import { beforeAll, describe, expect, it } from 'vitest';
import { simpleParts } from '../../../src/catalogue/lookup.ts';
import { drillDimensions, drilledPlan } from '../../../src/interactions/answers/drill-dimensions.ts';
import { listedMetric, recordsPlan } from '../../../src/interactions/answers/records-plan.ts';
import type { MetricPlan } from '../../../src/query/metric-query.ts';
import { runQuery } from '../../../src/query/run-query.ts';
import type { Store } from '../../../src/store/database.ts';
import { fixedClock } from '../../../src/toolkit/clock.ts';
import { metricPlan, theCatalogue } from '../../query/support/ask.ts';
import { asker, now, seedWorld } from '../../query/support/world.ts';
import { openTestStore } from '../../support/store.ts';

const catalogue = theCatalogue();
let store: Store;

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
});

const context = (name: string) => {
  const who = asker(name);
  return { store, catalogue, asker: who, clock: fixedClock(now), zone: who.zone };
};

const run = async (name: string, plan: Parameters<typeof runQuery>[1]) => {
  const result = await runQuery(context(name), plan);
  if (!result.ok) throw new Error(`${JSON.stringify(plan)}: ${JSON.stringify(result.issues)}`);
  return result.value;
};

const counts = [...catalogue.metrics.values()].filter(
  (metric) => metric.type === 'simple' && metric.measure.aggregate === 'count' && metric.roles.length === 0,
);

describe('the records behind a number', () => {
  it('are as many as every metric counts, for a manager and for an agent', async () => {
    let compared = 0;
    for (const name of ['Max Manager', 'Ada Agent'])
      for (const metric of counts) {
        const plan = metricPlan(metric.id);
        if (!listedMetric(catalogue, plan)) continue;
        const counted = await runQuery(context(name), plan);
        // Of nothing there is nothing to list, and no button.
        if (!counted.ok || !counted.value.rows[0]?.[0]) continue;
        const list = recordsPlan(catalogue, plan, counted.value, null);
        if (!list) continue;
        const listed = await run(name, { ...list, limit: 10_000 });
        expect([metric.id, listed.rows.length]).toEqual([metric.id, counted.value.rows[0]?.[0]]);
        compared += listed.rows.length > 0 ? 1 : 0;
      }
    expect(compared).toBeGreaterThan(20);
  });

  it('are as many as each group counts, for every way to drill', async () => {
    let compared = 0;
    for (const id of ['tickets_opened', 'open_tickets', 'open_deals', 'open_escalations']) {
      if (!catalogue.metrics.has(id)) continue;
      const plan = { ...metricPlan(id), time: catalogue.metrics.get(id) ? metricPlan(id).time : null };
      for (const { id: dimension } of drillDimensions(catalogue, 'manager', plan, new Map())) {
        const drilled = drilledPlan(plan, dimension);
        const data = await run('Max Manager', drilled);
        for (const row of data.rows.slice(0, 4)) {
          const list = recordsPlan(catalogue, drilled, data, row);
          if (list === null) continue;
          const listed = await runQuery(context('Max Manager'), { ...list, limit: 10_000 });
          // Two values that differ only in how they are written are asked back, never mixed up.
          if (!listed.ok) continue;
          expect([id, dimension, row, listed.value.rows.length]).toEqual([id, dimension, row, row.at(-1)]);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(40);
  });

  it('of a ratio are the rows that it is about', () => {
    const ratio = [...catalogue.metrics.values()].find((metric) => metric.type === 'ratio');
    if (ratio?.type !== 'ratio') throw new Error('no ratio');
    const plan: MetricPlan = metricPlan(ratio.id);
    const listed = listedMetric(catalogue, plan);
    expect([ratio.denominator, undefined]).toContain(listed?.id);
    expect(simpleParts(catalogue, ratio).map(({ id }) => id)).toEqual([ratio.numerator, ratio.denominator]);
  });
});

describe('ways to drill', () => {
  it('fit the metric, are not used yet, and put the informative ones with few groups first', () => {
    const plan = metricPlan('tickets_opened', { groupBy: [{ dimension: 'priority' }] });
    const spreads = new Map([
      ['channel', { values: 4, information: 1.9 }],
      ['product', { values: 300, information: 8 }],
      ['status', { values: 1, information: 0 }],
    ]);
    const ids = drillDimensions(catalogue, 'manager', plan, spreads).map(({ id }) => id);
    expect(ids).not.toContain('priority');
    expect(ids).not.toContain('status');
    expect(ids.indexOf('channel')).toBeLessThan(ids.includes('product') ? ids.indexOf('product') : 99);
    expect(ids.length).toBeLessThanOrEqual(25);
  });
});
