import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const stored = new Map([
  ['region', ['Americas', 'EMEA']],
  ['segment', ['Enterprise', 'Mid-market', 'SMB']],
  ['category', ['Backup', 'Billing']],
  ['intent', ['backup', 'billing question']],
  ['channel', ['Email', 'Phone', 'WhatsApp']],
  ['channel@ticket', ['Email', 'Phone']],
  ['channel@conversation', ['WhatsApp']],
  ['channel@message', ['WhatsApp']],
  ['product', ['Backup storage, 1 TB', 'Quorum Core', 'Quorum Geo', 'Quorum Vault']],
  ['product_category', ['Services', 'Storage']],
]);

const { planned, query, list } = planning(stored, { now: new Date('2026-11-20T14:00:00Z') });
const ask = (question: string): string => planWords(planned(question));

/** Columns of other records, by what is shown of which. */
const besideOf = (question: string): readonly string[] =>
  (list(question).beside ?? []).map(({ entity, show }) => `${show} of ${entity}`);

describe('columns of customers', () => {
  it.each([
    ['my accounts with health score and arr', ['average of health_score']],
    ['enterprise customers with health score', ['average of health_score']],
    [
      'customers with health score and churn probability',
      ['average of health_score', 'average of churn_score'],
    ],
    ['accounts with last activity', ['highest of activity']],
    ['customers in EMEA with last activity date', ['highest of activity']],
    ['my open deals with number of calls in the last 30 days', ['count of activity']],
    ['touches on each of my open deals, last 30 days', ['count of activity']],
    ['number of calls on each open deal this month', ['count of activity']],
  ])('%s', (question, expected) => expect(besideOf(question)).toEqual(expected));

  it('are those of the customers that have some, where that is said first', () => {
    const plan = list('accounts with open escalations and their arr');
    expect(plan.related?.map(({ entity, has }) => [entity, has])).toEqual([['customer_escalation', 'some']]);
    expect(plan.columns).toContain('account_arr');
  });

  it('are put in the order of the one that was named first, amounts where a size is meant', () => {
    expect(list('my accounts with health score and arr, worst first').orderBy).toEqual([
      { by: 'beside_1', direction: 'asc' },
    ]);
    expect(list('my accounts with health score and arr, largest first').orderBy).toEqual([
      { by: 'account_arr', direction: 'desc' },
    ]);
    expect(list('accounts at risk with health score and ARR, lowest first').orderBy).toEqual([
      { by: 'health_score', direction: 'asc' },
    ]);
  });

  it('are told of those of the team as of any others', () => {
    expect(ask('customers of my team with open tickets')).toBe('open_tickets by account my_teams_accounts');
    expect(ask('customers of my team with mrr and open tickets')).toBe('mrr+open_tickets by account my_team');
  });
});

describe('figures of groups that are named first', () => {
  it.each([
    ['agents with open tickets and csat', 'open_tickets+csat_average by assignee'],
    ['agents with number of tickets solved and csat last month', 'tickets_solved+csat_average by assignee'],
    ['products with units and margin last month', 'units_sold+product_margin by product'],
    ['teams with number of breaches', 'sla_breaches by team'],
    // A condition, and no figure.
    ['deals with a pushed close date this quarter, count by rep', 'close_dates_pushed by owner'],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));

  it('may be said in a second sentence', () => {
    expect(ask('Which products sell best? Units, top 5')).toBe('units_sold by product units_sold desc 5');
    expect(ask('Which campaigns converted best? Conversion rate of sent, highest first.')).toBe(
      'campaign_conversion_rate by campaign campaign_conversion_rate desc',
    );
  });

  it('count what is named, whatever else is called by the whole of it', () => {
    expect(ask('number of responses per campaign')).toBe('campaign_responses by campaign');
  });
});

describe('changes of each', () => {
  it.each([
    ['which 4 accounts lost the most health score points in the last 7 days', 'asc 4'],
    ['top 5 accounts by drop in health score last week', 'asc 5'],
    ['biggest drop in health score this month', 'asc 10'],
    ['which accounts gained the most health points this month', 'desc 10'],
  ])('%s', (question, order) =>
    expect(ask(question)).toBe(
      `average_health_score by account previous_period average_health_score__change ${order}`,
    ),
  );
});

describe('one of each', () => {
  it.each([
    ['last activity date with each partner', 'activity', 'partner'],
    ['when was the last ticket of each customer', 'ticket', 'account'],
    ['last login per customer', 'usage_daily', 'account'],
    ['when did each of my customers last order', 'sales_transaction', 'account'],
  ])('%s', (question, entity, onePer) => expect(list(question)).toMatchObject({ entity, onePer }));
});

describe('one or the other', () => {
  it('takes in what is over already, up to the end of the period', () => {
    const plan = list('interventions that are overdue or due this week');
    expect(plan.time).toEqual({ kind: 'between', to: '2026-11-22' });
    expect(ask('interventions that are overdue or due this week')).toContain(
      'intervention_status in open in_progress',
    );
    const certificates = list('partner certs expiring in next 60 days or already expired');
    expect(certificates).toMatchObject({
      time: { kind: 'between', to: '2027-01-19' },
      timeDimension: 'cert_expires_on',
    });
    expect(JSON.stringify(certificates.where)).not.toContain('"expired"');
  });

  it('is either of two conditions on the same records', () => {
    expect(list('deals over 10k or under 500').where).toEqual([
      {
        any: [
          { dimension: 'deal_amount', op: 'gt', values: [10_000] },
          { dimension: 'deal_amount', op: 'lt', values: [500] },
        ],
      },
    ]);
  });

  it.each([
    ['tickets in Backup vs Billing', 'tickets_opened by category [category in Backup Billing]'],
    ['compare tickets in Backup and Billing', 'tickets_opened by category [category in Backup Billing]'],
    ['total tickets in Backup and Billing combined', 'tickets_opened [category in Backup Billing]'],
    [
      'how much did we sell of Vault and Geo',
      'transaction_amount by product [product in Quorum Vault Quorum Geo]',
    ],
    [
      'units sold of Vault and Backup storage',
      'units_sold by product [product in Quorum Vault Backup storage, 1 TB]',
    ],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));
});

describe('records of which a value is', () => {
  it.each([
    ['first response time on whatsapp', 'conversation_first_response_average [channel eq WhatsApp]'],
    ['first response time by phone', 'first_response_time_median [channel eq Phone]'],
    // The records are named: there are none, and that is the answer.
    ['how many tickets came in via whatsapp', 'tickets_opened [channel eq WhatsApp]'],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));
});

describe('what is named by a property alone', () => {
  it.each([
    ['anything from my team with a close date in december', 'list opportunity my_team'],
    ['everything of mine that closes next month', 'list opportunity [deal_closed eq false] me'],
    [
      'which 3 products get bought together with Quorum Vault most often',
      'list product_pair [product eq Quorum Vault] pair_baskets desc 3',
    ],
    [
      'forecast for the current quarter with low and high, by currency',
      'forecast_amount+forecast_low+forecast_high by currency',
    ],
    ['gross margin per category last month', 'product_margin by product_category'],
    ['tickets by category', 'tickets_opened by category'],
    ['top 5 products by sales value this quarter', 'transaction_amount by product transaction_amount desc 5'],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));
});

describe('a state of a period', () => {
  it.each([
    ['what was our mrr in october', { kind: 'calendar', unit: 'month', number: 10, year: 2026 }],
    ['mrr last quarter', { kind: 'calendar', unit: 'month', number: 9, year: 2026 }],
  ])('%s is that at its end', (question, time) => {
    const plan = query(question);
    expect(planWords(plan)).toBe('mrr_month_closing');
    expect(plan.time).toEqual(time);
  });

  it.each(['what was the peak hour last week', 'most repeated questions in tickets last month'])(
    'is none, where no course is told: %s',
    (question) => expect(planned(question).kind).toBe('refuse'),
  );
});

describe('what goes on with an answer', () => {
  const { lastOf } = planning(stored, { now: new Date('2026-11-20T14:00:00Z') });

  it.each([
    [['tickets this month', 'same period last year'], 'tickets_opened same_period_last_year'],
    [
      ['top 10 products by sales this year', 'with margin'],
      'transaction_amount+product_margin by product transaction_amount desc',
    ],
    [['customers by industry', 'with arr'], 'accounts+arr by industry'],
    [['top 5 customers by api calls last week', 'same with logins'], 'logins by account logins desc 5'],
    [['open tickets by priority', 'with high priority'], 'open_tickets by priority [priority eq high]'],
    [['partner sourced revenue this year', 'and influenced?'], 'partner_influenced_amount'],
    [['failed messages this month', 'by channel', 'delivered ones'], 'messages_delivered by channel'],
    [['delivery rate last week', 'how many failed'], 'clarify'],
  ])('%j', (turns, expected) => expect(planWords(lastOf(...turns)).replace(/ 10$/, '')).toBe(expected));

  it('keeps the direction of a length, and moves back by it', () => {
    const timeOf = (...turns: readonly string[]) => {
      const plan = lastOf(...turns);
      return plan.kind === 'metric' || plan.kind === 'list' ? plan.time : plan;
    };
    const renewing = 'renewals of subscriptions in the next 90 days';
    expect(timeOf(renewing, '60 days')).toEqual({ kind: 'ahead', unit: 'day', n: 60 });
    expect(timeOf('api calls in the last 30 days', '60 days')).toMatchObject({ kind: 'relative', n: 60 });
    for (const before of ['previous 30 days', 'the 30 days before'])
      expect(timeOf('api calls in the last 30 days', before)).toEqual({
        kind: 'between',
        from: '2026-09-22',
        to: '2026-10-21',
      });
  });

  it('shows further columns of the records', () => {
    const plan = lastOf('list open tickets with high priority', 'add owner and age');
    expect(plan).toMatchObject({ kind: 'list', entity: 'ticket' });
    expect(JSON.stringify(plan)).toContain('ticket_time_open');
  });
});
