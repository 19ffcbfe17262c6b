import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/messages/fill-template.ts';
import {
  formatDate,
  formatDuration,
  formatFact,
  formatInstant,
  formatMoney,
  formatShare,
  shorten,
} from '../../src/messages/format.ts';
import { noon } from '../alerting/builders.ts';

describe('times', () => {
  it.each([
    ['2026-03-10T12:05:00Z', 'Europe/Berlin', 'Tue 10 Mar 13:05 CET'],
    ['2026-07-10T12:05:00Z', 'Europe/Berlin', 'Fri 10 Jul 14:05 CEST'],
    ['2026-03-10T12:05:00Z', 'America/New_York', 'Tue 10 Mar 08:05 EDT'],
    ['2026-03-10T12:05:00Z', 'Asia/Kolkata', 'Tue 10 Mar 17:35 IST'],
    ['2026-03-10T23:59:00Z', 'UTC', 'Tue 10 Mar 23:59 UTC'],
    ['2026-03-10T00:00:00Z', 'UTC', 'Tue 10 Mar 00:00 UTC'],
    ['2026-03-10T12:05:00Z', 'Asia/Kathmandu', 'Tue 10 Mar 17:50 UTC+05:45'],
  ])('writes %s in %s as %s', (at, zone, written) => {
    expect(formatInstant(new Date(at), zone)).toBe(written);
  });

  it('says the year where it is not the present one, as the zone counts it', () => {
    const at = new Date('2025-12-31T23:30:00Z');
    expect(formatInstant(at, 'UTC', noon)).toBe('Wed 31 Dec 2025 23:30 UTC');
    expect(formatInstant(at, 'Europe/Berlin', noon)).toBe('Thu 1 Jan 00:30 CET');
  });

  it('writes dates without a zone, and leaves what is none', () => {
    expect(formatDate('2026-02-28')).toBe('Sat 28 Feb 2026');
    expect(formatDate('2026-02-28T23:00:00Z')).toBe('Sat 28 Feb 2026');
    expect(formatDate('soon')).toBe('soon');
  });
});

describe('numbers', () => {
  it.each([
    [7500, '2 h 05 min'],
    [-7500, '2 h 05 min'],
    [45, '45 s'],
    [273_600, '3 d 04 h'],
  ])('writes %d seconds as %s', (seconds, written) => {
    expect(formatDuration(seconds)).toBe(written);
  });

  it('never rounds what is left up to all of it', () => {
    expect(formatShare(0.999)).toBe('99 %');
    expect(formatShare(1)).toBe('100 %');
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.9999999, noNaN: true }), (share) => {
        expect(formatShare(share)).not.toBe('100 %');
      }),
    );
  });

  it('writes money with its currency, and without one as a number', () => {
    expect(formatMoney(119_999.6, 'USD')).toBe('$120,000');
    expect(formatMoney(120_000, 'EUR')).toBe('€120,000');
    expect(formatMoney(120_000, null)).toBe('120,000');
  });
});

describe('texts', () => {
  it('shortens at a word and never beyond the limit', () => {
    expect(shorten('Cluster unreachable after upgrade', 22)).toBe('Cluster unreachable…');
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 2, max: 40 }), (text, limit) => {
        expect(shorten(text, limit).length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  const context = { zone: 'Europe/Berlin', currency: 'USD', reference: noon };
  const seen = { value: 0.8, facts: { number: '#7', due_at: '2026-03-10T12:43:00.000Z' } };

  it('fills a sentence with formatted facts', () => {
    const text = fillTemplate('Reply to {number} before {due_at}; {value} used.', 'sla-clock', seen, context);
    expect(text).toBe('Reply to #7 before Tue 10 Mar 13:43 CET; 80 % used.');
  });

  it('uses the stand-in of a missing fact, and leaves the sentence out where there is none', () => {
    expect(fillTemplate('Call {account}.', 'sla-clock', seen, context)).toBe('Call the customer.');
    expect(fillTemplate('It is {priority}.', 'sla-clock', seen, context)).toBeNull();
    expect(fillTemplate('{next_step}', 'customer-escalation', { value: 1, facts: {} }, context)).toBeNull();
  });

  it('puts a fact in as text, whatever it says', () => {
    const odd = { value: 0.8, facts: { number: '{due_at} $& <@U1>' } };
    expect(fillTemplate('See {number}.', 'sla-clock', odd, context)).toBe('See {due_at} $& <@U1>.');
  });

  it('writes a fact by its type', () => {
    const write = (
      value: string | number | boolean | null,
      type: 'seconds' | 'boolean' | 'money' | 'instant',
    ) => formatFact(value, { type, label: '' }, context);
    expect(write(3600, 'seconds')).toBe('1 h');
    expect(write(false, 'boolean')).toBe('no');
    expect(write(5, 'money')).toBe('$5');
    expect(write('never', 'instant')).toBe('never');
    expect(write(null, 'money')).toBeNull();
  });
});
