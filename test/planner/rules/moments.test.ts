import { describe, expect, it } from 'vitest';
import { theCatalogue } from '../../query/support/ask.ts';
import { filterWords, planning } from './support/plans.ts';

const catalogue = theCatalogue();
const { planned, list } = planning(new Map([['product', ['Quorum Vault', 'Quorum Core']]]));
const filters = filterWords;

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
    [
      'when did I last speak to Borealis Telecom',
      'activity',
      'activity_at',
      ['account eq Borealis Telecom', 'activity_kind in call meeting'],
    ],
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

  it('may be the oldest', () => {
    expect(list('when was the first order of Sable Motors')).toMatchObject({
      entity: 'sales_transaction',
      time: null,
      orderBy: [{ by: 'sold_at', direction: 'asc' }],
      limit: 1,
    });
  });

  it.each([
    // So many of the newest.
    ['my last 5 meetings', 'activity', 'activity_at', 'desc', 5],
    ['the last two calls with Sable Motors', 'activity', 'activity_at', 'desc', 2],
    ['“Sable Motors” last 3 activities', 'activity', 'activity_at', 'desc', 3],
    ['latest 10 tickets', 'ticket', 'ticket_opened_at', 'desc', 10],
    ['five latest tickets', 'ticket', 'ticket_opened_at', 'desc', 5],
    ['the 10 newest leads', 'lead', 'lead_opened_at', 'desc', 10],
    ['show me the 3 most recent incidents', 'incident', 'incident_started_at', 'desc', 3],
    ['most recent 4 csat responses', 'survey_response', 'survey_responded_at', 'desc', 4],
    ['newest 5 customers', 'account', 'account_created_at', 'desc', 5],
    ['last 5 customers we lost', 'churned_customer', 'left_on', 'desc', 5],
    // Of what is done, by when it was done.
    ['last 5 lost deals', 'opportunity', 'close_date', 'desc', 5],
    ['latest 3 solved tickets', 'ticket', 'ticket_solved_at', 'desc', 3],
    ['first 5 tickets solved this month', 'ticket', 'ticket_solved_at', 'asc', 5],
    ['the first three deals we won', 'opportunity', 'close_date', 'asc', 3],
    // So many of the oldest.
    ['earliest 2 incidents', 'incident', 'incident_started_at', 'asc', 2],
    ['oldest 3 open escalations', 'customer_escalation', 'escalation_opened_at', 'asc', 3],
    ['2 oldest unassigned tickets', 'ticket', 'ticket_opened_at', 'asc', 2],
    ['“Sable Motors”: first 2 meetings, date', 'activity', 'activity_at', 'asc', 2],
    // One, or as many as a list shows.
    ['the very first ticket of Sable Motors', 'ticket', 'ticket_opened_at', 'asc', 1],
    ['my first meeting with Sable Motors', 'activity', 'activity_at', 'asc', 1],
    ['last escalation', 'customer_escalation', 'escalation_opened_at', 'desc', 1],
    // Its lines, for one of them is not the order.
    ['“Sable Motors” - last order', 'sales_transaction', 'sold_at', 'desc', 10],
    ['who had the last chat with Sable Motors', 'conversation', 'conversation_opened_at', 'desc', 1],
    ['how long has it been since our last call with Sable Motors', 'activity', 'activity_at', 'desc', 1],
    ['last call date for Sable Motors', 'activity', 'activity_at', 'desc', 1],
    ['the latest tickets', 'ticket', 'ticket_opened_at', 'desc', 10],
    ['what were the last 30 tickets', 'ticket', 'ticket_opened_at', 'desc', 25],
  ])('%s', (question, entity, by, direction, limit) => {
    const plan = list(question);
    expect(plan).toMatchObject({ entity, orderBy: [{ by, direction }], limit });
    expect(plan.subject).toBe(question.startsWith('my ') ? 'me' : 'none');
    // Of meetings and calls some are only planned; the first of them has been in any case.
    if (entity === 'activity') expect(plan.time).toEqual(direction === 'desc' ? { kind: 'between' } : null);
    const conditions = filters(plan.where);
    expect(conditions.includes('account eq Sable Motors')).toBe(question.includes('Sable Motors'));
  });

  it('are none of a length of time, and no number that no list has', () => {
    for (const question of ['last 3 months tickets', 'last 2 weeks of tickets'])
      expect(planned(question), question).toMatchObject({ kind: 'metric', time: { kind: 'relative' } });
    for (const question of ['last 0 tickets', 'last 100 tickets', 'last few tickets', 'latest 5 froobs'])
      expect(planned(question), question).toMatchObject({ kind: 'refuse', reason: 'unknown_word' });
  });

  it('is asked for by the asker where they did it themselves', () => {
    expect(list('when did I last meet Cinder Robotics').subject).toBe('me');
    expect(list('when did we last meet Cinder Robotics').subject).toBe('none');
  });

  it('is no period, and nothing where a word is not understood', () => {
    expect(planned("last year's won amount")).toMatchObject({ kind: 'metric', time: { kind: 'relative' } });
    for (const question of [
      'when was the last time revenue grew',
      'what was our last price increase',
      'when did the last agent leave',
      'when did we last flurb Vantage Rail',
    ])
      expect(planned(question).kind, question).toBe('refuse');
  });
});

describe('rows rather than how many', () => {
  const stored = new Map([
    ['stage', ['Negotiation/Review', 'Proposal/Price Quote', 'Closed Won']],
    ['subscription_plan', ['Growth, yearly', 'Starter, monthly', 'Enterprise, yearly']],
  ]);
  const { planned: plan } = planning(stored);

  it.each([
    ['how many deals moved into negotiation last month', 'stage eq Negotiation/Review'],
    ['number of deals that entered proposal last week', 'stage eq Proposal/Price Quote'],
  ])('%s', (question, condition) => {
    const found = plan(question);
    expect(found).toMatchObject({ kind: 'metric', metrics: ['stage_entries'] });
    expect(found.kind === 'metric' && filters(found.where)).toEqual([condition]);
  });

  it('lists what lies ahead from today on, and only what still runs', () => {
    for (const [question, to] of [
      ['who renews before christmas', '2026-12-24'],
      ['whose contract renews before the end of March', '2027-03-31'],
    ] as const)
      expect(plan(question), question).toMatchObject({
        kind: 'list',
        entity: 'subscription',
        time: { kind: 'between', from: '2026-11-21', to },
        timeDimension: 'renews_on',
        where: [{ any: [{ dimension: 'subscription_status', op: 'in', values: ['active', 'past_due'] }] }],
      });
    expect(plan('which certifications run out between now and new year')).toMatchObject({
      kind: 'list',
      entity: 'partner',
      time: { kind: 'between', from: '2026-11-21', to: '2026-12-31' },
    });
  });

  it('tells a kind of contract from a course by year', () => {
    const kinds = plan('which yearly contracts come up for renewal before the end of March');
    expect(kinds).toMatchObject({ kind: 'list', entity: 'subscription', timeDimension: 'renews_on' });
    expect(kinds.kind === 'list' && filters(kinds.where)).toContain(
      'subscription_plan in Growth, yearly Enterprise, yearly',
    );
    expect(plan('yearly tickets')).toMatchObject({ groupBy: [{ dimension: 'time', grain: 'year' }] });
  });

  it('lists records where a count of them would be one each', () => {
    expect(plan('which of my partners have an expired certification')).toMatchObject({
      kind: 'list',
      entity: 'partner_health',
      subject: 'me',
    });
    expect(plan('who among my customers has a renewal coming up this quarter')).toMatchObject({
      kind: 'list',
      entity: 'account',
      related: [{ entity: 'subscription', timeDimension: 'renews_on' }],
      subject: 'me',
    });
  });
});
