import { describe, expect, it } from 'vitest';
import type { MetricDefinition } from '../../../src/catalogue/catalogue.ts';
import { entityOf } from '../../../src/catalogue/lookup.ts';
import type { Plan } from '../../../src/query/metric-query.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { planning } from './support/plans.ts';

const { planned } = planning(new Map(), { now: new Date('2026-11-20T14:00:00Z') });
const catalogue = theCatalogue();
const metrics = [...catalogue.metrics.values()].filter(({ hidden }) => hidden !== true);

/** Whether a plan tells of the figure: by itself, by the records behind it, or as one of the choices. */
function tellsOf(metric: MetricDefinition, plan: Plan): boolean {
  if (plan.kind === 'clarify') return plan.options.some((option) => tellsOf(metric, option.plan));
  if (plan.kind === 'metric')
    return plan.metrics.some((id) => {
      const found = catalogue.metrics.get(id);
      return id === metric.id || (found !== undefined && isOfSameRows(metric, found));
    });
  return plan.kind === 'list' && entityOf(catalogue, metric)?.id === plan.entity;
}

/** "Accounts with escalations" are told as the escalations of each account. */
const isOfSameRows = (metric: MetricDefinition, found: MetricDefinition): boolean =>
  entityOf(catalogue, metric)?.id === entityOf(catalogue, found)?.id;

/** Names that ask for something else as well, and are answered with that, or say too little to stand alone. */
const known: ReadonlySet<string> = new Set([
  // Split by something: the other figure of each of them.
  ...['accounts by risk band', 'agent time by status', 'messages sent by campaigns', 'sentiment by account'],
  ...['touches per deal', 'average touches per deal', 'average contacts per deal', 'handling time per agent'],
  ...['Agents by workload', 'workload by agent', 'workload per person', 'average incoming per hour'],
  ...['monthly margin per customer', 'margin per customer per month'],
  // Records with other records.
  ...['deals with a partner', 'won deals with a partner'],
  ...['customers with two or more orders', 'customers with one or more orders'],
  // A near relative.
  ...['new logos', 'handovers to a human', 'handovers to people', 'repeat buyers rate'],
  ...['buyers of the year', 'repeat buyers of the year', 'repeat rate of the year'],
  // Of which records, the rest of a question says.
  ...['amount due to close', 'due to close', 'deals that entered a stage', 'not yet answered'],
]);

describe('every figure by every name that the catalogue gives it', () => {
  it.each(metrics.map((metric) => [metric.label, metric] as const))('%s', (label, metric) => {
    const names = [label, ...metric.synonyms].filter((name) => !known.has(name));
    expect(names.filter((name) => !tellsOf(metric, planned(name)))).toEqual([]);
  });
});
