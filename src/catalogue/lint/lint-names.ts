import type { Catalogue, DimensionDefinition, EntityDefinition, MetricDefinition } from '../catalogue.ts';
import { dimensionsOf, entityOf, namesOf, namesOfEntity, normalWords } from '../lookup.ts';
import type { AreaCheck, LintFinding } from './finding.ts';

/** A table with fewer dimensions of its own than this is narrow: it answers few questions. */
const narrowBelow = 4;

/** Every definition is called by more than its label, and no word means two things or too much. */
export function lintNames(catalogue: Catalogue): AreaCheck {
  const metrics = [...catalogue.metrics.values()];
  const dimensions = [...catalogue.dimensions.values()];
  const entities = [...catalogue.entities.values()];
  const findings = [
    ...[...metrics, ...dimensions].flatMap((one) => fewNames(one)),
    ...entities.flatMap((entity) => fewNames({ ...entity, label: entity.label.one })),
    ...collisions(catalogue, metrics, dimensions),
    ...greedyWords(catalogue, metrics),
    ...ambiguousNames(catalogue, metrics),
  ].map((finding): LintFinding => ({ ...finding, area: 'names' }));
  return { area: 'names', checked: metrics.length + dimensions.length + entities.length, findings };
}

type Named = Omit<LintFinding, 'area'>;

function fewNames(one: {
  readonly id: string;
  readonly label: string;
  readonly synonyms: readonly string[];
  readonly table?: string;
  readonly entity?: string;
  readonly goodDirection?: string;
}): Named[] {
  if (one.synonyms.length > 0) return [];
  const kind = one.table !== undefined ? 'entity' : one.goodDirection !== undefined ? 'metric' : 'dimension';
  const message = `“${one.label}” has no synonyms; add the other words people use for it`;
  return [{ kind, id: one.id, code: 'no-synonyms', message }];
}

/** Metrics among each other are checked when the catalogue is loaded; here a metric and a dimension share a name. */
function collisions(
  catalogue: Catalogue,
  metrics: readonly MetricDefinition[],
  dimensions: readonly DimensionDefinition[],
): Named[] {
  const byName = new Map<string, DimensionDefinition[]>();
  for (const dimension of dimensions)
    for (const name of namesOf(dimension)) byName.set(name, [...(byName.get(name) ?? []), dimension]);
  return metrics.flatMap((metric) => {
    const entity = entityOf(catalogue, metric)?.id;
    return namesOf(metric).flatMap((name): Named[] => {
      // A number column and the sum of it share their name on purpose; a word to group by may not.
      const other = byName
        .get(name)
        ?.find((one) => one.type === 'text' && one.groupable && one.entity !== entity);
      if (!other) return [];
      const message = `“${name}” also names the dimension ${other.id}; take the word from one of them`;
      return [{ kind: 'metric', id: metric.id, code: 'colliding-name', message }];
    });
  });
}

/** A single word of a narrow table takes over every question that holds it. */
function greedyWords(catalogue: Catalogue, metrics: readonly MetricDefinition[]): Named[] {
  const narrow = new Set(
    [...catalogue.entities.values()].filter((entity) => isNarrow(catalogue, entity)).map(({ id }) => id),
  );
  const common = new Set([...catalogue.entities.values()].flatMap(namesOfEntity));
  return metrics.flatMap((metric) => {
    const entity = entityOf(catalogue, metric);
    if (!entity || !narrow.has(entity.id)) return [];
    const words = namesOf(metric).filter(
      (name) => !/[\s_]/.test(name) && common.has(name) && !namesOfEntity(entity).includes(name),
    );
    return words.map(
      (word): Named => ({
        kind: 'metric',
        id: metric.id,
        code: 'greedy-word',
        message: `“${word}” alone takes over questions about other records; use two words, for example “${word} in ${entity.label.many}”`,
      }),
    );
  });
}

/** A word that is asked back names no single figure. */
function ambiguousNames(catalogue: Catalogue, metrics: readonly MetricDefinition[]): Named[] {
  const asked = new Map(
    catalogue.ambiguous
      .filter(({ bare }) => !bare)
      .flatMap(({ id, words }) => words.map((word) => [normalWords(word), id] as const)),
  );
  return metrics.flatMap((metric) =>
    namesOf(metric).flatMap((name): Named[] => {
      const by = asked.get(name);
      if (by === undefined) return [];
      const message = `“${name}” is asked back (ambiguous words: ${by}); take it from the names of this metric, or from those words`;
      return [{ kind: 'metric', id: metric.id, code: 'ambiguous-name', message }];
    }),
  );
}

const isNarrow = (catalogue: Catalogue, entity: EntityDefinition): boolean =>
  dimensionsOf(catalogue, entity.id).filter((one) => one.entity === entity.id).length < narrowBelow;
