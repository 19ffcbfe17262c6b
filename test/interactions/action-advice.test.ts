import { describe, expect, it } from 'vitest';
import { refusalViewOf } from '../../src/interactions/refusal-view.ts';
import { theCatalogue } from '../query/support/ask.ts';

const catalogue = theCatalogue();
const said = (detail: string) =>
  refusalViewOf(catalogue, { reason: 'action', detail, nearestMetrics: [] }).reason;

describe('a wish that changes something', () => {
  it.each([
    ['“acknowledge the alert”', 'Press “Acknowledge”'],
    ['“snooze this until tomorrow”', '“Snooze”'],
    ['“assign CE-101 to Bob”', '“Assign to me”'],
    ['“let me know when a ticket breaches”', 'Alert me when'],
    ['“export this to excel”', 'exported'],
    ['“email Acme about the outage”', 'to the people themselves'],
    ['“close that ticket”', 'in your ticket system'],
    ['“update the deal amount”', 'in your CRM'],
    ['“make me a sandwich”', 'Use the buttons on the alert'],
  ])('%s is refused with where it is done', (wish, place) => {
    expect(said(wish)).toContain(place);
    expect(said(wish)).toContain('I only read records');
  });
});
