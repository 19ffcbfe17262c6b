import { describe, expect, it } from 'vitest';
import { withTies } from '../../src/interactions/with-ties.ts';
import { withoutUnnamed } from '../../src/interactions/without-unnamed.ts';
import type { AnswerData, CellValue } from '../../src/query/answer-data.ts';
import { type MetricPlan, plainMetricPlan, type QueryPlan } from '../../src/query/metric-query.ts';
import { theCatalogue } from '../query/support/ask.ts';

const catalogue = theCatalogue();

type Groups = readonly (readonly [string | null, number])[];

/** What the groups look like through a plan: without those it leaves out, as many as it shows. */
function through(plan: MetricPlan, groups: Groups): AnswerData {
  const isNamed = plan.where.some(({ any }) => any.some(({ op }) => op === 'is_not_null'));
  const kept = groups.filter(([name]) => name !== null || !isNamed);
  const rows: readonly (readonly CellValue[])[] = kept.slice(0, plan.limit);
  const column = (id: string, role: 'dimension' | 'metric') => ({ id, label: id, role, type: 'text' });
  const columns = [
    ...plan.groupBy.map(({ dimension }) => column(dimension, 'dimension')),
    ...plan.metrics.map((id) => column(id, 'metric')),
  ];
  return { columns, rows, truncated: kept.length > plan.limit } as unknown as AnswerData;
}

const ranking = (limit: number): MetricPlan =>
  plainMetricPlan(['leads'], {
    groupBy: [{ dimension: 'campaign' }],
    orderBy: [{ by: 'leads', direction: 'desc' }],
    limit,
  });

const running = (groups: Groups) => async (plan: QueryPlan) => ({
  ok: true as const,
  value: through(plan as MetricPlan, groups),
});
const tiesOf = (plan: MetricPlan, groups: Groups) =>
  withTies({ plan, data: through(plan, groups) }, running(groups));
const namedOf = (plan: MetricPlan, groups: Groups) =>
  withoutUnnamed(catalogue, { plan, data: through(plan, groups) }, running(groups));

describe('groups without a name', () => {
  const groups: Groups = [
    [null, 88],
    ['Webinar', 22],
    ['Newsletter', 7],
  ];

  it('leave their place in a ranking, and that is said', async () => {
    const found = await namedOf(ranking(1), groups);
    expect(found?.data.rows).toEqual([['Webinar', 22]]);
    expect(found?.note).toBe('Those without a known campaign are left out.');
  });

  it('stay where nothing is ranked, or nothing is left without them', async () => {
    expect(await namedOf({ ...ranking(20), orderBy: [] }, groups)).toBeNull();
    expect(await namedOf(ranking(20), groups)).toBeNull();
    expect(await namedOf(ranking(1), [[null, 88]])).toBeNull();
  });

  it('change nothing below the cut', async () => {
    expect(await namedOf(ranking(2), [...groups.slice(1), [null, 1]])).toBeNull();
  });
});

describe('groups that share the last place', () => {
  const groups: Groups = [
    ['Webinar', 22],
    ['Backup week', 9],
    ['Newsletter', 9],
    ['Offer', 9],
    ['Release news', 1],
  ];

  it('are told where a number was asked for', async () => {
    const found = await tiesOf(ranking(2), groups);
    expect(found?.data.rows).toEqual(groups.slice(0, 2));
    expect(found?.note).toBe('3 share the last place; 2 of them are not shown.');
  });

  it('are shown all where only the first is asked for', async () => {
    const found = await tiesOf(ranking(1), groups.slice(1));
    expect(found?.data.rows).toEqual(groups.slice(1, 4));
    expect(found?.note).toBe('3 share the first place, so all of them are shown.');
  });

  it('are left as they are where nobody shares it, or too many do', async () => {
    expect(await tiesOf(ranking(1), groups)).toBeNull();
    expect(await tiesOf(ranking(5), groups)).toBeNull();
    const crowd: Groups = Array.from({ length: 30 }, (_, at) => [`Campaign ${at}`, 1]);
    expect(await tiesOf(ranking(3), crowd)).toBeNull();
  });
});
