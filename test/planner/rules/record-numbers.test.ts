import { describe, expect, it } from 'vitest';
import { filterWords, planning } from './support/plans.ts';

const { planned, list } = planning(new Map());

describe('the number of a record', () => {
  it.each([
    // By itself.
    ['00011846', 'ticket', 'ticket_number eq 00011846'],
    ['00011846?', 'ticket', 'ticket_number eq 00011846'],
    ['#00011846', 'ticket', 'ticket_number eq 00011846'],
    ['CE-101', 'customer_escalation', 'ce_number eq CE-101'],
    ['ce-101', 'customer_escalation', 'ce_number eq ce-101'],
    ['CE-101 and CE-102', 'customer_escalation', 'ce_number in CE-101 CE-102'],
    // Behind the noun that says what it numbers.
    ['ticket 4711', 'ticket', 'ticket_number eq 4711'],
    ['ticket #4711', 'ticket', 'ticket_number eq 4711'],
    ['case 12', 'ticket', 'ticket_number eq 12'],
    // Beside a word that others have as well.
    ['00011846 priority', 'ticket', 'ticket_number eq 00011846'],
    ['CE-101 status', 'customer_escalation', 'ce_number eq CE-101'],
    ['CE-101 opened', 'customer_escalation', 'ce_number eq CE-101'],
    ['is 00011853 within SLA', 'sla_clock', 'ticket_number eq 00011853'],
    ['sla compliance of 00011853', 'sla_clock', 'ticket_number eq 00011853'],
    ['who is working on 00011795?', 'ticket', 'ticket_number eq 00011795'],
    ["who's handling case 00011795 right now", 'ticket', 'ticket_number eq 00011795'],
    ['who owns CE-101', 'customer_escalation', 'ce_number eq CE-101'],
    ['who opened CE-101', 'customer_escalation', 'ce_number eq CE-101'],
  ])('“%s” is that of one %s', (question, entity, condition) => {
    const plan = list(question);
    expect(plan).toMatchObject({ entity, time: null });
    expect(filterWords(plan.where)).toEqual([condition]);
  });

  it.each([
    ['4711', 'unknown_word'],
    ['#4711', 'unknown_word'],
    ['4711, 4712', 'unknown_word'],
    ['3.5', 'unknown_word'],
    ['50%', 'unknown_word'],
    ['$500', 'unknown_word'],
    // A year, and the number of nothing that is kept.
    ['2025', 'no_metric'],
    ['ABC123', 'no_metric'],
    // So many of something that was answered before.
    ['12', 'unclear'],
    ['0', 'unclear'],
  ])('is not guessed: “%s” alone is refused', (question, reason) => {
    expect(planned(question)).toMatchObject({ kind: 'refuse', reason });
  });

  it('is none where it counts', () => {
    expect(list('12 newest tickets')).toMatchObject({ where: [], limit: 12 });
    expect(planned('tickets 4711')).toMatchObject({ kind: 'refuse', reason: 'unknown_word' });
  });
});
