import { describe, expect, it } from 'vitest';
import type { DimensionDefinition } from '../../../src/catalogue/catalogue.ts';
import { reachable } from '../../../src/planner/rules/compose/reach.ts';
import type { Plan } from '../../../src/query/metric-query.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { planning } from './support/plans.ts';

const catalogue = theCatalogue();
const { planned } = planning(new Map(), { now: new Date('2026-11-20T14:00:00Z') });

/** Records that people work with; what the analyser writes of them is asked for in fewer ways. */
const kinds = [
  ...['ticket', 'opportunity', 'lead', 'account', 'incident', 'customer_escalation', 'conversation'],
  ...[
    'subscription',
    'campaign',
    'contact',
    'partner',
    'product',
    'message',
    'survey_response',
    'intervention',
  ],
].map((id) => [catalogue.entities.get(id)?.label.many ?? id, id] as const);

const own = (entity: string, isFit: (one: DimensionDefinition) => boolean): readonly DimensionDefinition[] =>
  [...catalogue.dimensions.values()].filter(
    (one) => one.entity === entity && one.hidden !== true && one.filterable && isFit(one),
  );
const said = ({ label }: { readonly label: string }): string => label.toLowerCase();
/** A whole clause is no name that anybody sorts by. */
const isPlain = ({ label }: DimensionDefinition): boolean => !/\b(?:it|was|of its|of the|by)\b/i.test(label);
/** "CES" are customer escalations as well, and how far partners are enabled is told by the checks of partners. */
const known: ReadonlySet<string> = new Set(['ces', 'enablement']);

const entityOfPlan = (plan: Plan): string | undefined => {
  if (plan.kind === 'list') return plan.entity;
  const metric = plan.kind === 'metric' ? catalogue.metrics.get(plan.metrics[0] ?? '') : undefined;
  return metric?.type === 'simple' ? metric.entity : undefined;
};

/** The conditions of a plan, those of its figure among them. */
function conditions(plan: Plan): string {
  if (plan.kind !== 'list' && plan.kind !== 'metric') return '';
  const figures = plan.kind === 'metric' ? plan.metrics.map((id) => catalogue.metrics.get(id)) : [];
  const fixed = figures.flatMap((metric) => (metric?.type === 'simple' ? metric.filters : []));
  return JSON.stringify([plan.where, fixed]);
}

const failing = (questions: readonly string[], isRight: (plan: Plan) => boolean): readonly string[] =>
  questions.filter((question) => !isRight(planned(question)));

describe.each(kinds)('%s', (many, id) => {
  it('are listed', () => {
    const asked = [`list ${many}`, `show me all ${many}`, `show the ${many} please`];
    expect(failing(asked, (plan) => plan.kind === 'list' && plan.entity === id)).toEqual([]);
  });

  it('are listed in the order of each of their dates and numbers', () => {
    const wrong = own(id, (one) => /^(?:date|instant|number)$/.test(one.type) && isPlain(one)).flatMap(
      (one) =>
        failing(
          [`${many} sorted by ${said(one)}`],
          (plan) => plan.kind === 'list' && plan.entity === id && plan.orderBy[0]?.by === one.id,
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('are narrowed by each value of their properties', () => {
    const wrong = own(
      id,
      (one) => one.type === 'text' && one.values.length > 1 && isPlain(one) && !known.has(said(one)),
    ).flatMap((one) =>
      one.values
        .filter((value) => !known.has(said(value)))
        .flatMap((value) =>
          failing(
            [`${many} with ${said(one)} ${said(value)}`, `${many} whose ${said(one)} is ${said(value)}`],
            (plan) =>
              entityOfPlan(plan) === id &&
              conditions(plan).includes(`"${one.id}"`) &&
              conditions(plan).includes(JSON.stringify(value.value)),
          ),
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('are counted to rank customers by', () => {
    if (id === 'account' || reachable(catalogue, id, ['account']).length === 0) return;
    const asked = [`top 3 customers by ${many}`, `which customer has the most ${many}`];
    expect(
      failing(
        asked,
        (plan) =>
          plan.kind === 'metric' &&
          entityOfPlan(plan) === id &&
          plan.groupBy.some(({ dimension }) => dimension === 'account') &&
          plan.orderBy[0]?.direction === 'desc',
      ),
    ).toEqual([]);
  });
});
