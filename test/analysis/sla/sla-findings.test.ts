import { describe, expect, it } from 'vitest';
import { buildSlaFinding, isReportable } from '../../../src/analysis/sla/sla-findings.ts';
import { chartSpecSchema } from '../../../src/charts/chart-spec-schema.ts';
import { findingKinds } from '../../../src/domain/finding-facts.ts';
import {
  aPolicy,
  aTicket,
  clockInput,
  clockOf,
  somePolicies,
  spansOf,
  turned,
} from '../support/sla-builders.ts';

const subject = {
  id: 't1',
  number: '#1042',
  subject: 'Cluster unreachable',
  category: 'network',
  accountId: 'acme',
  account: 'Acme Corp',
  assigneeId: 'ada',
  assignee: 'Ada',
  teamId: 'support',
};

function findingAt(
  now: string,
  events = [turned('pending', '2026-03-02T11:00Z'), turned('open', '2026-03-02T12:00Z')],
) {
  const input = clockInput(aTicket(), events, now);
  const clock = clockOf(input, 'resolution')!;
  return buildSlaFinding(clock, subject, spansOf(input, 'resolution'), new Date(now), 'Europe/Berlin');
}

describe('sla-clock finding', () => {
  it('carries the share of the target, the people and exactly the facts that rules know', () => {
    const finding = findingAt('2026-03-02T17:00Z');
    expect(finding).toMatchObject({
      kind: 'sla-clock',
      subject: { kind: 'ticket', id: 't1/resolution', label: '#1042 Cluster unreachable' },
      accountId: 'acme',
      ownerId: 'ada',
      teamId: 'support',
      value: 6 / 8,
      facts: {
        state: 'running',
        target_seconds: 8 * 3600,
        used_seconds: 6 * 3600,
        remaining_seconds: 2 * 3600,
        due_at: '2026-03-03T11:00:00.000Z',
      },
    });
    expect(Object.keys(finding.facts).toSorted()).toEqual(
      Object.keys(findingKinds['sla-clock'].facts).toSorted(),
    );
  });
  it('accounts for the clock span by span, in the zone of the company (S3-06)', () => {
    expect(findingAt('2026-03-02T17:00Z').evidence).toEqual({
      caption:
        'How the resolution clock came to 6 h 00 min of 8 h 00 min business time (policy standard, hours test, Europe/Berlin)',
      columns: ['From', 'To', 'What', 'Counted', 'Used'],
      rows: [
        ['2 Mar 2026, 11:00', '2 Mar 2026, 12:00', 'business time counts', '1 h 00 min', '1 h 00 min'],
        ['2 Mar 2026, 12:00', '2 Mar 2026, 13:00', 'paused, waiting for the customer', '0 s', '1 h 00 min'],
        ['2 Mar 2026, 13:00', '2 Mar 2026, 18:00', 'business time counts', '5 h 00 min', '6 h 00 min'],
      ],
    });
  });
  it('keeps the last 20 spans of a ticket that went to and fro', () => {
    const events = Array.from({ length: 40 }, (_, index) =>
      turned(index % 2 === 0 ? 'pending' : 'open', new Date(Date.UTC(2026, 2, 2, 11, index)).toISOString()),
    );
    const { evidence } = findingAt('2026-03-02T17:00Z', events);
    expect(evidence.rows).toHaveLength(20);
    expect(evidence.caption).toContain('the first 21 spans are left out');
  });
  it.each([
    ['2026-03-02T17:00Z', 'Resolution at risk: ticket #1042', 0.75, '2 h 00 min left, due 3 Mar, 12:00'],
    [
      '2026-03-03T13:00Z',
      'Resolution breached: ticket #1042',
      1.25,
      '2 h 00 min over target, due 3 Mar, 12:00',
    ],
    [
      '2026-03-06T13:00Z',
      'Resolution breached: ticket #1042',
      1.5,
      '26 h 00 min over target, due 3 Mar, 12:00',
    ],
  ])('draws a gauge at %s: %s', (now, title, value, caption) => {
    const chart = chartSpecSchema.parse(findingAt(now).chart);
    expect(chart).toMatchObject({ kind: 'gauge', title, value, caption, maximum: 1.5 });
  });
});

describe('what is reported', () => {
  const policies = somePolicies(aPolicy());
  const reported = (now: string, status: 'open' | 'pending' | 'solved' = 'open') => {
    const events = status === 'open' ? [] : [turned(status, '2026-03-02T15:00Z')];
    const clock = clockOf(clockInput(aTicket({ status }), events, now), 'resolution')!;
    return isReportable(clock, policies);
  };
  it('is every open clock from half of its target on', () => {
    expect(reported('2026-03-02T13:59Z')).toBe(false);
    expect(reported('2026-03-02T14:00Z')).toBe(true);
    expect(reported('2026-03-09T14:00Z', 'pending')).toBe(true);
    expect(reported('2026-03-09T14:00Z', 'solved')).toBe(false);
  });
});
