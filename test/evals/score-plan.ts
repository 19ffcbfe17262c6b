import { z } from 'zod';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { Plan, QueryPlan, TimeRange } from '../../src/query/metric-query.ts';

const words = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));

const expectation = z.strictObject({
  metric: words.optional(),
  list: z.string().optional(),
  /** Entity whose texts are read. */
  summary: z.string().optional(),
  rows_of: z.string().optional(),
  by: z.array(z.string()).default([]),
  time: z.string().optional(),
  where: z.array(z.string()).default([]),
  /** Other records that rows must have: "some health_score: health_band eq critical"; absent: whatever there is. */
  related: z.array(z.string()).optional(),
  having: z.array(z.string()).default([]),
  compare: z.string().default('none'),
  transform: z.string().default('none'),
  order: z.string().optional(),
  limit: z.number().optional(),
  subject: z.string().default('none'),
  clarify: z.boolean().optional(),
  refuse: z.string().optional(),
});

/** One question and the plans that answer it. */
export const caseSchema = expectation.extend({ ask: z.string(), or: z.array(expectation).default([]) });
export type EvalCase = z.output<typeof caseSchema>;
type Expectation = z.output<typeof expectation>;

export type Verdict = 'right' | 'silent-wrong' | 'refused' | 'clarified';

/** A plan that is not among the right ones and carries no warning is silently wrong. */
export function scorePlan(
  catalogue: Catalogue,
  expected: EvalCase,
  plan: Plan,
  notes: readonly string[],
): Verdict {
  const alternatives: readonly Expectation[] = [expected, ...expected.or];
  if (alternatives.some((one) => fits(catalogue, one, plan))) return 'right';
  if (plan.kind === 'clarify') return 'clarified';
  if (plan.kind === 'refuse' || notes.length > 0) return 'refused';
  return 'silent-wrong';
}

/** Whether the question can be answered at all; the others must be refused. */
export const isAnswerable = (expected: EvalCase): boolean =>
  expected.metric !== undefined || expected.list !== undefined || expected.summary !== undefined;

function fits(catalogue: Catalogue, expected: Expectation, plan: Plan): boolean {
  if (plan.kind === 'summary') {
    const { summary, ...rest } = expected;
    return summary === plan.list.entity && fits(catalogue, { ...rest, list: summary }, plan.list);
  }
  if (plan.kind === 'refuse') return expected.refuse === 'any' || expected.refuse === plan.reason;
  if (plan.kind === 'clarify') return expected.clarify === true;
  const isKind = plan.kind === 'metric' ? expected.metric !== undefined : expected.list === plan.entity;
  if (!isKind) return false;
  const common =
    sameWords(expected.where.concat(conditionsOf(catalogue, expected.rows_of)), whereOf(plan)) &&
    (expected.related === undefined || sameWords(expected.related, relatedOf(plan))) &&
    (expected.time ?? '') === timeOf(plan.time) &&
    expected.subject === plan.subject &&
    (expected.order ?? '') === plan.orderBy.map((one) => `${one.by} ${one.direction}`).join(', ') &&
    (expected.limit === undefined || expected.limit === plan.limit);
  if (plan.kind === 'list') return common;
  return (
    common &&
    sameWords(expected.metric ?? [], plan.metrics) &&
    expected.by.join() ===
      plan.groupBy.map((one) => (one.grain ? `${one.dimension}:${one.grain}` : one.dimension)).join() &&
    sameWords(
      expected.having,
      plan.having.map((one) => `${one.metric} ${one.op} ${one.value}`),
    ) &&
    expected.compare === plan.compare &&
    expected.transform === plan.transform
  );
}

const relatedOf = ({ related = [] }: QueryPlan): readonly string[] =>
  related.map(({ has, entity, where }) =>
    [`${has} ${entity}`, whereOf({ where }).toSorted().join(', ')].join(': '),
  );

function whereOf(plan: Pick<QueryPlan, 'where'>): readonly string[] {
  return plan.where.map((group) =>
    group.any.map((filter) => [filter.dimension, filter.op, ...filter.values].join(' ')).join(' | '),
  );
}

function conditionsOf(catalogue: Catalogue, metricId: string | undefined): readonly string[] {
  const metric = metricId === undefined ? undefined : catalogue.metrics.get(metricId);
  if (metric?.type !== 'simple') return [];
  return metric.filters.map((filter) => [filter.dimension, filter.op, ...filter.values].join(' '));
}

/** Same conditions in any order; `~ Name` fits any positive condition on that name. */
function sameWords(expected: readonly string[], found: readonly string[]): boolean {
  if (expected.length !== found.length) return false;
  const left = [...found];
  for (const wanted of [...expected].sort(
    (one, other) => Number(one.startsWith('~')) - Number(other.startsWith('~')),
  )) {
    const index = left.findIndex(
      (one) => one === wanted || (wanted.startsWith('~ ') && isNamed(one, wanted.slice(2))),
    );
    if (index === -1) return false;
    left.splice(index, 1);
  }
  return true;
}

const isNamed = (condition: string, name: string): boolean =>
  /^\w+ (?:eq|in) /.test(condition) && condition.endsWith(` ${name}`);

function timeOf(range: TimeRange | null): string {
  if (range === null) return '';
  switch (range.kind) {
    case 'relative':
      return `${range.completeOnly ? 'complete' : 'last'} ${range.n} ${range.unit}`;
    case 'calendar':
      return ['calendar', range.unit, range.number, range.year]
        .filter((part) => part !== undefined)
        .join(' ');
    case 'between':
      return `between ${range.from ?? ''}..${range.to ?? ''}`;
    case 'day':
      return `day ${range.offset}`;
    case 'ahead':
    case 'older':
      return `${range.kind} ${range.n} ${range.unit}`;
    case 'upcoming':
      return `upcoming ${range.n} ${range.unit}`;
    case 'to_date':
      return `to_date ${range.unit}`;
    case 'all':
      return 'all';
  }
}
