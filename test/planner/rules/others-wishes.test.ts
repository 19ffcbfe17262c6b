import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const { planned } = planning(new Map(), { now: new Date('2026-11-20T14:00:00Z'), zone: 'Europe/Berlin' });

describe('what others need, want or like', () => {
  it.each([
    'how many agents do we need for chats today',
    'what do customers like',
    'customers who want a refund',
    'do we need more tickets',
  ])('is part of the question: %s', (question) => {
    expect(planned(question).kind).toBe('refuse');
  });

  it.each([
    ['I need open tickets by priority', 'open_tickets by priority'],
    ['please, we just want open tickets by priority', 'open_tickets by priority'],
    ["I'd like open tickets by priority", 'open_tickets by priority'],
    ['what do open tickets look like by priority', 'open_tickets by priority'],
    ['how many tickets need a reply', 'tickets_needing_answer'],
  ])('is how somebody asks: %s', (question, plan) => {
    expect(planWords(planned(question))).toBe(plan);
  });
});

describe('the largest customers', () => {
  it.each([
    [
      'who are our five largest customers and how healthy are they',
      'arr+average_health_score by account arr desc 5',
    ],
    ['our 3 biggest accounts with their open tickets', 'arr+open_tickets by account arr desc 3'],
    ['list the ten largest clients and their average CSAT', 'arr+csat_average by account arr desc 10'],
  ])('are those with the most revenue, whatever is asked besides: %s', (question, plan) => {
    expect(planWords(planned(question))).toBe(plan);
  });

  it.each([
    ['top 5 customers by open tickets', 'open_tickets by account open_tickets desc 5'],
    ['largest customers by ARR', 'arr by account arr desc 10'],
  ])('are ranked by what is named for it: %s', (question, plan) => {
    expect(planWords(planned(question))).toBe(plan);
  });
});

describe('tickets past their target', () => {
  const now = 'some sla_clock';
  it.each([
    [
      'which of my tickets are past their SLA',
      `list ticket [ticket_status in new open pending hold] ${now} me`,
    ],
    [
      'which open tickets are already past their resolution target?',
      `list ticket [ticket_status in new open pending hold] ${now}`,
    ],
  ])('are open ones, each once: %s', (question, plan) => {
    expect(planWords(planned(question))).toBe(plan);
  });

  it.each([
    ['how many tickets are past their SLA', 'sla_overdue'],
    ['tickets past their target', 'list sla_clock [sla_state eq breached] [sla_stopped_at is_null]'],
  ])('are counted by their clocks: %s', (question, plan) => {
    expect(planWords(planned(question))).toBe(plan);
  });
});

describe('a forecast of a category', () => {
  const { planned: inCategories } = planning(new Map([['forecast_category', ['Best Case', 'Commit']]]));
  it.each([
    ['commit forecast by region for next quarter', 'closing_amount by region [forecast_category eq Commit]'],
    ['our committed forecast this quarter', 'closing_amount [forecast_category eq Commit]'],
    ['forecast this quarter', 'forecast_amount'],
  ])('is what is expected to close in it: %s', (question, plan) => {
    expect(planWords(inCategories(question))).toBe(plan);
  });
});
