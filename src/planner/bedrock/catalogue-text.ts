import type {
  Catalogue,
  DimensionDefinition,
  EntityDefinition,
  MetricDefinition,
} from '../../catalogue/catalogue.ts';
import { dimensionsOf, entityOf, simpleParts } from '../../catalogue/lookup.ts';

/**
 * The catalogue as the model reads it: one line per name, in the order of the files, so that equal catalogues give
 * equal text and the cached prefix holds. What the role may not see is not in it; the caller filtered it.
 */
export function catalogueText(catalogue: Catalogue): string {
  const known = texts.get(catalogue);
  if (known !== undefined) return known;
  const text = [
    'Metrics (id | label | what it counts | entity | time | also called)',
    ...[...catalogue.metrics.values()].map((metric) => metricLine(catalogue, metric)),
    '',
    'Dimensions (id | label | type and use | what it is | also called | stored values)',
    ...[...catalogue.dimensions.values()].map(dimensionLine),
    '',
    'Entities that can be listed (id | label | also called | fields: dimensions usable with it)',
    ...[...catalogue.entities.values()].map((entity) => entityLine(catalogue, entity)),
  ].join('\n');
  texts.set(catalogue, text);
  return text;
}

/** Catalogues are values that live as long as the role they were filtered for. */
const texts = new WeakMap<Catalogue, string>();

function metricLine(catalogue: Catalogue, metric: MetricDefinition): string {
  const isState = simpleParts(catalogue, metric).every((part) => part.timeDimension === null);
  return line([
    metric.id,
    metric.label,
    metric.description,
    entityOf(catalogue, metric)?.id ?? '',
    isState ? 'as of now, takes no time range' : 'takes a time range',
    metric.synonyms.join(', '),
  ]);
}

function dimensionLine(dimension: DimensionDefinition): string {
  const uses = [
    dimension.type,
    dimension.groupable ? 'group' : '',
    dimension.filterable ? 'filter' : '',
  ].filter((use) => use !== '');
  const values = dimension.values.map(({ value, synonyms }) =>
    synonyms.length > 0 ? `${value} (${synonyms.join(', ')})` : value,
  );
  return line([
    dimension.id,
    dimension.label,
    uses.join(' '),
    dimension.description,
    dimension.synonyms.join(', '),
    values.join('; '),
  ]);
}

function entityLine(catalogue: Catalogue, entity: EntityDefinition): string {
  const fields = dimensionsOf(catalogue, entity.id).map(({ id }) => id);
  return line([entity.id, entity.label.many, entity.synonyms.join(', '), `fields: ${fields.join(', ')}`]);
}

/** A label with a line break would look like a line of its own. */
function line(cells: readonly string[]): string {
  return `- ${cells.map((cell) => cell.replaceAll(/[\s|]+/g, ' ').trim()).join(' | ')}`;
}
