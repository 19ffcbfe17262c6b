import { beforeAll, expect, it } from 'vitest';
import type { MetricDefinition } from '../../src/catalogue/catalogue.ts';
import { dimensionsOf, simpleParts } from '../../src/catalogue/lookup.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { seedAnalysed } from './support/analysed-world.ts';
import { asking, listPlan, metricPlan, theCatalogue } from './support/ask.ts';
import { seedPipelineWorld } from './support/pipeline-world.ts';
import { seedTextWorld } from './support/text-world.ts';
import { seedWiderWorld } from './support/wider-world.ts';
import { now, seedWorld } from './support/world.ts';

const catalogue = theCatalogue();

describeStores('the whole catalogue', (engine) => {
  let store: Store;
  // How a dimension is reached depends on the entity, not on which of its metrics is asked for: three metrics of an entity
  // share its dimensions, and so do the two engines where both are there. That they agree is shown by any-plan.test.ts.
  const isShared = process.env['HEED_TEST_DATABASE_URL'] !== undefined;
  const sourcesOf = (metric: MetricDefinition) =>
    [...new Set(simpleParts(catalogue, metric).map(({ entity }) => entity))].toSorted().join();
  const shareOf = <T>(metric: MetricDefinition, all: readonly T[]): readonly T[] => {
    const sources = sourcesOf(metric);
    const peers = [...catalogue.metrics.values()].filter((other) => sourcesOf(other) === sources);
    const parts = Math.min(peers.length, 3);
    return all
      .filter((_, index) => !isShared || index % 2 === (engine.engine === 'embedded' ? 0 : 1))
      .filter((_, index) => index % parts === peers.indexOf(metric) % parts);
  };
  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
    await seedWiderWorld(store);
    await seedTextWorld(store);
    await seedPipelineWorld(store);
    await seedAnalysed(store);
    // Something is late, and something ends in this quarter.
    await sql`update intervention set due_at = ${new Date(now.getTime() - 3_600_000)}`.execute(store.db);
    await sql`update conversation set message_count = 4`.execute(store.db);
    await sql`update conversation set status = 'open', agent_id = null, first_response_seconds = null where id = (select min(id::text)::uuid from conversation where status = 'open' and deleted_at is null)`.execute(
      store.db,
    );
    await sql`update lead set campaign_id = (select min(id::text)::uuid from campaign) where converted_at is not null`.execute(
      store.db,
    );
    await sql`update subscription set renews_on = '2026-12-15' where status = 'active'`.execute(store.db);
  });

  it.each([...catalogue.metrics.keys()])(
    'computes %s alone, for every month, and by its share of the dimensions',
    async (id) => {
      const ask = asking(store, catalogue);
      const metric = catalogue.metrics.get(id)!;
      const alone = await ask.answer(metricPlan(id));
      expect(alone.rows.length).toBeGreaterThan(0);
      expect(alone.provenance.rowsRead).toBeGreaterThan(0);
      const isTimed = simpleParts(catalogue, metric).every((part) => part.timeDimension !== null);
      if (isTimed) {
        const course = await ask.answer(
          metricPlan(id, { groupBy: [{ dimension: 'time', grain: 'month' }], time: { kind: 'all' } }),
        );
        expect(course.columns[0]?.type).toBe('date');
        expect(course.rows.length).toBeGreaterThan(0);
      }
      const reached = simpleParts(catalogue, metric).map((part) => dimensionsOf(catalogue, part.entity));
      const groupable = reached[0]!.filter(
        (dimension) => dimension.groupable && reached.every((some) => some.includes(dimension)),
      );
      expect(groupable.length).toBeGreaterThan(0);
      for (const dimension of shareOf(metric, groupable)) {
        const grouped = await ask.answer(
          metricPlan(id, { groupBy: [{ dimension: dimension.id }], time: isTimed ? { kind: 'all' } : null }),
        );
        expect(grouped.columns[0]?.id, dimension.id).toBe(dimension.id);
      }
    },
  );

  it.each([...catalogue.entities.keys()])('lists %s with every dimension it reaches', async (id) => {
    const ask = asking(store, catalogue);
    const plain = await ask.answer(listPlan(id));
    expect(plain.rows.length).toBeGreaterThan(0);
    const all = dimensionsOf(catalogue, id).map((dimension) => dimension.id);
    for (let from = 0; from < all.length; from += 10) {
      const columns = all.slice(from, from + 10);
      const answer = await ask.answer(
        listPlan(id, { columns, orderBy: [{ by: columns[0]!, direction: 'asc' }] }),
      );
      expect(answer.columns.map((column) => column.id)).toEqual(columns);
    }
  });
});
