import { describe, expect, it } from 'vitest';
import { computeClocks } from '../../../src/analysis/sla/sla-clock.ts';
import { computeTicketTimes } from '../../../src/analysis/sla/ticket-times.ts';
import {
  aCalendar,
  alwaysOpen,
  anEvent,
  aPolicy,
  aTicket,
  at,
  clockInput,
  clockOf,
  somePolicies,
  turned,
} from '../support/sla-builders.ts';

const hour = { normal: 3_600 };
const promises = somePolicies(
  aPolicy({ calendar: alwaysOpen, targetSeconds: { next_response: hour, update: hour } }),
);
const replied = (when: string) => anEvent('reply', when, { public: true, actorId: 'agent' });
const wrote = (when: string) => anEvent('comment', when, { public: true });

const clocksOf = (events: Parameters<typeof clockInput>[1], now: string, ticket = aTicket()) =>
  computeClocks(clockInput(ticket, events, now, promises)).map((clock) => [
    `${clock.metric} ${clock.cycle}`,
    clock.state,
    clock.usedSeconds / 60,
  ]);

describe('next response', () => {
  it('begins with the oldest message that nobody answered, ends with the reply and begins anew (S0-19)', () => {
    const events = [
      replied('2026-03-02T10:30Z'),
      wrote('2026-03-02T11:00Z'),
      wrote('2026-03-02T11:20Z'),
      replied('2026-03-02T11:40Z'),
      wrote('2026-03-02T12:00Z'),
    ];
    expect(clocksOf(events, '2026-03-02T13:10Z').filter(([name]) => String(name).startsWith('next'))).toEqual(
      [
        ['next_response 1', 'met', 40],
        ['next_response 2', 'breached', 70],
      ],
    );
  });
  it('is not owed before the first reply, for notes among colleagues, or for messages of agents', () => {
    const events = [
      wrote('2026-03-02T10:10Z'),
      replied('2026-03-02T10:30Z'),
      anEvent('comment', '2026-03-02T11:00Z', { public: false }),
      anEvent('comment', '2026-03-02T11:10Z'),
      anEvent('comment', '2026-03-02T11:20Z', { public: true, actorId: 'agent' }),
    ];
    expect(clockOf(clockInput(aTicket(), events, '2026-03-02T12:00Z', promises), 'next_response')).toBeNull();
  });
  it('ends with the solution, and a message to a solved ticket counts from its reopening', () => {
    const events = [
      replied('2026-03-02T10:30Z'),
      wrote('2026-03-02T11:00Z'),
      turned('solved', '2026-03-02T11:30Z'),
      wrote('2026-03-02T12:00Z'),
      turned('open', '2026-03-02T12:00Z'),
    ];
    const later = [...events.slice(0, 3), wrote('2026-03-02T12:00Z'), turned('open', '2026-03-02T12:10Z')];
    const next = (some: typeof events) =>
      clocksOf(some, '2026-03-02T12:40Z').filter(([name]) => String(name).startsWith('next'));
    expect(next(events)).toEqual([
      ['next_response 1', 'met', 30],
      ['next_response 2', 'running', 40],
    ]);
    expect(next(later)[1]).toEqual(['next_response 2', 'running', 30]);
    const thanks = clocksOf(events.slice(0, 4), '2026-03-05T00:00Z', aTicket({ status: 'solved' }));
    expect(thanks).not.toContainEqual(expect.arrayContaining(['next_response 2']));
  });
});

describe('update', () => {
  const events = [
    replied('2026-03-02T10:30Z'),
    turned('pending', '2026-03-02T10:40Z'),
    turned('open', '2026-03-02T12:40Z'),
    replied('2026-03-02T13:00Z'),
  ];
  it('runs from each public reply to the next and stands still while it waits for the customer', () => {
    const updates = clocksOf(events, '2026-03-02T13:30Z').filter(([name]) =>
      String(name).startsWith('update'),
    );
    expect(updates).toEqual([
      ['update 1', 'met', 30],
      ['update 2', 'running', 30],
    ]);
  });
  it('runs on in those statuses where the policy says so', () => {
    const [policy] = promises.policies;
    const strict = somePolicies({ ...policy!, updatePauses: false });
    const clock = clockOf(clockInput(aTicket(), events, '2026-03-02T13:30Z', strict), 'update');
    expect(clock).toMatchObject({
      state: 'breached',
      usedSeconds: 9_000,
      breachedAt: at('2026-03-02T11:30Z'),
    });
  });
  it('ends with the solution, begins again with a reopening, and knows no cycle without a length', () => {
    const solved = [replied('2026-03-02T10:30Z'), turned('solved', '2026-03-02T11:00Z')];
    const again = [...solved, turned('open', '2026-03-02T15:00Z')];
    expect(clocksOf(again, '2026-03-02T15:20Z')).toEqual([
      ['update 1', 'met', 30],
      ['update 2', 'running', 20],
    ]);
    const atOnce = [replied('2026-03-02T10:30Z'), turned('solved', '2026-03-02T10:30Z')];
    expect(clocksOf(atOnce, '2026-03-02T12:00Z', aTicket({ status: 'solved' }))).toEqual([]);
  });
});

describe('the moment a target is due', () => {
  // Eight hours of nine to five from Monday 9:00: used up on Monday at 17:00 sharp.
  const ticket = aTicket({ openedAt: at('2026-03-02T09:00Z') });
  const policies = (boundary: 'closing' | 'opening') => {
    const calendar = aCalendar({ boundary });
    return somePolicies(aPolicy({ calendar, targetSeconds: { resolution: { normal: 8 * 3_600 } } }));
  };
  const resolved = (boundary: 'closing' | 'opening', when: string) => {
    const events = [turned('solved', when)];
    const input = clockInput(
      { ...ticket, status: 'solved' },
      events,
      '2026-03-04T00:00Z',
      policies(boundary),
    );
    return clockOf(input, 'resolution')?.state;
  };
  it('is closing time, or the next opening where the calendar says so', () => {
    const due = (boundary: 'closing' | 'opening') =>
      clockOf(clockInput(ticket, [], '2026-03-02T12:00Z', policies(boundary)), 'resolution')?.dueAt;
    expect(due('closing')).toEqual(at('2026-03-02T17:00Z'));
    expect(due('opening')).toEqual(at('2026-03-03T09:00Z'));
    expect([resolved('closing', '2026-03-02T20:00Z'), resolved('opening', '2026-03-02T20:00Z')]).toEqual([
      'breached',
      'met',
    ]);
    expect(resolved('opening', '2026-03-03T09:00:01Z')).toBe('breached');
  });
  it('is not reached at all while a clock is paused from closing time on', () => {
    const events = [turned('pending', '2026-03-02T18:00Z')];
    const state = (boundary: 'closing' | 'opening') =>
      clockOf(
        clockInput({ ...ticket, status: 'pending' }, events, '2026-03-03T12:00Z', policies(boundary)),
        'resolution',
      );
    expect(state('closing')).toMatchObject({ state: 'breached', dueAt: at('2026-03-02T17:00Z') });
    expect(state('opening')).toMatchObject({ state: 'paused', dueAt: null });
  });
  it('has a next mark only while time alone can change something', () => {
    const mark = (
      now: string,
      events: Parameters<typeof clockInput>[1] = [],
      status: 'open' | 'pending' = 'open',
    ) =>
      clockOf(clockInput({ ...ticket, status }, events, now, policies('closing')), 'resolution')?.nextMarkAt;
    expect(mark('2026-03-02T14:59:59Z')).toEqual(at('2026-03-02T15:00Z'));
    expect(mark('2026-03-02T15:00Z')).toEqual(at('2026-03-02T16:12Z'));
    expect(mark('2026-03-02T16:12Z')).toEqual(at('2026-03-02T17:00Z'));
    expect(mark('2026-03-02T17:00Z')).toBeNull();
    expect(mark('2026-03-02T13:00Z', [turned('pending', '2026-03-02T12:00Z')], 'pending')).toBeNull();
  });
});

describe('times of a ticket', () => {
  // Nine to five in UTC, from Monday 15:00: two hours, on hold over night and for two hours, then solved.
  const events = [
    turned('open', '2026-03-02T15:30Z'),
    turned('hold', '2026-03-02T17:00Z'),
    turned('pending', '2026-03-03T11:00Z'),
    turned('open', '2026-03-03T12:00Z'),
    turned('solved', '2026-03-03T13:00Z'),
  ];
  const ticket = aTicket({ openedAt: at('2026-03-02T15:00Z'), status: 'solved' });
  it('let the requester wait while new, open or on hold, and us work while new or open (S0-23)', () => {
    const times = computeTicketTimes(clockInput(ticket, events, '2026-03-05T00:00Z'));
    expect(times).toEqual({
      requesterWaitSeconds: (20 + 1) * 3_600,
      requesterWaitBusinessSeconds: (2 + 2 + 1) * 3_600,
      agentWorkSeconds: (2 + 1) * 3_600,
      agentWorkBusinessSeconds: (2 + 1) * 3_600,
      calendar: 'test',
      calendarVersion: 'v1',
      stoppedAt: at('2026-03-03T13:00Z'),
    });
  });
  it('grow while the ticket is open, and have no business hours without a policy', () => {
    const open = computeTicketTimes(clockInput(aTicket(), [], '2026-03-02T18:00Z'));
    expect(open).toMatchObject({ requesterWaitSeconds: 8 * 3_600, requesterWaitBusinessSeconds: 7 * 3_600 });
    expect(open.stoppedAt).toBeNull();
    const none = computeTicketTimes(clockInput(ticket, events, '2026-03-05T00:00Z', somePolicies()));
    expect(none).toMatchObject({
      agentWorkSeconds: 3 * 3_600,
      agentWorkBusinessSeconds: null,
      calendar: null,
    });
  });
});
