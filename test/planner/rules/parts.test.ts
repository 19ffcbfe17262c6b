import { describe, expect, it } from 'vitest';
import { readForm } from '../../../src/planner/rules/parts/question-form.ts';
import type { StoredValues } from '../../../src/query/stored-values.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { filterWords, planning } from './support/plans.ts';

const catalogue = theCatalogue();
const stored: StoredValues = new Map([
  ['channel', ['Chat', 'Email', 'WhatsApp']],
  ['stage', ['Negotiation/Review', 'Prospecting', 'Closed Won']],
  ['segment', ['Enterprise', 'SMB']],
  ['forecast_category', ['Commit', 'Pipeline']],
  ['lead_origin', ['Web', 'Event']],
  ['industry', ['Healthcare', 'Retail']],
  ['product', ['Quorum Vault', 'Quorum Core']],
]);
const { planned, query } = planning(stored);
const filters = filterWords;

describe('a share of one group', () => {
  it.each([
    ['what share of my tickets came in via chat this quarter', 'tickets_opened', 'channel eq Chat'],
    ['% of open deals in negotiation', 'open_deals', 'stage eq Negotiation/Review'],
    ['what share of our open deals is in negotiation', 'open_deals', 'stage eq Negotiation/Review'],
    ['what share of our open deals sits in commit', 'open_deals', 'forecast_category eq Commit'],
    ['percentage of tickets opened last month that are urgent', 'tickets_opened', 'priority eq urgent'],
    ['share of conversations on whatsapp this month', 'conversations', 'channel eq WhatsApp'],
    ['what proportion of open tickets is unassigned', 'open_tickets', 'assignee is_null'],
    ['what % of leads came from the web this quarter', 'leads', 'lead_origin eq Web'],
    ['share of open pipeline in commit', 'pipeline_amount', 'forecast_category eq Commit'],
    ['what part of our ARR is from healthcare customers', 'arr', 'industry eq Healthcare'],
    ['what percentage of our customers is healthy', 'scored_accounts', 'health_band eq good'],
  ])('%s', (question, metric, part) => {
    const plan = query(question);
    expect(plan).toMatchObject({ kind: 'metric', metrics: [metric] });
    expect(plan.kind === 'metric' && filters(plan.part?.where)).toEqual([part]);
    // What makes the part is no condition of the whole.
    expect(filters(plan.where)).not.toContain(part);
  });

  it('may be told by other records', () => {
    expect(query('what share of the deals won this year had a partner involved')).toMatchObject({
      metrics: ['won_deals'],
      time: { kind: 'to_date', unit: 'year' },
      part: { related: [{ entity: 'partner_deal', has: 'some' }] },
    });
  });

  it('is not guessed where a word is not understood', () => {
    for (const question of [
      'what share of our open deals is flurbed',
      'percentage of tickets that made people happy',
      'what share of the market do we have',
    ])
      expect(planned(question).kind).toBe('refuse');
  });
});

describe('rows with and without other records', () => {
  it.each([
    ['accounts without an open deal', 'account', ['none 1 opportunity']],
    ['which customers do not have any open deals', 'account', ['none 1 opportunity']],
    ['how many customers have no open tickets', 'account', ['none 1 ticket']],
    ['customers that never opened a ticket', 'account', ['none 1 ticket']],
    ['customers who did not open any ticket in the last 3 days', 'account', ['none 1 ticket']],
    ['which of my customers never ordered quorum vault', 'account', ['none 1 sales_transaction']],
    ['which accounts have not bought anything in 90 days', 'account', ['none 1 sales_transaction']],
    ['open deals nobody has touched for 30 days', 'opportunity', ['none 1 activity']],
    ['my open opps with no activity logged in the last 30 days', 'opportunity', ['none 1 activity']],
    ['products nobody bought last month', 'product', ['none 1 sales_transaction']],
    ['reps with no won deals this quarter', 'person', ['none 1 opportunity']],
    ['agents who solved no tickets last week', 'person', ['none 1 ticket']],
    ['deals without a partner', 'opportunity', ['none 1 partner_deal']],
    ['which partners have no deals', 'partner', ['none 1 partner_deal']],
    [
      'customers with both an open escalation and an open incident',
      'account',
      ['some 1 customer_escalation', 'some 1 incident'],
    ],
    [
      'accounts with an open deal but no activity in the last 30 days',
      'account',
      ['some 1 opportunity', 'none 1 activity'],
    ],
  ])('%s', (question, entity, related) => {
    const plan = query(question);
    const rows = plan.kind === 'list' ? plan.entity : entity;
    expect(rows).toBe(entity);
    expect(plan.related?.map((one) => [one.has, one.atLeast, one.entity].join(' '))).toEqual(related);
  });

  it('gives the records their own conditions and time, and the rows theirs', () => {
    const plan = query('open deals nobody has touched for 30 days');
    expect(filters(plan.where)).toEqual(['deal_closed eq false']);
    expect(plan.time).toBeNull();
    expect(plan.related?.[0]).toMatchObject({
      where: [],
      time: { kind: 'relative', unit: 'day', n: 30, completeOnly: false },
    });
    const vault = query('which of my customers never ordered quorum vault');
    expect(vault.subject).toBe('me');
    expect(filters(vault.related?.[0]?.where)).toEqual(['product eq Quorum Vault']);
  });

  it('reads a clause behind the owner of the rows as the owner’s', () => {
    expect(query('open tickets of accounts with an open escalation').related?.[0]).toMatchObject({
      entity: 'customer_escalation',
      via: 'account',
    });
  });

  it('ties nothing that only shares a customer, and no property of the rows', () => {
    for (const question of ['leads nobody called', 'incidents without a deal'])
      expect(planned(question).kind).toBe('refuse');
    expect(filters(query('deals without a close date').where)).toContain('close_date is_null');
    expect(query('deals without a close date').related).toBeUndefined();
  });
});

describe('what a question says of its form', () => {
  it.each([
    [
      'Won deals by owner, ordered by won amount from highest to lowest',
      { by: 'won amount', direction: 'desc' },
    ],
    ['Open deals by owner, sorted by owner', { by: 'owner', direction: 'first' }],
    ['Tickets per month this year in descending order', { by: null, direction: 'desc' }],
    ['List the accounts. Order by ARR ascending.', { by: 'ARR', direction: 'asc' }],
  ])('%s', (question, order) => {
    expect(readForm(question)?.order).toEqual(order);
  });

  it.each([
    [
      'Top 5 reps by won amount this year? Return their first and last name, and won deals.',
      ['first name', 'last name', 'won deals'],
    ],
    [
      'Return the industry, region and segment for accounts that have no open deals',
      ['industry', 'region', 'segment'],
    ],
    [
      'Top 5 products by units sold, showing the sales amount and buyers for each product',
      ['sales amount', 'buyers'],
    ],
  ])('%s', (question, columns) => {
    expect(readForm(question)?.columns).toEqual(columns);
  });

  it('shows the figures and columns that are named, in their order', () => {
    expect(
      query('Who are the top 3 owners by won amount this year? Return their name, won deals and won amount.'),
    ).toMatchObject({
      metrics: ['won_deals', 'won_amount'],
      groupBy: [{ dimension: 'owner' }],
      orderBy: [{ by: 'won_amount', direction: 'desc' }],
      limit: 3,
    });
    expect(
      query('Return the account, industry and segment for accounts that have no open deals'),
    ).toMatchObject({
      kind: 'list',
      entity: 'account',
      columns: ['account', 'industry', 'segment'],
      related: [{ entity: 'opportunity', has: 'none' }],
    });
  });

  it('refuses a column that the rows do not have, and a definition that is not the figure’s', () => {
    for (const question of [
      'Top 3 owners by won amount this year? Return their shoe size.',
      'Top 3 owners by won amount this year. Note that won amount refers to the average of amount in the deals table.',
      'Open tickets by priority. Multiply each of them by two.',
    ])
      expect(planned(question).kind).toBe('refuse');
  });
});

describe('what is missing, and what is there, said in other ways', () => {
  const tie = (question: string) => {
    const plan = query(question);
    return (plan.related ?? []).map(({ entity, has, atLeast, where }) =>
      [has, atLeast, entity, ...filters(where)].join(' '),
    );
  };
  it.each([
    ['deals of mine w no activity last 30d', 'opportunity', ['none 1 activity']],
    ['accts of mine w no order this month', 'account', ['none 1 sales_transaction']],
    [
      "is there anyone among my partners who hasn't got a single deal with us yet?",
      'partner',
      ['none 1 partner_deal'],
    ],
    ['partners without a single deal', 'partner', ['none 1 partner_deal']],
    ['which of my partners have we had no contact with in the past 90 days', 'partner', ['none 1 activity']],
    [
      'which of my accounts have I not called, emailed or met in the past 30 days',
      'account',
      ['none 1 activity activity_kind in call email meeting'],
    ],
    ["who among my accounts hasn't bought anything this year", 'account', ['none 1 sales_transaction']],
    [
      'accounts where there is an open escalation and no meeting in the last 14 days',
      'account',
      [
        'some 1 customer_escalation escalation_status not_in resolved closed',
        'none 1 activity activity_kind eq meeting',
      ],
    ],
    [
      'customers that bought Quorum Vault but not Quorum Core',
      'account',
      ['some 1 sales_transaction product eq Quorum Vault', 'none 1 sales_transaction product eq Quorum Core'],
    ],
    [
      'customers without a subscription',
      'account',
      ['none 1 subscription subscription_status in active past_due'],
    ],
    [
      'agents without a single solved ticket this week',
      'person',
      ['none 1 ticket ticket_solved_at is_not_null'],
    ],
  ])('%s', (question, entity, related) => {
    expect(query(question)).toMatchObject({ kind: 'list', entity });
    expect(tie(question)).toEqual(related);
  });

  it.each([
    ['which tickets have no first reply yet', 'ticket', 'ticket_first_replied_at is_null'],
    [
      'which of my open tickets did not receive yet a first reply',
      'ticket',
      'ticket_first_replied_at is_null',
    ],
    [
      'for which escalations is no root cause written down until now',
      'customer_escalation',
      'root_cause is_null',
    ],
    ['deals without next step', 'opportunity', 'next_step is_null'],
    ['partners with no certification', 'partner', 'certification is_null'],
  ])('%s', (question, entity, condition) => {
    const plan = query(question);
    expect(plan).toMatchObject({ kind: 'list', entity });
    expect(plan.related).toBeUndefined();
    expect(filters(plan.where)).toContain(condition);
  });

  it('asks for the records, however the question goes on', () => {
    expect(query('do we have any open escalations? which ones')).toMatchObject({
      kind: 'list',
      entity: 'customer_escalation',
    });
    expect(query('have i got overdue deals, and which')).toMatchObject({
      entity: 'opportunity',
      subject: 'me',
    });
    expect(
      query('Are there customers who did not open any ticket in the last 3 days? Please list them.'),
    ).toMatchObject({
      kind: 'list',
      entity: 'account',
      related: [{ entity: 'ticket', has: 'none' }],
    });
    expect(query('Did some of my tickets break the SLA in the last 14 days, and which ones?')).toMatchObject({
      kind: 'list',
      entity: 'ticket',
      related: [{ entity: 'sla_clock', has: 'some' }],
      subject: 'me',
    });
  });

  it('never takes one thing for another', () => {
    expect(planned('leads without any activity').kind).toBe('refuse');
    // Logging in is not logging a ticket: days with logins are what is missing.
    const plan = query('which of my accounts have not logged in for 30 days');
    expect(plan.related).toMatchObject([{ entity: 'usage_daily', has: 'none' }]);
    expect(filters(plan.related?.[0]?.where)).toEqual(['day_logins gt 0']);
  });

  it('joins two properties by “or” where they stand side by side', () => {
    expect(query('deals in negotiation or commit').where).toContainEqual({
      any: [
        { dimension: 'stage', op: 'eq', values: ['Negotiation/Review'] },
        { dimension: 'forecast_category', op: 'eq', values: ['Commit'] },
      ],
    });
  });
});

describe('what is asked of each record', () => {
  it.each([
    ['list the stale deals of my team with their amount', 'deal_amount'],
    ['which messaging sessions are not connected and when were they last seen', 'session_last_seen_at'],
    ['which customers did we lose this year and on which date', 'left_on'],
    ['open tickets with their category and channel', 'category'],
  ])('%s', (question, column) => {
    const plan = query(question);
    const usual = plan.kind === 'list' ? (catalogue.entities.get(plan.entity)?.listColumns ?? []) : [];
    expect(plan.kind === 'list' && (plan.columns.length > 0 ? plan.columns : usual)).toContain(column);
  });

  it.each([
    ['longest running open escalation', 'escalation_time_open', 'desc'],
    ['longest open tickets', 'ticket_time_open', 'desc'],
  ])('%s', (question, by, direction) => {
    const plan = query(question);
    expect(plan.kind === 'list' && plan.orderBy).toEqual([{ by, direction }]);
  });
});

describe('figures over what the rows are tied to', () => {
  it('adds up the column of the rows that is named', () => {
    expect(query('ARR of customers with a health score below 50 by industry')).toMatchObject({
      metrics: ['arr'],
      groupBy: [{ dimension: 'industry' }],
      related: [{ entity: 'health_score', has: 'some' }],
    });
  });
});
