import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { ListPlan, Plan, QueryPlan } from '../../../src/query/metric-query.ts';
import { theCatalogue } from '../../query/support/ask.ts';

const catalogue = theCatalogue();
const planner = createRulesPlanner();
const planned = (question: string): Plan =>
  planner.explain({
    question,
    catalogue,
    now: new Date('2026-11-21T10:30:00Z'),
    zone: 'UTC',
    requestId: 'r',
    stored: new Map([['product', ['Quorum Vault', 'Quorum Core']]]),
  }).planned.plan;
const list = (question: string): ListPlan => {
  const plan = planned(question);
  if (plan.kind !== 'list') throw new Error(`${question}: ${JSON.stringify(plan)}`);
  return plan;
};
const filters = (where: QueryPlan['where'] = []) =>
  where.flatMap(({ any }) => any.map(({ dimension, op, values }) => [dimension, op, ...values].join(' ')));

describe('the newest record of a kind', () => {
  it.each([
    [
      'when was my last meeting with Ravensburg?',
      'activity',
      'activity_at',
      ['activity_kind eq meeting', 'account eq Ravensburg'],
    ],
    [
      'When did we last do anything together with Cloudreach Partners?',
      'activity',
      'activity_at',
      ['partner eq Cloudreach'],
    ],
    ['when did we last touch Vantage Rail', 'activity', 'activity_at', ['account eq Vantage Rail']],
    ['when did I last speak to Borealis Telecom', 'activity', 'activity_at', ['account eq Borealis Telecom']],
    [
      'when did we last have contact with Foxglove Labs',
      'activity',
      'activity_at',
      ['account eq Foxglove Labs'],
    ],
    [
      'last time I called Sable Motors',
      'activity',
      'activity_at',
      ['activity_kind eq call', 'account eq Sable Motors'],
    ],
    ['when did Sable Motors last order', 'sales_transaction', 'sold_at', ['account eq Sable Motors']],
    [
      'what was our last order from Sable Motors',
      'sales_transaction',
      'sold_at',
      ['account eq Sable Motors'],
    ],
    [
      'when did we last win a deal with Pelican Insurance',
      'opportunity',
      'close_date',
      ['deal_won eq true', 'account eq Pelican Insurance'],
    ],
    [
      'when did Borealis Telecom last open a ticket',
      'ticket',
      'ticket_opened_at',
      ['account eq Borealis Telecom'],
    ],
    ['when did I last solve a ticket', 'ticket', 'ticket_solved_at', ['ticket_solved_at is_not_null']],
    ['date of the last incident', 'incident', 'incident_started_at', []],
    [
      'how long ago was the last critical incident',
      'incident',
      'incident_started_at',
      ['severity eq critical'],
    ],
    [
      'when was the most recent escalation of Umbra Security',
      'customer_escalation',
      'escalation_opened_at',
      ['account eq Umbra Security'],
    ],
    [
      'when was our last survey response from Marlowe',
      'survey_response',
      'survey_responded_at',
      ['account eq Marlowe'],
    ],
  ])('%s', (question, entity, by, conditions) => {
    const plan = list(question);
    expect(plan).toMatchObject({ entity, orderBy: [{ by, direction: 'desc' }], limit: 1 });
    // What is only planned has not been yet.
    expect(plan.time).toEqual(/activity_at|close_date/.test(by) ? { kind: 'between' } : null);
    expect(filters(plan.where)).toEqual(conditions);
    const shown = plan.columns.length > 0 ? plan.columns : catalogue.entities.get(entity)?.listColumns;
    expect(shown).toContain(by);
  });

  it('may be the oldest, and several', () => {
    expect(list('when was the first order of Sable Motors')).toMatchObject({
      entity: 'sales_transaction',
      time: null,
      orderBy: [{ by: 'sold_at', direction: 'asc' }],
      limit: 1,
    });
    expect(list('my last 5 meetings')).toMatchObject({
      entity: 'activity',
      orderBy: [{ by: 'activity_at', direction: 'desc' }],
      limit: 5,
      subject: 'me',
    });
  });

  it('is asked for by the asker where they did it themselves', () => {
    expect(list('when did I last meet Cinder Robotics').subject).toBe('me');
    expect(list('when did we last meet Cinder Robotics').subject).toBe('none');
  });

  it('is no period, and nothing where a word is not understood', () => {
    expect(planned("last year's revenue")).toMatchObject({ kind: 'metric', time: { kind: 'relative' } });
    for (const question of [
      'when was the last time revenue grew',
      'what was our last price increase',
      'when did the last agent leave',
      'when did we last flurb Vantage Rail',
    ])
      expect(planned(question).kind, question).toBe('refuse');
  });
});
