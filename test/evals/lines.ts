import type { StoredAnswer } from '../../src/interactions/answer-deps.ts';
import type { CellValue } from '../../src/query/answer-data.ts';
import {
  listPlanSchema,
  metricPlanSchema,
  type Plan,
  type QueryPlan,
  type TimeRange,
} from '../../src/query/metric-query.ts';

const mostRows = 6;
const longest = 300;

/** Rows in one line, the first ones when there are many. */
export function rowsLine(rows: readonly (readonly CellValue[])[]): string {
  const shown = rows.slice(0, mostRows).map((row) => row.map(cellText).join(', '));
  const more = rows.length > mostRows ? ` … ${rows.length} rows` : '';
  return rows.length === 0 ? 'no rows' : `${shown.join(' | ')}${more}`.slice(0, longest);
}

function cellText(cell: CellValue): string {
  return typeof cell === 'number' && !Number.isInteger(cell)
    ? String(Number(cell.toPrecision(6)))
    : String(cell);
}

export function planLine({ plan, notes }: Pick<StoredAnswer, 'plan' | 'notes'>): string {
  return [plan === null ? 'no plan' : wordsOf(plan), ...notes].join(' · ');
}

/** A plan in one line, without what it leaves as it is. */
function wordsOf(plan: Plan): string {
  switch (plan.kind) {
    case 'refuse':
      return `refuse ${plan.reason}: ${plan.detail}`;
    case 'clarify':
      return `ask: ${plan.question} [${plan.options.map(({ label }) => label).join(' / ')}]`;
    case 'summary':
      return `texts of ${queryWords(plan.list)}`;
    default:
      return queryWords(plan);
  }
}

function queryWords(plan: QueryPlan): string {
  const named = plan.kind === 'metric' ? plan.metrics.join(', ') : `list ${plan.entity}`;
  const bare =
    plan.kind === 'metric'
      ? metricPlanSchema.parse({ kind: 'metric', metrics: plan.metrics })
      : listPlanSchema.parse({ kind: 'list', entity: plan.entity });
  const usual = new Map(Object.entries(bare).map(([field, value]) => [field, JSON.stringify(value)]));
  const rest = Object.entries(plan).flatMap(([field, value]): string[] => {
    const isUsual = value === undefined || usual.get(field) === JSON.stringify(value);
    if (isUsual || ['metrics', 'entity', 'time', 'chart'].includes(field)) return [];
    return [`${field} ${typeof value === 'object' ? compact(value) : String(value)}`];
  });
  return [named, ...(plan.time === null ? [] : [timeWords(plan.time)]), ...rest].join('; ').slice(0, longest);
}

function timeWords({ kind, ...rest }: TimeRange): string {
  return [kind, ...Object.entries(rest).map(([field, value]) => `${field}=${String(value)}`)].join(' ');
}

/** JSON without the quotes and the keys that say nothing. */
function compact(value: unknown): string {
  return JSON.stringify(value).replaceAll('"', '').replaceAll('dimension:', '').replaceAll('any:', '');
}
