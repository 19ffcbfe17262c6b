import { describe, expect, it } from 'vitest';
import { theCatalogue } from '../../query/support/ask.ts';
import { filterWords, planning } from './support/plans.ts';

const { planned, list } = planning(new Map());
const open = 'ticket_status in new open pending hold';

/** Columns that a list shows: its own, or else the usual ones of its records. */
const shown = (question: string): readonly string[] => {
  const { columns, entity } = list(question);
  return columns.length > 0 ? columns : (theCatalogue().entities.get(entity)?.listColumns ?? []);
};

describe('dates that are asked for with “when”', () => {
  it.each([
    // The date that the verb speaks of.
    ['when does “Acme” renew', 'subscription', 'renews_on', ['account eq Acme']],
    ['when did we win the “Acme” deal', 'opportunity', 'close_date', ['deal_won eq true', 'account eq Acme']],
    ['whens the renewal of “Acme”', 'subscription', 'renews_on', ['account eq Acme']],
    ['when were my subscriptions cancelled', 'subscription', 'cancelled_on', []],
    ['when are my interventions due', 'intervention', 'intervention_due_at', []],
    ['when do the certifications of my partners run out', 'partner', 'cert_expires_on', []],
    ['when is 00011846 due', 'sla_clock', 'sla_due_at', ['ticket_number eq 00011846']],
    // The date by which the event is counted; that it has happened is no condition.
    ['when was ticket 4711 opened', 'ticket', 'ticket_opened_at', ['ticket_number eq 4711']],
    ['when was ticket 4711 solved', 'ticket', 'ticket_solved_at', ['ticket_number eq 4711']],
    ['when was CE-101 opened', 'customer_escalation', 'escalation_opened_at', ['ce_number eq CE-101']],
    ['when was CE-101 resolved', 'customer_escalation', 'escalation_resolved_at', ['ce_number eq CE-101']],
    [
      'the deal “Payments ledger”, when was it opened',
      'opportunity',
      'deal_opened_on',
      ['deal eq Payments ledger'],
    ],
    ['when should the “Acme” deal close', 'opportunity', 'close_date', ['account eq Acme']],
    // A state stays a condition, and the date is the one by which such records are listed.
    ['since when is ticket 4711 open', 'ticket', 'ticket_opened_at', [open, 'ticket_number eq 4711']],
    ['open tickets and since when', 'ticket', 'ticket_opened_at', [open]],
    ['my open deals, when do they close', 'opportunity', 'close_date', ['deal_closed eq false']],
  ])('%s', (question, entity, date, conditions) => {
    const plan = list(question);
    expect(plan).toMatchObject({ entity, time: null, orderBy: [] });
    expect(shown(question)).toContain(date);
    expect(filterWords(plan.where)).toEqual(conditions);
  });

  it('are shown beside the usual columns, once', () => {
    const usual = theCatalogue().entities.get('ticket')?.listColumns ?? [];
    expect(usual).not.toContain('ticket_solved_at');
    expect(list('when was ticket 4711 solved').columns).toEqual([...usual, 'ticket_solved_at']);
    expect(list('when was ticket 4711 opened').columns).toEqual([]);
  });

  it.each([
    ['when were my tickets solved', 'me'],
    ['when were our tickets solved', 'none'],
  ])('are of the asker where that is said: %s', (question, subject) => {
    expect(list(question).subject).toBe(subject);
  });

  it.each([
    ['when does it renew', 'unclear', 'there is no answer here yet'],
    ['when was it cancelled', 'unclear', 'there is no answer here yet'],
    ['when was the ticket froobed', 'unknown_word', 'froobed'],
    ['when did “Acme” froob', 'unknown_word', 'froob'],
    ['when do my subscriptions lapse', 'unknown_word', 'lapse'],
    ['when will the “Acme” deal close', 'prediction', 'the future cannot be read'],
  ])('are refused where nobody can know them: %s', (question, reason, detail) => {
    const plan = planned(question);
    expect(plan).toMatchObject({ kind: 'refuse', reason });
    expect(plan.kind === 'refuse' && plan.detail).toContain(detail);
  });
});

describe('dates that are said as a condition', () => {
  it.each([
    [
      'which subscriptions are due to renew next month',
      'subscription',
      'renews_on',
      { kind: 'upcoming', unit: 'month', n: 1 },
      ['subscription_status in active past_due'],
    ],
    [
      'past due subscriptions that renew next month',
      'subscription',
      'renews_on',
      { kind: 'upcoming', unit: 'month', n: 1 },
      ['subscription_status in active past_due', 'subscription_status eq past_due'],
    ],
    [
      'which active subscriptions renew next month',
      'subscription',
      'renews_on',
      { kind: 'upcoming', unit: 'month', n: 1 },
      ['subscription_status in active past_due'],
    ],
    [
      'which deals are supposed to close this quarter',
      'opportunity',
      'close_date',
      { kind: 'calendar', unit: 'quarter' },
      ['deal_closed eq false'],
    ],
    // The coming one: that of this year is over.
    [
      'deals with a close date in March',
      'opportunity',
      'close_date',
      { kind: 'calendar', unit: 'month', number: 3, year: 2027 },
      [],
    ],
  ])('%s', (question, entity, date, time, conditions) => {
    const plan = list(question);
    expect(plan).toMatchObject({ entity, time });
    expect(plan.timeDimension ?? theCatalogue().entities.get(entity)?.defaultTime).toBe(date);
    expect(filterWords(plan.where)).toEqual(conditions);
  });

  it('in the past are before today, or before now where a time of day is kept', () => {
    expect(filterWords(list('subscriptions whose renewal date is in the past').where)).toEqual([
      'renews_on lt @today',
    ]);
    expect(filterWords(list('SLA clocks whose due time is in the past').where)).toEqual([
      'sla_due_at lt @now',
    ]);
  });

  it.each(['won deals next month', 'tickets solved next week', 'incidents started tomorrow'])(
    'are no dates of what cannot have happened yet: %s',
    (question) => {
      expect(planned(question)).toMatchObject({ kind: 'refuse', reason: 'prediction' });
    },
  );

  it('ask which time is meant where a state is asked for in an earlier one', () => {
    const plan = planned('open tickets last week');
    expect(plan).toMatchObject({
      kind: 'clarify',
      options: [
        { plan: { metrics: ['open_tickets'], time: null } },
        { plan: { metrics: ['tickets_opened'], time: { kind: 'relative', unit: 'week', n: 1 } } },
        { plan: { metrics: ['tickets_opened'], time: { kind: 'relative', unit: 'week', n: 1 } } },
      ],
    });
    const options = plan.kind === 'clarify' ? plan.options : [];
    const conditions = options.map((one) => filterWords(one.plan.where));
    expect(conditions).toEqual([[], [open], []]);
  });
});
