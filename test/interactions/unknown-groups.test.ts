import { describe, expect, it } from 'vitest';
import { noChangeKnown } from '../../src/interactions/no-change-known.ts';
import { noneNamed } from '../../src/interactions/none-named.ts';
import type { AnswerData, CellValue } from '../../src/query/answer-data.ts';
import { type MetricPlan, plainMetricPlan } from '../../src/query/metric-query.ts';
import { theCatalogue } from '../query/support/ask.ts';

const catalogue = theCatalogue();

function dataOf(ids: readonly string[], rows: readonly (readonly CellValue[])[]): AnswerData {
  const columns = ids.map((id) => ({
    id,
    role: catalogue.dimensions.has(id) ? 'dimension' : 'metric',
  }));
  return { columns, rows, truncated: false } as unknown as AnswerData;
}

describe('a split by what no record has', () => {
  const byProduct = plainMetricPlan(['tickets_opened'], { groupBy: [{ dimension: 'product' }] });

  it('is told to be none', () => {
    expect(noneNamed(catalogue, byProduct, dataOf(['product', 'tickets_opened'], [[null, 600]]))).toBe(
      'No product is recorded for any of these, so they are shown together.',
    );
  });

  it.each<[string, MetricPlan, readonly (readonly CellValue[])[]]>([
    [
      'some of them have one',
      byProduct,
      [
        [null, 1],
        ['Vault', 2],
      ],
    ],
    ['there are none at all', byProduct, []],
    ['nothing is split', plainMetricPlan(['tickets_opened']), [[null, 3]]],
  ])('is not where %s', (_why, plan, rows) => {
    expect(noneNamed(catalogue, plan, dataOf(['product', 'tickets_opened'], rows))).toBeNull();
  });
});

describe('a change from a time of which nothing is known', () => {
  const fell: MetricPlan = {
    ...plainMetricPlan(['average_health_score'], { groupBy: [{ dimension: 'account' }] }),
    compare: 'previous_period',
    having: [{ metric: 'average_health_score__change', op: 'lt', value: 0 }],
  };
  const ids = [
    'account',
    'average_health_score',
    'average_health_score__previous',
    'average_health_score__change',
  ];
  const told = async (kept: readonly CellValue[][], all: readonly CellValue[][], plan = fell) => {
    const asked: unknown[] = [];
    const why = await noChangeKnown(catalogue, plan, dataOf(ids, kept), async (one) => {
      asked.push(one);
      return { ok: true, value: dataOf(ids, all) };
    });
    return { why, asked };
  };

  it('is no "nobody"', async () => {
    const { why, asked } = await told([], [['Acme', 60, null, null]]);
    expect(why).toBe(
      '“Average health score” is not known for the time before, so no change of it can be told; ask for a shorter time',
    );
    expect(asked).toMatchObject([{ having: [] }]);
  });

  it('is none where it is known, or where nothing is compared', async () => {
    expect((await told([], [['Acme', 60, 50, 10]])).why).toBeNull();
    expect((await told([], [])).why).toBeNull();
    expect((await told([['Acme', 60, 70, -10]], [])).asked).toEqual([]);
    expect((await told([], [['Acme', 60, null, null]], { ...fell, compare: 'none' })).why).toBeNull();
  });
});
