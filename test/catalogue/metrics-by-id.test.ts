import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { filterCatalogue } from '../../src/catalogue/filter-catalogue.ts';
import type { Store } from '../../src/store/database.ts';
import { asking, metricPlan, theCatalogue } from '../query/support/ask.ts';
import { seedWorld } from '../query/support/world.ts';
import { describeStores } from '../support/store.ts';

const catalogue = theCatalogue();

it('knows the other ways to tell the values of a figure, by id alone', () => {
  const made = catalogue.metrics.get('p75_of_first_response_time_median');
  expect(made).toMatchObject({
    label: 'First response time, 75th percentile',
    measure: { aggregate: 'p75' },
  });
  expect([...catalogue.metrics.keys()]).not.toContain('p75_of_first_response_time_median');
});

it('says of each what it computes, not what the figure does that it is made of', () => {
  const described = (id: string) => catalogue.metrics.get(id)?.description ?? '';
  expect(described('p75_of_first_response_time_median')).toMatch(/^75th percentile of time from opening/);
  for (const [id, metric] of catalogue.metrics) {
    const made = described(`p25_of_${id}`);
    if (made === '') continue;
    expect(made, id).toMatch(/25th percentile of/i);
    const isOfMedian = metric.type === 'simple' && metric.measure.aggregate === 'median';
    if (isOfMedian && metric.description.startsWith('Median')) expect(made, id).not.toMatch(/^Median/);
  }
});

it('makes none of counts, sums and scores by steps, nor of what does not exist', () => {
  for (const id of [
    'median_of_tickets_opened',
    'avg_of_mrr',
    'median_of_nps',
    'median_of_nothing',
    'median_of_resolution_time_median',
  ])
    expect(catalogue.metrics.get(id)).toBeUndefined();
});

it('makes none of a figure that a role may not ask', () => {
  const mine = filterCatalogue(catalogue, 'agent');
  const hidden = [...catalogue.metrics.values()].find(
    (metric) =>
      metric.type === 'simple' && metric.measure.aggregate === 'avg' && !mine.metrics.has(metric.id),
  );
  expect(hidden).toBeDefined();
  expect(mine.metrics.get(`median_of_${hidden?.id}`)).toBeUndefined();
});

describeStores('values told in another way', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
  });

  it.each([
    ['p25', 0.25],
    ['p95', 0.95],
  ] as const)('are the %s of the same rows', async (nth, share) => {
    const plan = metricPlan(`${nth}_of_resolution_time_median`, { time: { kind: 'all' } });
    const answer = await asking(store, catalogue).answer(plan);
    const { rows } = await sql<{ x: number }>`
      select percentile_cont(${share}) within group (order by extract(epoch from solved_at - opened_at)::float8) as x
      from ticket where deleted_at is null and solved_at is not null`.execute(store.db);
    expect(answer.rows).toEqual([[expect.closeTo(Number(rows[0]?.x), 6)]]);
  });
});
