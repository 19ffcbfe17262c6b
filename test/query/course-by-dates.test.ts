import { beforeAll, expect, it } from 'vitest';
import type { MetricPlan } from '../../src/query/metric-query.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { asking, metricPlan, records, theCatalogue } from './support/ask.ts';
import { aTicket, idOf, seedWorld } from './support/world.ts';

const byWeek = { dimension: 'time', grain: 'week' } as const;

/** Tickets of two agents that were opened and solved over ten weeks; a third of them are open still. */
async function seedTickets(store: Store): Promise<void> {
  const day = (n: number): Date => new Date(Date.parse('2026-09-14T09:00:00Z') + n * 86_400_000);
  const tickets = Array.from({ length: 90 }, (_, index) => {
    const isOpen = index % 3 === 0;
    return aTicket(`course ${index}`, {
      assignee_id: idOf('person', index % 2 === 0 ? 'Ada Agent' : 'Zoe Agent'),
      team_id: idOf('team', index % 2 === 0 ? 'Support EMEA' : 'Support Americas'),
      priority: index % 5 === 0 ? 'high' : 'normal',
      status: isOpen ? 'open' : 'solved',
      opened_at: day(index % 60),
      solved_at: isOpen ? null : day((index % 60) + 1 + (index % 17)),
    });
  });
  await store.db.insertInto('ticket').values(tickets).execute();
}

describeStores('the course of a state from the dates of its records', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
    await seedTickets(store);
  });

  const plan = (more: Partial<MetricPlan> = {}): MetricPlan =>
    metricPlan('open_tickets', {
      time: { kind: 'between', from: '2026-09-14', to: '2026-11-15' },
      groupBy: [byWeek],
      ...more,
    });

  /** What a colleague would count: of each week how many were open when it ended. */
  async function expected(person: string, priority: string | null): Promise<Record<string, unknown>[]> {
    const { rows } = await sql<{ time: string; open_tickets: number }>`
      select to_char(week, 'YYYY-MM-DD') as time,
             (select count(*)::int from ticket t
               where t.assignee_id = ${idOf('person', person)} and t.deleted_at is null
                 and (${priority}::text is null or t.priority = ${priority})
                 and t.opened_at < week + interval '7 days'
                 and (t.status in ('new', 'open', 'pending', 'hold') or t.solved_at >= week + interval '7 days')) as open_tickets
        from generate_series(timestamp '2026-09-14', timestamp '2026-11-09', interval '7 days') as week
       order by 1`.execute(store.db);
    return rows;
  }

  it('is told to an agent, who sees only a part that nothing was recorded of', async () => {
    const answer = await asking(store, theCatalogue()).answer(plan(), 'Ada Agent');
    const rows = await expected('Ada Agent', null);
    expect(rows.some((row) => Number(row['open_tickets']) > 3)).toBe(true);
    expect(records(answer)).toEqual(rows);
    expect(answer.provenance.history).toContain('counted from the dates of the records (Opened, Solved)');
  });

  it('keeps to what else was asked', async () => {
    const where: MetricPlan['where'] = [{ any: [{ dimension: 'priority', op: 'eq', values: ['high'] }] }];
    const answer = await asking(store, theCatalogue()).answer(plan({ where }), 'Zoe Agent');
    expect(records(answer)).toEqual(await expected('Zoe Agent', 'high'));
  });

  it('ends with what is so now', async () => {
    const now = plan({ time: { kind: 'relative', unit: 'week', n: 2, completeOnly: false } });
    const { answer } = asking(store, theCatalogue());
    const last = records(await answer(now, 'Ada Agent')).at(-1);
    const [[present] = []] = (await answer(metricPlan('open_tickets'), 'Ada Agent')).rows;
    expect(last?.['open_tickets']).toBe(present);
  });

  it.each([
    ['a status that was another one then', plan({ groupBy: [byWeek, { dimension: 'ticket_status' }] })],
    ['hours', plan({ groupBy: [{ dimension: 'time', grain: 'hour' }] })],
    ['a state without such dates', { ...plan(), metrics: ['unassigned_tickets'] }],
  ])('is not made up for %s', async (_what, asked) => {
    const issues = await asking(store, theCatalogue()).issues(asked, 'Ada Agent');
    expect(issues.map(({ code }) => code)).toContain('time-not-applicable');
  });

  it('has no point on days that are not asked for', async () => {
    const where: MetricPlan['where'] = [
      { any: [{ dimension: 'weekday', op: 'in', values: ['1', '2', '3', '4', '5'] }] },
    ];
    const days = metricPlan('tickets_opened', {
      time: { kind: 'between', from: '2026-09-14', to: '2026-09-27' },
      groupBy: [{ dimension: 'time', grain: 'day' }],
      transform: 'mean',
      where,
    });
    const rows = records(await asking(store, theCatalogue()).answer(days));
    expect(rows).toHaveLength(10);
    const sum = rows.reduce((total, row) => total + Number(row['tickets_opened']), 0);
    expect(rows[0]?.['tickets_opened__mean']).toBeCloseTo(sum / 10);
  });
});
