import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

/** Records of whoever asks, told in two sentences or in a verb; what was missed of them, and what lies ahead. */
const { planned, list } = planning(
  new Map([
    ['stage', ['Prospecting', 'Proposal/Price Quote', 'Negotiation/Review', 'Closed Won', 'Closed Lost']],
  ]),
);
const told = (question: string): string => planWords(planned(question));
const isSame = (question: string, plain: string): void => {
  expect(told(question)).toBe(told(plain));
};

describe('records of whoever asks', () => {
  it.each([
    ['what’s on my plate? open tickets please', 'my open tickets'],
    ["what's in my pipeline? list the open deals", 'my open deals'],
    ['do I still have tickets open? which ones', 'my open tickets'],
    ["I want to see all tickets I'm the assignee of that are open", 'my open tickets'],
    ["I'd like a list of my deals that have not been won or lost yet", 'my open deals'],
    ['what am I negotiating at the moment? list my deals', 'my deals in negotiation'],
    ['list my deals that are currently being negotiated', 'my deals in negotiation'],
    ['show me the open deal of mine with the highest amount', 'my biggest open deal'],
    ['what is the most valuable deal I have open', 'my biggest open deal'],
    ['show me the tickets I still have to answer for the first time', 'my tickets waiting for a first reply'],
    ['have I left any tickets without an initial reply? which ones', 'my tickets waiting for a first reply'],
  ])('“%s” are “%s”', isSame);

  it('leaves what was not closed in a period', () => {
    expect(told('deals not closed in May')).toMatch(/^list opportunity/);
    expect(list('deals not closed in May').time).toMatchObject({ number: 5 });
  });
});

describe('tickets that missed a promise', () => {
  it.each([
    'which of my tickets breached SLA this week',
    'show me tickets of mine that missed their SLA this week',
    'my SLA breaches this week, list the tickets',
    'where did I break the SLA this week? tickets please',
    'tickets assigned to me with an SLA breach this week',
    'did any of my tickets go over their SLA this week, and which ones',
    "this week's SLA-breached tickets, only mine",
    'on which tickets did I fail the SLA this week',
    'for which of my tickets was the SLA breached this week',
  ])('“%s” lists each of them once', (question) => {
    expect(list(question)).toMatchObject({
      entity: 'ticket',
      subject: 'me',
      time: null,
      related: [
        { entity: 'sla_clock', time: { kind: 'to_date', unit: 'week' }, timeDimension: 'sla_breached_at' },
      ],
    });
  });

  it('counts them where a number is asked for, and asks of others what is theirs', () => {
    expect(told('how many of my tickets breached their SLA this week')).toBe('tickets_breached me');
    expect(told('tickets with an SLA breach in September')).toBe('list ticket some sla_clock');
    expect(told('which agents’ tickets missed the SLA this week')).toMatch(/^tickets_breached by assignee/);
    expect(told('which of my tickets will breach their SLA before tomorrow')).not.toMatch(/^list ticket/);
  });
});

describe('subscriptions that renew', () => {
  it.each([
    'which subscriptions have a renewal date between today and 90 days from now',
    '90-day renewal list please',
    'in the next 90 days, which subscriptions will have to be renewed',
    "what's renewing in the 90 days ahead of us",
    'subscriptions renewing <= 90 days from today',
    'which subscriptions are due in the next 90 days',
    'subscriptions expiring in the next 90 days',
  ])('“%s”', (question) => {
    expect(list(question)).toMatchObject({
      entity: 'subscription',
      time: { kind: 'ahead', unit: 'day', n: 90 },
      timeDimension: 'renews_on',
    });
  });

  it('are those up to the end of a year where that is said', () => {
    expect(list("what's left to renew this year")).toMatchObject({
      entity: 'subscription',
      time: { kind: 'between', to: '2026-12-31' },
      timeDimension: 'renews_on',
    });
  });
});
