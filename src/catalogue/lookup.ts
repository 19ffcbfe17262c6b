import type {
  Catalogue,
  DimensionDefinition,
  EntityDefinition,
  MetricDefinition,
  SimpleMetric,
} from './catalogue.ts';
import { entityById, findWay } from './paths.ts';

/** Lower case, one space between words, no punctuation at the ends: the form in which words are compared. */
export function normalWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[_\-\s]+/g, ' ')
    .replaceAll(/^[\s"'.,!?]+|[\s"'.,!?]+$/g, '');
}

/** Every word that names a metric or dimension: id, label and synonyms, in normal form, without repeats. */
export function namesOf(definition: MetricDefinition | DimensionDefinition): readonly string[] {
  const known = namesOfDefinitions.get(definition);
  if (known) return known;
  const names = distinct([definition.id, definition.label, ...definition.synonyms]);
  namesOfDefinitions.set(definition, names);
  return names;
}

/** A definition does not change, and its names are compared with every word of every question. */
const namesOfDefinitions = new WeakMap<MetricDefinition | DimensionDefinition, readonly string[]>();

export function namesOfEntity(entity: EntityDefinition): readonly string[] {
  return distinct([entity.id, entity.label.one, entity.label.many, ...entity.synonyms]);
}

/** Exact look-up of a metric by id, label or synonym; typing mistakes are the planner's business. */
export function findMetric(catalogue: Catalogue, words: string): MetricDefinition | null {
  const wanted = normalWords(words);
  for (const metric of catalogue.metrics.values()) if (namesOf(metric).includes(wanted)) return metric;
  return null;
}

export function findEntity(catalogue: Catalogue, words: string): EntityDefinition | null {
  const wanted = normalWords(words);
  for (const entity of catalogue.entities.values()) if (namesOfEntity(entity).includes(wanted)) return entity;
  return null;
}

/** Dimensions with this name that rows of the entity reach, nearest first: "status" of a ticket is the ticket's own. */
export function findDimensions(
  catalogue: Catalogue,
  entityId: string,
  words: string,
): readonly DimensionDefinition[] {
  const wanted = normalWords(words);
  return dimensionsOf(catalogue, entityId).filter((dimension) => namesOf(dimension).includes(wanted));
}

/** Every dimension that rows of the entity reach, nearest first. */
export function dimensionsOf(catalogue: Catalogue, entityId: string): readonly DimensionDefinition[] {
  const known = reachedDimensions.get(catalogue) ?? new Map<string, readonly DimensionDefinition[]>();
  reachedDimensions.set(catalogue, known);
  const dimensions = known.get(entityId) ?? seekDimensions(catalogue, entityId);
  known.set(entityId, dimensions);
  return dimensions;
}

/** They do not change while their catalogue lives. */
const reachedDimensions = new WeakMap<Catalogue, Map<string, readonly DimensionDefinition[]>>();

function seekDimensions(catalogue: Catalogue, entityId: string): readonly DimensionDefinition[] {
  return [...catalogue.dimensions.values()]
    .map((dimension) => ({ dimension, way: findWay(catalogue, entityId, dimension) }))
    .flatMap(({ dimension, way }) => (way ? [{ dimension, distance: way.distance }] : []))
    .sort((a, b) => a.distance - b.distance)
    .map(({ dimension }) => dimension);
}

/** The simple metrics behind a metric: itself, numerator and denominator, or those in its formula. */
export function simpleParts(catalogue: Catalogue, metric: MetricDefinition): readonly SimpleMetric[] {
  if (metric.type === 'simple') return [metric];
  const ids = metric.type === 'derived' ? metric.parts : [metric.numerator, metric.denominator];
  return ids.flatMap((id) => {
    const part = catalogue.metrics.get(id);
    return part?.type === 'simple' ? [part] : [];
  });
}

/** Entity whose rows a metric counts. */
export function entityOf(catalogue: Catalogue, metric: MetricDefinition): EntityDefinition | null {
  const [first] = simpleParts(catalogue, metric);
  return first ? (entityById(catalogue, first.entity) ?? null) : null;
}

/** Stored value that a word stands for in a closed vocabulary ("P1" -> `urgent`), or null. */
export function findValue(dimension: DimensionDefinition, word: string): string | null {
  const wanted = normalWords(word);
  const hit = dimension.values.find(({ value, label, synonyms }) =>
    distinct([value, label, ...synonyms]).includes(wanted),
  );
  return hit?.value ?? null;
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words.map(normalWords))];
}

/** Unit of scores on a scale (health, NPS, sentiment), whose nought is a convention: a percentage of one says nothing. */
export const scaleUnit = 'points';

/** Shares and scores change by points, everything else by a share of what it was. */
export const changesByPoints = ({ format, unit }: MetricDefinition): boolean =>
  format.kind === 'percent' || unit === scaleUnit;
