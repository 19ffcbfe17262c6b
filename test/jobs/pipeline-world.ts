import type { Insertable } from 'kysely';
import { type Store, sql } from '../../src/store/database.ts';
import type { Schema } from '../../src/store/schema.ts';
import { idOf, now } from '../query/support/world.ts';

/** Order of the open stages; the source gives each a probability. */
export const stages = ['Prospecting', 'Qualification', 'Proposal', 'Negotiation'] as const;
const probabilities = [0.1, 0.25, 0.5, 0.8];
const dayMs = 86_400_000;
const today = Date.parse('2026-11-21T00:00:00Z');
const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

const imported = (entity: string, name: string) => ({
  id: idOf(entity, name),
  source: 'test',
  source_id: name,
});

/** Numbers that look like chance and are the same every time. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/**
 * Two years of deals of three reps in two currencies with their histories, what was done about them, and four partners,
 * in place of the few deals of the small world. Some deals have no account, amount or source.
 */
export async function seedPipeline(store: Store): Promise<void> {
  const { db } = store;
  await db.deleteFrom('opportunity').execute();
  await db.insertInto('person').values(thirdRep).execute();
  const next = chances(7);
  const deals: Insertable<Schema['opportunity']>[] = [];
  const events: Insertable<Schema['opportunity_stage_event']>[] = [];
  for (let index = 0; index < 320; index += 1) {
    const { deal, history } = buildDeal(index, next);
    deals.push(deal);
    events.push(...history);
  }
  await db.insertInto('opportunity').values(deals).execute();
  await db.insertInto('opportunity_stage_event').values(events).execute();
  await seedActivities(store, next);
  await seedPartners(store, next);
}

const thirdRep = {
  ...imported('person', 'Ron Rep'),
  name: 'Ron Rep',
  role: 'rep' as const,
  team_id: idOf('team', 'Sales'),
  quota: 900,
  currency: 'USD',
};

function buildDeal(index: number, next: () => number) {
  const name = `Pipe ${index}`;
  const isClosed = index % 5 !== 0;
  const isWon = isClosed && next() < 0.6;
  const cycle = 8 + Math.floor(next() * 90);
  // Open deals began up to four months ago, and one in six of them a year ago.
  const age = index % 30 === 0 ? 300 + index : 3 + Math.floor(next() * 110);
  const closing = today - (1 + Math.floor(next() * 700)) * dayMs;
  const opened = isClosed ? closing - cycle * dayMs : today - age * dayMs;
  const end = isClosed ? closing : today;
  const reached = 1 + Math.floor(next() * stages.length);
  const amount = index % 17 === 3 && !isClosed ? null : 1_000 + Math.floor(next() * 60_000);
  const currency = index % 4 === 1 ? 'EUR' : 'USD';
  const history = Array.from({ length: reached + (isClosed ? 1 : 0) }, (_, step) => {
    const isLast = step === reached;
    const at = opened + ((end - opened) * step) / (reached + (isClosed ? 0 : 1)) + 10 * 3_600_000;
    return {
      ...imported('opportunity_stage_event', `${name}/${step}`),
      opportunity_id: idOf('opportunity', name),
      from_stage: step === 0 ? null : (stages[step - 1] ?? null),
      to_stage: isLast ? (isWon ? 'Closed Won' : 'Closed Lost') : (stages[step] ?? 'Prospecting'),
      at: new Date(isLast ? closing + 12 * 3_600_000 : at),
    };
  });
  const stage = history.at(-1)?.to_stage ?? 'Prospecting';
  const open = (word: string | number | null) => (isClosed ? null : word);
  return {
    history,
    deal: {
      ...imported('opportunity', name),
      name,
      stage,
      amount,
      currency,
      account_id: index % 11 === 4 ? null : idOf('account', index % 2 === 0 ? 'Acme Corp' : 'Cancity'),
      owner_id: idOf('person', ['Rita Rep', 'Rob Rep', 'Rita Rep', 'Ron Rep'][index % 4] ?? 'Rita Rep'),
      product_id: idOf('product', index % 3 === 0 ? 'GTX Pro' : 'MG Special'),
      lead_source: index % 7 === 2 ? null : (['Web', 'Partner', 'Event'][index % 3] ?? 'Web'),
      probability: open(probabilities[reached - 1] ?? 0.1) as number | null,
      forecast_category: open(['commit', 'best case', 'pipeline'][index % 3] ?? null) as string | null,
      opened_on: isoDay(opened),
      close_date: isoDay(isClosed ? closing : today + (5 + Math.floor(next() * 90)) * dayMs),
      is_closed: isClosed,
      is_won: isWon,
    },
  };
}

async function seedActivities({ db }: Store, next: () => number): Promise<void> {
  await db.deleteFrom('activity').execute();
  const kinds = ['call', 'email', 'meeting', 'social', 'task', 'note'] as const;
  const rows = Array.from({ length: 260 }, (_, index): Insertable<Schema['activity']> => {
    const deal = `Pipe ${(index * 7) % 320}`;
    const hasDeal = index % 3 !== 0;
    return {
      ...imported('activity', `A${index}`),
      opportunity_id: hasDeal ? idOf('opportunity', deal) : null,
      account_id: idOf('account', index % 2 === 0 ? 'Acme Corp' : 'Cancity'),
      contact_id: index % 5 === 0 ? null : idOf('contact', `person ${index % 9}`),
      partner_id: index % 6 === 1 ? idOf('partner', `P${index % 3}`) : null,
      person_id: idOf('person', 'Rita Rep'),
      kind: kinds[index % kinds.length] ?? 'call',
      at: new Date(now.getTime() - Math.floor((hasDeal ? 120 : 600) * next() + (hasDeal ? 0 : 35)) * dayMs),
    };
  });
  await db.insertInto('activity').values(rows).execute();
}

async function seedPartners({ db }: Store, next: () => number): Promise<void> {
  await db.deleteFrom('partner').execute();
  await db.deleteFrom('partner_deal').execute();
  const partners = [
    ['P0', 'enabled', '2026-12-05', 10],
    ['P1', 'in_progress', null, 400],
    ['P2', 'enabled', '2026-11-01', 20],
    ['P3', null, '2027-08-01', 5],
  ] as const;
  await db
    .insertInto('partner')
    .values(
      partners.map(([name, status, expires, changed]) => ({
        ...imported('partner', name),
        name,
        tier: 'gold',
        manager_id: idOf('person', 'Rita Rep'),
        certification: 'Administrator',
        cert_expires_on: expires,
        enablement_status: status,
        updated_at: new Date(now.getTime() - changed * dayMs),
      })),
    )
    .execute();
  const kinds = ['sourced', 'influenced', 'co_sell', 'influenced'] as const;
  const parts = Array.from({ length: 90 }, (_, index) => ({
    ...imported('partner_deal', `D${index}`),
    // P3 has no part in anything.
    partner_id: idOf('partner', `P${index % 3}`),
    opportunity_id: idOf('opportunity', `Pipe ${Math.floor(next() * 100)}`),
    kind: kinds[index % 4] ?? 'sourced',
  }));
  await db.insertInto('partner_deal').values(parts).execute();
  // One deal names its partner itself.
  await sql`update opportunity set partner_id = ${idOf('partner', 'P1')} where name = 'Pipe 319'`.execute(db);
}
