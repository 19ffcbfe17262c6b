import type { Store } from '../../../src/store/database.ts';
import { idOf, now } from './world.ts';

const ago = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

/** A row of everything that is read out of customers' words, so that each of it can be asked. */
export async function seedTextWorld(store: Store): Promise<void> {
  const ticket = await store.db
    .selectFrom('ticket')
    .select(['id', 'account_id', 'assignee_id', 'team_id'])
    .where('deleted_at', 'is', null)
    .orderBy('number')
    .limit(1)
    .executeTakeFirstOrThrow();
  const escalation = await store.db
    .selectFrom('customer_escalation')
    .select('id')
    .where('status', 'not in', ['resolved', 'closed'])
    .where('deleted_at', 'is', null)
    .orderBy('ce_number')
    .limit(1)
    .executeTakeFirstOrThrow();
  const read = {
    kind: 'ticket' as const,
    ticket_id: ticket.id,
    account_id: ticket.account_id,
    owner_id: ticket.assignee_id,
    team_id: ticket.team_id,
    said_at: ago(3),
    computed_at: now,
  };
  await store.db
    .insertInto('text_score')
    .values([
      {
        ...read,
        id: ticket.id,
        sentiment: -0.5,
        tone: 'negative',
        sentiment_source: 'lexicon',
        topic: 'Billing',
      },
      { ...read, id: idOf('text_score', 'other'), sentiment: null, tone: 'not scored', topic: null },
    ])
    .execute();
  await store.db
    .insertInto('faq_candidate')
    .values({
      id: idOf('faq_candidate', 'one'),
      ticket_id: ticket.id,
      question: 'How do I rotate a key?',
      tickets: 7,
      accounts: 3,
      answered: 5,
      first_asked_at: ago(60),
      last_asked_at: ago(2),
      examples: '[]',
      answered_ticket_id: ticket.id,
      computed_at: now,
    })
    .execute();
  await store.db
    .insertInto('hot_shard')
    .values({
      id: escalation.id,
      cluster: 'prod-1',
      table_name: 'orders',
      shard: '17',
      skew_ratio: 6.5,
      computed_at: now,
    })
    .execute();
  await store.db
    .insertInto('escalation_pattern')
    .values({
      id: idOf('escalation_pattern', 'one'),
      dimension: 'weekday',
      label: 'Monday',
      escalations: 12,
      expected: 4,
      ratio: 3,
      chance: 0.0005,
      is_notable: true,
      days: 90,
      computed_at: now,
    })
    .execute();
}
