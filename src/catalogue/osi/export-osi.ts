import type { Catalogue, DimensionDefinition, EntityDefinition, MetricDefinition } from '../catalogue.ts';
import type { WrittenDefinition, WrittenDefinitions } from '../layers.ts';
import { simpleParts } from '../lookup.ts';
import { entityById } from '../paths.ts';
import { osiVersion, vendor } from './osi-schema.ts';
import { expressionOf, fieldExpression } from './sql-expression.ts';

/**
 * The catalogue as an Open Semantic Interchange document. Names, keys, relationships, synonyms and SQL expressions stand
 * under their core names; everything else (row scope, default filters, units …) as JSON under our vendor name, so that
 * nothing is lost on the way back. What is hidden goes along only where something shown needs it.
 *
 * @returns a plain value, to be written as YAML or JSON
 */
export function exportOsi(catalogue: Catalogue, written: WrittenDefinitions): unknown {
  const { entities, dimensions, metrics } = neededOf(catalogue);
  const constants = Object.fromEntries(
    metrics.flatMap((metric) => (metric.type === 'derived' ? Object.entries(metric.constants) : [])),
  );
  return {
    version: osiVersion,
    semantic_model: [
      {
        name: 'heed',
        description: 'Metrics, dimensions and records that questions may be asked about.',
        ai_context: {
          instructions:
            'Default filters and row scopes stand in the custom extensions; figures without them are other figures.',
          examples: metrics.flatMap(({ verifiedQuestions }) => verifiedQuestions).slice(0, 20),
        },
        datasets: entities.map((entity) => datasetOf(catalogue, entity, dimensions, written)),
        relationships: entities.flatMap((entity) => relationshipsOf(catalogue, entity)),
        metrics: metrics.map((metric) => ({
          name: metric.id,
          expression: { dialects: [{ dialect: 'ANSI_SQL', expression: expressionOf(catalogue, metric) }] },
          description: metric.description,
          ai_context: {
            synonyms: [metric.label, ...metric.synonyms],
            examples: metric.verifiedQuestions,
          },
          custom_extensions: extension(shape(written.metric.get(metric.id), metric)),
        })),
        custom_extensions: extension({
          constants,
          verified: catalogue.verified,
          ...(hidesGround(catalogue, written) && { shipped: 'hidden' }),
        }),
      },
    ],
  };
}

/** Nothing that is shipped is asked about by name. */
function hidesGround(catalogue: Catalogue, written: WrittenDefinitions): boolean {
  const ground = [...catalogue.metrics.values()].filter(
    ({ id }) => written.metric.get(id)?.layer.depth === 0,
  );
  return ground.length > 0 && ground.every(({ hidden }) => hidden === true);
}

/** What is shown, and what that needs: entities behind joins, dimensions in filters and lists, parts of metrics. */
function neededOf(catalogue: Catalogue): {
  readonly entities: readonly EntityDefinition[];
  readonly dimensions: readonly DimensionDefinition[];
  readonly metrics: readonly MetricDefinition[];
} {
  const isShown = (one: { readonly hidden?: true }): boolean => one.hidden !== true;
  const shown = [...catalogue.metrics.values()].filter(isShown);
  const metrics = [...new Set(shown.flatMap((metric) => [...simpleParts(catalogue, metric), metric]))];
  const entityIds = new Set([...catalogue.entities.values()].filter(isShown).map(({ id }) => id));
  const dimensionIds = new Set([...catalogue.dimensions.values()].filter(isShown).map(({ id }) => id));
  for (const metric of metrics) {
    if (metric.type !== 'simple') continue;
    entityIds.add(metric.entity);
    for (const { dimension } of metric.filters) dimensionIds.add(dimension);
    if (metric.timeDimension !== null) dimensionIds.add(metric.timeDimension);
  }
  for (const id of dimensionIds) {
    const dimension = catalogue.dimensions.get(id);
    for (const home of [dimension, ...(dimension?.also ?? [])]) if (home) entityIds.add(home.entity);
  }
  // A set that grows while it is walked: joins of joins come along.
  for (const id of entityIds) {
    const entity = entityById(catalogue, id);
    for (const join of Object.values(entity?.joins ?? {})) entityIds.add(join.entity);
    const lists = [
      ...(entity?.listColumns ?? []),
      ...(entity?.listFilters ?? []).map((one) => one.dimension),
    ];
    for (const one of [...lists, entity?.defaultTime, entity?.listOrder]) {
      const dimension = catalogue.dimensions.get(one ?? '');
      if (!dimension) continue;
      dimensionIds.add(dimension.id);
      for (const home of [dimension, ...(dimension.also ?? [])]) entityIds.add(home.entity);
    }
  }
  const all = <T>(known: ReadonlyMap<string, T>, ids: ReadonlySet<string>): T[] =>
    [...known].filter(([id]) => ids.has(id)).map(([, one]) => one);
  return {
    entities: all(catalogue.entities, entityIds),
    dimensions: all(catalogue.dimensions, dimensionIds),
    metrics,
  };
}

const datatypes = {
  text: 'String',
  number: 'Decimal',
  boolean: 'Boolean',
  date: 'Date',
  instant: 'DateTimeTz',
} as const;

function datasetOf(
  catalogue: Catalogue,
  entity: EntityDefinition,
  dimensions: readonly DimensionDefinition[],
  written: WrittenDefinitions,
): unknown {
  const own = dimensions.filter((dimension) => dimension.entity === entity.id);
  return {
    name: entity.id,
    source: entity.table,
    ...(Object.hasOwn(entity.columns, entity.key) && { primary_key: [entity.key] }),
    description: `${entity.label.many}, one row each.`,
    ai_context: { synonyms: [entity.label.one, entity.label.many, ...entity.synonyms] },
    fields: own.map((dimension) => ({
      name: dimension.id,
      expression: {
        dialects: [{ dialect: 'ANSI_SQL', expression: fieldExpression(catalogue, dimension) }],
      },
      dimension: { is_time: dimension.type === 'date' || dimension.type === 'instant' },
      description: dimension.description,
      datatype: datatypes[dimension.type],
      ai_context: { synonyms: [dimension.label, ...dimension.synonyms] },
      custom_extensions: extension(shape(written.dimension.get(dimension.id), dimension)),
    })),
    custom_extensions: extension(shape(written.entity.get(entity.id), entity)),
  };
}

function relationshipsOf(catalogue: Catalogue, entity: EntityDefinition): readonly unknown[] {
  return Object.entries(entity.joins).map(([name, join]) => ({
    name: `${entity.id}_${name}`,
    from: entity.id,
    to: join.entity,
    from_columns: [join.column],
    to_columns: [join.to ?? entityById(catalogue, join.entity)?.key ?? 'id'],
  }));
}

/** As it stands in the files, with the words that were added elsewhere. */
function shape(
  definition: WrittenDefinition | undefined,
  built: {
    readonly synonyms: readonly string[];
    readonly hidden?: true;
    readonly values?: DimensionDefinition['values'];
  },
): unknown {
  return {
    ...definition?.raw,
    synonyms: built.synonyms,
    ...(built.hidden && { hidden: true }),
    ...(built.values && built.values.length > 0 && { values: built.values }),
  };
}

const extension = (data: unknown): readonly unknown[] => [
  { vendor_name: vendor, data: JSON.stringify(data) },
];
