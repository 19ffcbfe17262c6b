import { describe, expect, it } from 'vitest';
import { computeClocks } from '../../../src/analysis/sla/sla-clock.ts';
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
  spansOf,
  turned,
} from '../support/sla-builders.ts';

const aroundTheClock = somePolicies(aPolicy({ calendar: alwaysOpen }));

describe('resolution clock', () => {
  it('is due when the target is used up in business hours', () => {
    // Opened Monday 10:00, eight hours of nine to five: Tuesday 10:00.
    const clock = clockOf(clockInput(aTicket(), [], '2026-03-02T12:00Z'), 'resolution');
    expect(clock).toMatchObject({
      state: 'running',
      usedSeconds: 7_200,
      warnAt: at('2026-03-02T16:00Z'),
      urgentAt: at('2026-03-03T09:12Z'),
      dueAt: at('2026-03-03T10:00Z'),
      stoppedAt: null,
      breachedAt: null,
    });
  });
  it('pauses while the ticket is pending', () => {
    const events = [turned('pending', '2026-03-02T11:00Z'), turned('open', '2026-03-02T15:00Z')];
    const clock = clockOf(clockInput(aTicket(), events, '2026-03-02T16:00Z'), 'resolution');
    expect(clock).toMatchObject({ usedSeconds: 7_200, dueAt: at('2026-03-03T14:00Z') });
  });
  it('takes a ticket that is opened and solved in one second for solved all along', () => {
    const events = [
      turned('solved', '2026-03-02T11:00Z'),
      turned('open', '2026-03-02T12:00Z'),
      turned('solved', '2026-03-02T12:00Z'),
    ];
    const input = clockInput(aTicket({ status: 'solved' }), events, '2026-03-02T13:00Z');
    expect(clockOf(input, 'resolution')).toMatchObject({ stoppedAt: at('2026-03-02T11:00Z') });
  });
  it('knows no due date while it is paused, but keeps the warning that has passed', () => {
    const events = [turned('pending', '2026-03-02T16:30Z')];
    const ticket = aTicket({ status: 'pending' });
    const clock = clockOf(clockInput(ticket, events, '2026-03-04T12:00Z'), 'resolution');
    expect(clock).toMatchObject({
      state: 'paused',
      warnAt: at('2026-03-02T16:00Z'),
      urgentAt: null,
      dueAt: null,
    });
  });
  it('counts two pauses that touch or overlap once', () => {
    const policies = somePolicies(aPolicy({ calendar: alwaysOpen, pauseOn: new Set(['pending', 'hold']) }));
    const events = [
      turned('pending', '2026-03-02T11:00Z'),
      turned('hold', '2026-03-02T12:00Z'),
      turned('hold', '2026-03-02T12:30Z'),
      turned('open', '2026-03-02T13:00Z'),
    ];
    const input = clockInput(aTicket(), events, '2026-03-02T14:00Z', policies);
    expect(clockOf(input, 'resolution')).toMatchObject({ usedSeconds: 7_200 });
    expect(spansOf(input, 'resolution').map((span) => span.what)).toEqual(['counted', 'paused', 'counted']);
  });
  it('runs on hold unless the policy pauses on it', () => {
    const events = [turned('hold', '2026-03-02T11:00Z')];
    const input = clockInput(aTicket({ status: 'hold' }), events, '2026-03-02T14:00Z', aroundTheClock);
    expect(clockOf(input, 'resolution')).toMatchObject({ state: 'running', usedSeconds: 4 * 3600 });
  });
  it('starts at the next opening for a ticket created outside business hours', () => {
    const ticket = aTicket({ openedAt: at('2026-03-06T22:00Z') });
    const clock = clockOf(clockInput(ticket, [], '2026-03-09T10:00Z'), 'resolution');
    expect(clock).toMatchObject({ startedAt: at('2026-03-09T09:00Z'), usedSeconds: 3_600 });
  });
  it('resumes after a reopening and leaves the closed time out', () => {
    const events = [
      turned('solved', '2026-03-02T13:00Z'),
      anEvent('reopened', '2026-03-04T09:00Z'),
      turned('open', '2026-03-04T09:00Z'),
    ];
    const input = clockInput(aTicket(), events, '2026-03-04T10:00Z');
    expect(clockOf(input, 'resolution')).toMatchObject({
      state: 'running',
      usedSeconds: 4 * 3600,
      dueAt: at('2026-03-04T14:00Z'),
      stoppedAt: null,
    });
    expect(spansOf(input, 'resolution').map((span) => [span.what, span.countedSeconds])).toEqual([
      ['counted', 3 * 3600],
      ['solved', 0],
      ['counted', 3600],
    ]);
  });
  it('is met when solved in the very second it is due, and breached a second later', () => {
    const solved = (when: string) =>
      clockOf(
        clockInput(
          aTicket({ status: 'solved' }),
          [turned('solved', when)],
          '2026-03-05T00:00Z',
          aroundTheClock,
        ),
        'resolution',
      );
    expect(solved('2026-03-02T18:00:00Z')).toMatchObject({ state: 'met', breachedAt: null });
    expect(solved('2026-03-02T18:00:01Z')).toMatchObject({
      state: 'breached',
      breachedAt: at('2026-03-02T18:00Z'),
      stoppedAt: at('2026-03-02T18:00:01Z'),
    });
  });
  it('is breached overnight when the target was used up at closing time', () => {
    const ticket = aTicket({ openedAt: at('2026-03-02T09:00Z') });
    const clock = clockOf(clockInput(ticket, [], '2026-03-02T23:00Z'), 'resolution');
    expect(clock).toMatchObject({ state: 'breached', dueAt: at('2026-03-02T17:00Z'), usedSeconds: 8 * 3600 });
  });
});

describe('change of priority', () => {
  const targets = { urgent: 3_600, normal: 4 * 3_600 };
  const policies = somePolicies(
    aPolicy({ calendar: alwaysOpen, targetSeconds: { first_response: targets, resolution: targets } }),
  );
  const raised = [anEvent('priority', '2026-03-02T12:00Z', { oldValue: 'normal', newValue: 'urgent' })];
  it('keeps what is used and measures it against the new target', () => {
    const events = [anEvent('priority', '2026-03-02T10:30Z', { oldValue: 'normal', newValue: 'urgent' })];
    const ticket = aTicket({ priority: 'urgent' });
    const clock = clockOf(clockInput(ticket, events, '2026-03-02T10:40Z', policies), 'resolution');
    expect(clock).toMatchObject({ targetSeconds: 3_600, usedSeconds: 2_400, dueAt: at('2026-03-02T11:00Z') });
  });
  it('breaches a target that was tightened too late at the moment of tightening', () => {
    const ticket = aTicket({ priority: 'urgent' });
    const clock = clockOf(clockInput(ticket, raised, '2026-03-02T13:00Z', policies), 'resolution');
    expect(clock).toMatchObject({
      state: 'breached',
      dueAt: at('2026-03-02T11:00Z'),
      breachedAt: at('2026-03-02T12:00Z'),
    });
  });
  it('leaves a clock alone that had stopped before', () => {
    const ticket = aTicket({ priority: 'urgent', firstRepliedAt: at('2026-03-02T11:30Z') });
    const clock = clockOf(clockInput(ticket, raised, '2026-03-02T13:00Z', policies), 'first_response');
    expect(clock).toMatchObject({ priority: 'normal', state: 'met' });
  });
  it('moves to another calendar with the priority', () => {
    const mixed = somePolicies(
      aPolicy({
        id: 'urgent',
        calendar: alwaysOpen,
        when: [{ field: 'priority', words: new Set(['urgent']) }],
        targetSeconds: { first_response: {}, resolution: { urgent: 10 * 3600 } },
      }),
      aPolicy({ calendar: aCalendar() }),
    );
    // 7 business hours until 17:00, nothing until 20:00, every hour after it.
    const events = [anEvent('priority', '2026-03-02T20:00Z', { oldValue: 'normal', newValue: 'urgent' })];
    const input = clockInput(aTicket({ priority: 'urgent' }), events, '2026-03-02T21:00Z', mixed);
    expect(clockOf(input, 'resolution')).toMatchObject({
      usedSeconds: 8 * 3600,
      dueAt: at('2026-03-02T23:00Z'),
      policy: 'urgent',
    });
    expect(clockOf(input, 'first_response')).toBeNull();
  });
});

describe('first response clock', () => {
  it('never pauses', () => {
    const events = [turned('pending', '2026-03-02T10:10Z')];
    const ticket = aTicket({ status: 'pending' });
    const clock = clockOf(clockInput(ticket, events, '2026-03-02T12:00Z'), 'first_response');
    expect(clock).toMatchObject({ state: 'breached', dueAt: at('2026-03-02T11:00Z') });
  });
  it('stops at the first public reply, not at an internal note', () => {
    const events = [
      anEvent('reply', '2026-03-02T10:20Z', { public: false }),
      anEvent('comment', '2026-03-02T10:25Z'),
      anEvent('reply', '2026-03-02T10:50Z', { public: true }),
    ];
    const clock = clockOf(clockInput(aTicket(), events, '2026-03-02T12:00Z'), 'first_response');
    expect(clock).toMatchObject({ state: 'met', stoppedAt: at('2026-03-02T10:50Z'), usedSeconds: 3_000 });
  });
  it('is cancelled when the ticket is solved in time without any reply, and breached when too late', () => {
    const solvedAt = (when: string) =>
      clockOf(
        clockInput(aTicket({ status: 'solved', solvedAt: at(when) }), [], '2026-03-05T00:00Z'),
        'first_response',
      );
    expect(solvedAt('2026-03-02T10:30Z')).toMatchObject({ state: 'cancelled' });
    expect(solvedAt('2026-03-02T14:00Z')).toMatchObject({ state: 'breached' });
  });
});

describe('sources with gaps', () => {
  it('takes dates from the ticket where it has no events', () => {
    const ticket = aTicket({
      status: 'closed',
      firstRepliedAt: at('2026-03-02T10:15Z'),
      closedAt: at('2026-03-02T12:00Z'),
    });
    const clocks = computeClocks(clockInput(ticket, [], '2026-03-05T00:00Z'));
    expect(clocks.map(({ metric, state, usedSeconds }) => [metric, state, usedSeconds])).toEqual([
      ['first_response', 'met', 900],
      ['resolution', 'met', 7_200],
    ]);
  });
  it('believes the first change of status about what was before it', () => {
    const events = [anEvent('status', '2026-03-02T12:00Z', { oldValue: 'pending', newValue: 'open' })];
    const clock = clockOf(clockInput(aTicket(), events, '2026-03-02T13:00Z'), 'resolution');
    expect(clock).toMatchObject({ usedSeconds: 3_600 });
  });
  it.each([
    anEvent('reopened', '2026-03-04T09:00Z'),
    anEvent('status', '2026-03-04T09:00Z', { oldValue: 'Solved', newValue: 'Open' }),
  ])('takes the solving that no event tells of from the ticket: $kind', (event) => {
    const ticket = aTicket({ solvedAt: at('2026-03-02T12:00Z') });
    const clock = clockOf(clockInput(ticket, [event], '2026-03-04T10:00Z'), 'resolution');
    expect(clock).toMatchObject({ state: 'running', usedSeconds: 3 * 3_600 });
  });
  it('knows nothing of what happens after the moment it is computed for', () => {
    const ticket = aTicket({
      status: 'solved',
      priority: 'urgent',
      solvedAt: at('2026-03-02T15:00Z'),
      updatedAt: at('2026-03-02T15:00Z'),
    });
    const events = [
      anEvent('priority', '2026-03-02T14:00Z', { oldValue: 'normal', newValue: 'urgent' }),
      turned('solved', '2026-03-02T15:00Z'),
    ];
    const clock = clockOf(clockInput(ticket, events, '2026-03-02T12:00Z'), 'resolution');
    expect(clock).toMatchObject({ state: 'running', priority: 'normal', usedSeconds: 7_200 });
  });
  it('counts a reply dated before the ticket as no time at all', () => {
    const ticket = aTicket({ firstRepliedAt: at('2026-03-01T10:00Z') });
    const clock = clockOf(clockInput(ticket, [], '2026-03-02T12:00Z'), 'first_response');
    expect(clock).toMatchObject({ state: 'met', usedSeconds: 0 });
  });
});

describe('policies', () => {
  const gold = aPolicy({ id: 'gold', when: [{ field: 'tier', words: new Set(['gold']) }] });
  it('applies the first policy whose conditions all hold', () => {
    const policies = somePolicies(gold, aPolicy());
    const policyOf = (tier: string | null) =>
      computeClocks(clockInput(aTicket({ tier }), [], '2026-03-02T12:00Z', policies))[0]?.policy;
    expect(policyOf('Gold')).toBe('gold');
    expect(policyOf('silver')).toBe('standard');
    expect(policyOf(null)).toBe('standard');
  });
  it('gives no clock to a ticket that no policy matches', () => {
    expect(computeClocks(clockInput(aTicket(), [], '2026-03-02T12:00Z', somePolicies(gold)))).toEqual([]);
  });
  it('treats a ticket without a priority as the default one', () => {
    const [clock] = computeClocks(clockInput(aTicket({ priority: null }), [], '2026-03-02T12:00Z'));
    expect(clock).toMatchObject({ priority: 'normal' });
  });
});
