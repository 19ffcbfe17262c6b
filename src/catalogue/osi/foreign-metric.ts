import { parseFormula } from '../formula.ts';
import { type ForeignNames, idOf } from './foreign-dataset.ts';

interface ForeignMetric {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly synonyms: readonly string[];
  readonly expression: string;
}

type Raw = Readonly<Record<string, unknown>>;
export type ReadMetric =
  | { readonly kind: 'read'; readonly metrics: readonly Raw[] }
  | { readonly kind: 'left-out'; readonly why: string };

const aggregates: Readonly<Record<string, string>> = {
  SUM: 'sum',
  AVG: 'avg',
  MIN: 'min',
  MAX: 'max',
  COUNT: 'count',
};
const callPattern = /\b(SUM|AVG|MIN|MAX|COUNT)\s*\(\s*(DISTINCT\s+)?(?:"?(\w+)"?\.)?("?\w+"?|\*)\s*\)/gi;

/**
 * A metric of somebody else: one aggregate of one column, or arithmetic over several. Anything beyond that is left out
 * rather than read half.
 */
export function readMetric(metric: ForeignMetric, names: ForeignNames): ReadMetric {
  const id = idOf(metric.name);
  const parts: Raw[] = [];
  const unknown: string[] = [];
  const formula = metric.expression
    .replaceAll(/NULLIF\s*\(((?:[^()]|\([^()]*\))*),\s*0(?:\.0+)?\s*\)/gi, '($1)')
    .replaceAll(
      callPattern,
      (text, call: string, distinct: string | undefined, owner: string | undefined, column: string) => {
        const measure = measureOf(
          {
            call: call.toUpperCase(),
            isDistinct: distinct !== undefined,
            owner,
            column: column.replaceAll('"', ''),
          },
          names,
        );
        if (measure === null) {
          unknown.push(text);
          return '0';
        }
        const partId = `${id}_part_${parts.length + 1}`;
        parts.push({
          ...common(partId, {
            ...metric,
            synonyms: [],
            description: `A part of ${metric.label.toLowerCase()}.`,
          }),
          ...measure,
          hidden: true,
        });
        return partId;
      },
    )
    .trim();
  if (unknown.length > 0)
    return { kind: 'left-out', why: `“${unknown[0] ?? ''}” names no column that was read; it was left out` };
  const [only] = parts;
  if (only && parts.length === 1 && formula === only['id']) {
    const { hidden: _, ...simple } = only;
    return { kind: 'read', metrics: [{ ...simple, ...common(id, metric) }] };
  }
  const parsed = parseFormula(formula.toLowerCase());
  if (parts.length === 0 || 'mistake' in parsed)
    return {
      kind: 'left-out',
      why: `“${metric.expression}” is more than arithmetic over SUM, AVG, MIN, MAX and COUNT of columns; it was left out`,
    };
  return { kind: 'read', metrics: [...parts, { ...common(id, metric), formula: formula.toLowerCase() }] };
}

function common(
  id: string,
  { label, description, synonyms }: Omit<ForeignMetric, 'name' | 'expression'>,
): Raw {
  return {
    id,
    label: id.includes('_part_') ? id.replaceAll('_', ' ') : label,
    description: description === '' ? `${label}, as it was imported.` : description,
    synonyms,
    unit: 'units',
    format: 'number',
    good: 'none',
  };
}

function measureOf(
  {
    call,
    isDistinct,
    owner,
    column,
  }: {
    readonly call: string;
    readonly isDistinct: boolean;
    readonly owner: string | undefined;
    readonly column: string;
  },
  names: ForeignNames,
): Raw | null {
  const aggregate = isDistinct && call === 'COUNT' ? 'count_distinct' : aggregates[call];
  if (aggregate === undefined || (isDistinct && call !== 'COUNT')) return null;
  const datasets = new Set([...names.columns.keys()].map((key) => key.split('.')[0] ?? ''));
  if (column === '*') {
    const name = owner ?? (datasets.size === 1 ? [...datasets][0] : undefined);
    const entity = [...names.columns].find(([key]) => key.startsWith(`${name ?? ''}.`))?.[1].entity;
    return entity === undefined ? null : { entity, measure: { aggregate: 'count' }, additive: true };
  }
  const found =
    owner === undefined
      ? [...names.columns].filter(([key]) => key.endsWith(`.${column}`)).map(([, one]) => one)
      : [names.columns.get(`${owner}.${column}`)].filter((one) => one !== undefined);
  const [only] = found;
  // COUNT of a column counts the rows that have one, which a plain count does not say.
  if (!only || new Set(found.map((one) => `${one.entity}.${one.column}`)).size > 1 || aggregate === 'count')
    return null;
  return { entity: only.entity, measure: { aggregate, path: only.column }, additive: aggregate === 'sum' };
}
