import { expect, it } from 'vitest';
import { metricPlanSchema } from '../../src/query/metric-query.ts';
import { createResultCache } from '../../src/query/result-cache.ts';
import { runQuery } from '../../src/query/run-query.ts';
import { newId } from '../../src/toolkit/ids.ts';
import { describeStores } from '../support/store.ts';
import { theCatalogue } from './support/ask.ts';
import { asker, aTicket, now, seedWorld } from './support/world.ts';

describeStores('questions that are asked again', (engine) => {
  it('are answered from the cache for the same person until time or data move on', async () => {
    const store = await engine.open();
    await seedWorld(store);
    let at = now.getTime();
    const clock = { now: () => new Date(at) };
    const cache = createResultCache(store, clock);
    const plan = metricPlanSchema.parse({ kind: 'metric', metrics: ['open_tickets'] });
    const count = async (name = 'Max Manager', of = plan): Promise<unknown> => {
      const result = await runQuery(
        { store, catalogue: theCatalogue(), asker: asker(name), clock, zone: 'UTC', cache },
        of,
      );
      return result.ok ? result.value.rows[0]?.[0] : result.issues;
    };
    const first = Number(await count());
    await store.db.insertInto('ticket').values(aTicket('T-cache')).execute();
    expect(await count()).toBe(first);
    const reordered = metricPlanSchema.parse({ metrics: ['open_tickets'], kind: 'metric' });
    expect(
      await count('Max Manager', Object.fromEntries(Object.entries(reordered).reverse()) as typeof plan),
    ).toBe(first);
    expect(cache.counts()).toEqual({ hits: 2, misses: 1 });
    expect(await count('Ada Agent')).not.toBe(first);
    expect(await count('Eve Executive')).toBe(first + 1);
    at += 30_001;
    expect(await count()).toBe(first + 1);
    await store.db.insertInto('ticket').values(aTicket('T-cache-2')).execute();
    await store.db
      .insertInto('sync_run')
      .values({
        id: newId(),
        source: 'test',
        origin: 'x',
        state: 'done',
        started_at: new Date(at),
        finished_at: new Date(at + 5),
      })
      .execute();
    expect(await count()).toBe(first + 2);
  }, 90_000);

  it('are not answered from a failure', async () => {
    const store = await engine.open();
    await seedWorld(store);
    const cache = createResultCache(store, { now: () => now });
    const question = {
      plan: metricPlanSchema.parse({ kind: 'metric', metrics: ['open_tickets'] }),
      asker: asker('Ann Admin'),
      zone: 'UTC',
      catalogueVersion: '1',
      settings: [],
    };
    const fails = () => Promise.reject(new Error('broken'));
    await expect(cache.answer(question, fails)).rejects.toThrow('broken');
    const refused = { ok: false as const, issues: [] };
    expect(await cache.answer(question, async () => refused)).toBe(refused);
    const other = { ok: false as const, issues: [] };
    expect(await cache.answer(question, async () => other)).toBe(other);
    expect(cache.counts()).toEqual({ hits: 0, misses: 3 });
  });
});

describeStores('questions that cost too much', (engine) => {
  it('are refused before they run, with what to narrow, and cheap ones are answered', async () => {
    const store = await engine.open();
    await seedWorld(store);
    const context = {
      store,
      catalogue: theCatalogue(),
      asker: asker('Ann Admin'),
      clock: { now: () => now },
      zone: 'UTC',
    };
    const plan = metricPlanSchema.parse({
      kind: 'metric',
      metrics: ['tickets_opened'],
      groupBy: [{ dimension: 'account' }],
    });
    const refused = await runQuery({ ...context, costGate: { mostCost: 0.01 } }, plan);
    expect(refused).toMatchObject({
      ok: false,
      issues: [{ code: 'too-expensive', message: expect.stringContaining('narrow it') }],
    });
    const answered = await runQuery({ ...context, costGate: { mostCost: 5_000_000 } }, plan);
    const free = await runQuery(context, plan);
    expect(answered.ok && answered.value.rows).toEqual(free.ok && free.value.rows);
    expect(answered.ok && answered.value.provenance.sql).not.toMatch(/explain/i);
  });
});
