import type { Plan } from '../../../../src/query/metric-query.ts';
import { filterWords } from './plans.ts';

/** What decides an answer, in a line. */
export function decisive(plan: Plan): string {
  if (plan.kind === 'refuse') return `refuse ${plan.reason}`;
  if (plan.kind === 'clarify') return 'ask';
  if (plan.kind === 'summary') return 'texts';
  const { time, where, orderBy, related = [] } = plan;
  const isFigure = plan.kind === 'metric';
  const by = isFigure ? plan.groupBy.map(({ dimension, grain }) => grain ?? dimension) : [];
  return [
    isFigure ? plan.metrics.join(', ') : `list ${plan.entity}`,
    ...(by.length > 0 ? [`by ${by.join(', ')}`] : []),
    ...(time === null ? [] : [Object.values(time).join(' ')]),
    ...filterWords(where).filter((one) => !/^(?:deal_closed|health_profile)/.test(one)),
    ...related.map(({ has, entity }) => `${has} ${entity}`),
    ...(isFigure && plan.compare !== 'none' ? [plan.compare] : []),
    ...(isFigure ? plan.having.map((one) => `${one.metric} ${one.op} ${one.value}`) : []),
    ...orderBy.map((one) => `${one.by} ${one.direction}`),
  ].join('; ');
}
