import { describe, expect, it } from 'vitest';
import { inWiderPeriod } from '../../src/interactions/wider-period.ts';
import type { AnswerData, CellValue } from '../../src/query/answer-data.ts';
import { type MetricPlan, plainMetricPlan, type QueryPlan } from '../../src/query/metric-query.ts';
import { theCatalogue } from '../query/support/ask.ts';

const catalogue = theCatalogue();

function dataOf(plan: MetricPlan, rows: readonly (readonly CellValue[])[]): AnswerData {
  const column = (id: string, role: 'dimension' | 'metric') =>
    ({ id, label: id, role, type: role === 'metric' ? 'number' : 'text', format: null }) as const;
  const columns = [
    ...plan.groupBy.map(({ dimension }) => column(dimension, 'dimension')),
    ...plan.metrics.map((id) => column(id, 'metric')),
  ];
  return { columns, rows, truncated: false } as unknown as AnswerData;
}

/** What is told in place of these rows, where the last twelve months hold those. */
async function told(plan: MetricPlan, now: CellValue[][], year: CellValue[][]) {
  const asked: QueryPlan[] = [];
  const found = await inWiderPeriod(catalogue, { plan, data: dataOf(plan, now) }, async (one) => {
    asked.push(one);
    return { ok: true, value: dataOf(plan, year) };
  });
  return { found, asked };
}

const byIndustry = plainMetricPlan(['deals_created'], {
  groupBy: [{ dimension: 'industry' }],
  orderBy: [{ by: 'deals_created', direction: 'desc' }],
  limit: 1,
});

describe('a figure of which nobody said when', () => {
  it('is of the last twelve months where nothing falls into its own period, and says so', async () => {
    const { found } = await told(plainMetricPlan(['won_amount']), [[null]], [[0.25]]);
    expect(found?.plan).toMatchObject({ time: { kind: 'relative', unit: 'month', n: 12 } });
    expect(found?.note).toBe('Nothing falls in this quarter, so this is of the last 12 months.');
  });

  it('shows every one of a tie where a ranking has nothing to rank', async () => {
    const { found } = await told(
      byIndustry,
      [['Energy', 1]],
      [
        ['Energy', 1],
        ['Retail', 1],
      ],
    );
    expect(found?.plan).toMatchObject({ limit: 10 });
    expect(found?.note).toBe(
      'Nothing happened more than once in this quarter, so this is of the last 12 months.',
    );
  });

  it.each<[string, MetricPlan, CellValue[][]]>([
    ['a count of none', plainMetricPlan(['tickets_opened']), [[0]]],
    ['a ranking of more than single ones', byIndustry, [['Energy', 2]]],
    [
      'a period that was named',
      plainMetricPlan(['win_rate'], { time: { kind: 'to_date', unit: 'month' } }),
      [[null]],
    ],
    ['a state as of now', plainMetricPlan(['pipeline_amount']), []],
    [
      'a bound that nobody reaches',
      plainMetricPlan(['tickets_opened'], {
        groupBy: [{ dimension: 'account' }],
        having: [{ metric: 'tickets_opened', op: 'gt', value: 500 }],
      }),
      [],
    ],
  ])('stays what it is: %s', async (_what, plan, rows) => {
    const { found, asked } = await told(plan, rows, [[7]]);
    expect(found).toBeNull();
    expect(asked).toEqual([]);
  });

  it('stays what it is where a year holds nothing either', async () => {
    const { found } = await told(plainMetricPlan(['win_rate']), [[null]], [[null]]);
    expect(found).toBeNull();
  });
});
