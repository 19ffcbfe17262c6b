import { beforeAll, describe, expect, it } from 'vitest';
import type { Entity } from '../../src/domain/records.ts';
import type { Store } from '../../src/store/database.ts';
import { openTestStore } from '../support/store.ts';
import { asking, figure, listPlan, metricPlan, theCatalogue } from './support/ask.ts';
import { seedWiderWorld, widerRows } from './support/wider-world.ts';
import { askers, overseers, seedWorld } from './support/world.ts';

const catalogue = theCatalogue();
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
  await seedWiderWorld(store);
});

const ofEntity = (entity: Entity) => widerRows.filter(({ record }) => record.entity === entity);
const entities = [...new Set(widerRows.map(({ record }) => record.entity))];

/** A metric that counts the rows of an entity, whatever their time. */
const counters: Partial<Record<Entity, string>> = {
  conversation: 'conversations',
  message: 'messages',
  messaging_session: 'sessions',
  bot_event: 'bot_answers',
  lead: 'leads',
  campaign: 'campaigns',
  campaign_member: 'campaign_members',
  partner: 'partners',
  partner_deal: 'partner_deals',
  activity: 'activities',
  contact: 'contacts',
  sales_transaction: 'transactions',
};

describe.each(entities)('rows of %s', (entity) => {
  it.each(askers)('are listed for %s only where they may see them (S1-44)', async (name) => {
    const known = ofEntity(entity);
    const expected = known.filter(({ seenBy }) => overseers.includes(name) || seenBy.includes(name)).length;
    const result = await asking(store, catalogue).run(listPlan(entity), name);
    if (!result.ok) {
      // A role that never sees such rows is told so instead of being shown none.
      expect(result.issues.map(({ code }) => code)).toEqual(['not-allowed']);
      expect(expected).toBe(0);
      return;
    }
    expect(result.value.rows).toHaveLength(expected);
    const counter = catalogue.metrics.get(counters[entity] ?? '');
    if (counter?.type !== 'simple') return;
    const plan = metricPlan(counter.id, { time: counter.timeDimension === null ? null : { kind: 'all' } });
    expect(figure(await asking(store, catalogue).answer(plan, name))).toBe(expected);
  });
});
