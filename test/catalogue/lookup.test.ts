import { describe, expect, it } from 'vitest';
import { filterCatalogue } from '../../src/catalogue/filter-catalogue.ts';
import {
  dimensionsOf,
  findDimensions,
  findEntity,
  findMetric,
  findValue,
} from '../../src/catalogue/lookup.ts';
import { findWay, followPath } from '../../src/catalogue/paths.ts';
import { shippedCatalogue } from '../support/shipped-catalogue.ts';

const catalogue = shippedCatalogue();
const dimension = (id: string) => catalogue.dimensions.get(id)!;

describe('looking things up by the words of people', () => {
  it.each([
    ['backlog', 'open_tickets'],
    ['Open  Tickets', 'open_tickets'],
    ['mttr', 'resolution_time_average'],
    ['pipeline', 'pipeline_amount'],
    ['closed won', 'won_deals'],
    ['NRR', 'net_revenue_retention'],
    ['EBITDA', null],
  ])('finds the metric behind %j', (words, id) => {
    expect(findMetric(catalogue, words)?.id ?? null).toBe(id);
  });

  it.each([
    ['cases', 'ticket'],
    ['Opps', 'opportunity'],
    ['customers', 'account'],
    ['CEs', 'customer_escalation'],
  ])('finds what %j are', (words, id) => {
    expect(findEntity(catalogue, words)?.id).toBe(id);
  });

  it.each([
    ['ticket', 'status', ['ticket_status']],
    ['customer_escalation', 'status', ['escalation_status', 'ticket_status']],
    ['ticket', 'customer', ['account']],
    ['opportunity', 'rep', ['owner']],
    ['opportunity', 'team', ['team']],
    ['opportunity', 'region', ['region']],
    ['ticket', 'forecast', []],
  ])('finds the %s field %j, nearest first', (entity, words, ids) => {
    expect(findDimensions(catalogue, entity, words).map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ['priority', 'P1', 'urgent'],
    ['priority', 'sev 2', 'high'],
    ['ticket_status', 'On-Hold', 'hold'],
    ['person_role', 'support engineers', 'agent'],
    ['priority', 'gigantic', null],
  ])('finds the %s that %j means', (id, word, value) => {
    expect(findValue(dimension(id), word)).toBe(value);
  });
});

describe('ways from rows to fields', () => {
  it('uses the field of the entity itself', () => {
    expect(findWay(catalogue, 'sla_clock', dimension('priority'))).toMatchObject({
      joins: [],
      column: 'priority',
      distance: 0,
    });
  });

  it('follows joins where the entity has no field of its own', () => {
    expect(findWay(catalogue, 'ticket', dimension('industry'))).toMatchObject({
      joins: ['account'],
      column: 'industry',
      distance: 1,
    });
    expect(findWay(catalogue, 'survey_response', dimension('product'))).toMatchObject({
      joins: ['ticket', 'product'],
      distance: 2,
    });
  });

  it('carries the id behind the shown name', () => {
    expect(findWay(catalogue, 'opportunity', dimension('team'))?.key).toMatchObject({
      joins: ['owner', 'team'],
      column: 'id',
    });
  });

  it('does not reach what is not there', () => {
    expect(findWay(catalogue, 'ticket', dimension('stage'))).toBeNull();
    expect(followPath(catalogue, 'ticket', 'account.password')).toBeNull();
    expect(followPath(catalogue, 'ticket', 'constructor')).toBeNull();
    expect(followPath(catalogue, 'ticket', 'toString.name')).toBeNull();
  });
});

describe('what a role may ask (S1-44)', () => {
  it('hides deals, customers and money from agents, but not the customer of a ticket', () => {
    const mine = filterCatalogue(catalogue, 'agent');
    expect([...mine.entities.keys()]).toEqual([
      'ticket',
      'sla_clock',
      'customer_escalation',
      'survey_response',
      'person',
      'product',
      'conversation',
      'message',
      'messaging_session',
      'queue_sample',
      'bot_event',
      'agent_status',
      'hot_shard',
      'feed_event',
      'activity',
      'product_pair',
      'intervention',
      'ticket_metric',
      'agent_workload',
      'agent_day',
      'ticket_time',
      'text_score',
    ]);
    for (const id of [
      'arr',
      'pipeline_amount',
      'accounts',
      'quota',
      'average_health_score',
      'mrr',
      'leads',
      'campaign_cost',
      'unit_cost_average',
    ])
      expect(mine.metrics.has(id), id).toBe(false);
    expect(mine.dimensions.has('account_arr')).toBe(false);
    expect(dimensionsOf(mine, 'ticket').map(({ id }) => id)).toEqual(
      expect.arrayContaining(['account', 'industry', 'region']),
    );
  });

  it('shows everything to managers, executives and admins', () => {
    for (const role of ['manager', 'executive', 'admin'] as const) {
      const mine = filterCatalogue(catalogue, role);
      expect(mine.metrics.size).toBe(catalogue.metrics.size);
      expect(mine.entities.size).toBe(catalogue.entities.size);
    }
  });

  it('can be applied twice', () => {
    const once = filterCatalogue(catalogue, 'agent');
    expect(filterCatalogue(once, 'agent')).toEqual(once);
  });
});
