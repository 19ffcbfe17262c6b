import type { Board } from '../catalogue/boards.ts';
import type { Catalogue, EntityDefinition, MetricDefinition, MetricFilter } from '../catalogue/catalogue.ts';
import { dimensionsOf, simpleParts } from '../catalogue/lookup.ts';
import { expressionOf } from '../catalogue/osi/sql-expression.ts';
import { UserError } from '../toolkit/issue.ts';
import { nearest } from '../toolkit/nearest.ts';

export interface CatalogueEntry {
  readonly kind: 'metric' | 'dimension' | 'entity' | 'board';
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly hidden: boolean;
}

export interface Listed {
  readonly catalogue: Catalogue;
  readonly boards: ReadonlyMap<string, Board>;
}

/**
 * @param options `words`: only entries whose id, label, description or synonyms hold all of them
 */
export function listCatalogue(
  { catalogue, boards }: Listed,
  { kind, words }: { readonly kind?: string | undefined; readonly words?: string | undefined },
): readonly CatalogueEntry[] {
  const wanted = (words ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const all: (CatalogueEntry & { readonly synonyms: readonly string[] })[] = [
    ...[...catalogue.metrics.values()].map((one) => ({
      ...entry('metric', one),
      about: one.description,
      synonyms: one.synonyms,
    })),
    ...[...catalogue.dimensions.values()].map((one) => ({
      ...entry('dimension', one),
      about: one.description,
      synonyms: one.synonyms,
    })),
    ...[...catalogue.entities.values()].map((one) => ({
      ...entry('entity', { ...one, label: one.label.many }),
      about: `table ${one.table}`,
      synonyms: one.synonyms,
    })),
    ...[...boards.values()].map((one) => ({
      ...entry('board', { ...one, label: one.title }),
      about: `${one.tiles.length} tiles`,
      synonyms: [],
    })),
  ];
  return all
    .filter((one) => kind === undefined || one.kind === kind)
    .filter((one) => {
      const text = [one.id, one.label, one.about, ...one.synonyms].join(' ').toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .map(({ synonyms: _, ...one }) => one);
}

function entry(
  kind: CatalogueEntry['kind'],
  { id, label, hidden }: { readonly id: string; readonly label: string; readonly hidden?: true },
) {
  return { kind, id, label, hidden: hidden === true };
}

/** Everything of one definition: lines of a name and what stands there. */
export type Shown = readonly (readonly [name: string, value: string])[];

/** @throws UserError when nothing is called so */
export function showOne(listed: Listed, id: string): Shown {
  const { catalogue, boards } = listed;
  const metric = catalogue.metrics.get(id);
  if (metric) return showMetric(catalogue, metric);
  const dimension = catalogue.dimensions.get(id);
  if (dimension) return showDimension(catalogue, id);
  const entity = catalogue.entities.get(id);
  if (entity) return showEntity(catalogue, entity);
  const board = boards.get(id);
  if (board) return showBoard(board);
  const known = [
    ...catalogue.metrics.keys(),
    ...catalogue.dimensions.keys(),
    ...catalogue.entities.keys(),
    ...boards.keys(),
  ];
  throw new UserError([
    {
      code: 'unknown-id',
      path: id,
      message: 'is no metric, dimension, entity or board',
      suggestions: nearest(id, known),
    },
  ]);
}

function showBoard({ id, title, parameters, tiles }: Board): Shown {
  const lines: [string, string][] = [
    ['board', id],
    ['title', title],
    ['parameters', parameters.join(', ')],
    ...tiles.map((tile): [string, string] => ['tile', `${tile.title} (${tile.show})`]),
  ];
  return lines.filter(hasValue);
}

const hasValue = (line: readonly [string, string]): boolean => line[1] !== '';

function showMetric(catalogue: Catalogue, metric: MetricDefinition): Shown {
  const parts = simpleParts(catalogue, metric);
  const reached = parts.map((part) => dimensionsOf(catalogue, part.entity));
  const groups = (reached[0] ?? []).filter(
    (one) => one.groupable && reached.every((some) => some.includes(one)),
  );
  const simple = metric.type === 'simple' ? metric : null;
  const lines: [string, string][] = [
    ['metric', metric.id],
    ['label', metric.label],
    ['description', metric.description],
    ['type', metric.type],
    [
      'formula',
      metric.type === 'derived'
        ? metric.written
        : metric.type === 'ratio'
          ? `${metric.numerator} / ${metric.denominator}`
          : '',
    ],
    ['computes', expressionOf(catalogue, metric)],
    ['counts', [...new Set(parts.map((part) => part.entity))].join(', ')],
    ['unit', `${metric.unit}, ${metric.format.kind}; good is ${metric.goodDirection}`],
    ['additive', simple ? String(simple.additive) : 'false'],
    ['time', [...new Set(parts.map((part) => part.timeDimension ?? 'a state as of now'))].join(', ')],
    ['default range', [...new Set(parts.map((part) => defaultRange(part.defaultTime)))].join(', ')],
    [
      'default filters',
      parts
        .flatMap((part) =>
          part.filters.map((filter) => `${filterWords(filter)}${parts.length > 1 ? ` (${part.id})` : ''}`),
        )
        .join('; '),
    ],
    ['group by', groups.map((one) => one.id).join(', ')],
    ['roles', metric.roles.length === 0 ? 'every role that sees its rows' : metric.roles.join(', ')],
    ['synonyms', metric.synonyms.join(', ')],
    ['verified', metric.verifiedQuestions.join('; ')],
    ['hidden', metric.hidden === true ? 'not asked about by name' : ''],
  ];
  return lines.filter(hasValue);
}

function defaultRange(range: MetricRange): string {
  switch (range.kind) {
    case 'all':
      return 'all';
    case 'to_date':
      return `this ${range.unit}`;
    case 'relative':
      return `last ${range.n} ${range.unit}s`;
    case 'calendar':
      return `whole this ${range.unit}`;
  }
}
type MetricRange = Extract<MetricDefinition, { type: 'simple' }>['defaultTime'];

const filterWords = ({ dimension, op, values }: MetricFilter): string =>
  `${dimension} ${op} ${values.join(', ')}`.trim();

function showDimension(catalogue: Catalogue, id: string): Shown {
  const dimension = catalogue.dimensions.get(id);
  if (!dimension) return [];
  const metrics = [...catalogue.metrics.values()].filter((metric) => {
    const parts = simpleParts(catalogue, metric);
    return (
      parts.length > 0 && parts.every((part) => dimensionsOf(catalogue, part.entity).includes(dimension))
    );
  });
  const can = [dimension.filterable && 'filter', dimension.groupable && 'group'].filter(
    (one) => one !== false,
  );
  const lines: [string, string][] = [
    ['dimension', dimension.id],
    ['label', dimension.label],
    ['description', dimension.description],
    ['type', dimension.calendar ?? dimension.type],
    [
      'stands at',
      [dimension, ...(dimension.also ?? [])].map((one) => `${one.entity}.${one.path}`).join(', '),
    ],
    ['can', can.join(' and ')],
    ['personal data', dimension.pii ? 'yes' : ''],
    ['roles', (dimension.roles ?? []).join(', ')],
    ['synonyms', dimension.synonyms.join(', ')],
    ['values', dimension.values.map(({ value, synonyms }) => [value, ...synonyms].join(' = ')).join('; ')],
    ['metrics', metrics.map((metric) => metric.id).join(', ')],
    ['hidden', dimension.hidden === true ? 'not asked about by name' : ''],
  ];
  return lines.filter(hasValue);
}

function showEntity(catalogue: Catalogue, entity: EntityDefinition): Shown {
  const { rowScope } = entity;
  const lines: [string, string][] = [
    ['entity', entity.id],
    ['label', `${entity.label.one}, ${entity.label.many}`],
    ['table', entity.stored ? `${entity.table} (your own)` : entity.table],
    ['key', entity.key],
    [
      'joins',
      Object.entries(entity.joins)
        .map(([name, join]) => `${name} -> ${join.entity}`)
        .join(', '),
    ],
    ['default time', entity.defaultTime ?? ''],
    [
      'rows',
      Object.entries(rowScope.byRole)
        .map(([role, reach]) => `${role}: ${reach}`)
        .join(', '),
    ],
    ['owner', rowScope.ownerPath ?? ''],
    ['listed with', entity.listColumns.join(', ')],
    ['list filters', (entity.listFilters ?? []).map(filterWords).join('; ')],
    [
      'dimensions',
      dimensionsOf(catalogue, entity.id)
        .map((one) => one.id)
        .join(', '),
    ],
    [
      'metrics',
      [...catalogue.metrics.values()]
        .filter((one) => one.type === 'simple' && one.entity === entity.id)
        .map((one) => one.id)
        .join(', '),
    ],
    ['synonyms', entity.synonyms.join(', ')],
    ['hidden', entity.hidden === true ? 'not asked about by name' : ''],
  ];
  return lines.filter(hasValue);
}
