import { type Catalogue, metricTime } from '../../../catalogue/catalogue.ts';
import { entityOf, namesOf, namesOfEntity } from '../../../catalogue/lookup.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import { escapePattern } from '../../../toolkit/escape-pattern.ts';

/** What an answer shows, and how people call what is in it. */
export interface Shown {
  readonly previous: QueryPlan;
  readonly catalogue: Catalogue;
  /** What its records are called, as alternatives of a pattern: "ticket|tickets|case|cases". */
  readonly nouns: string;
  /** What it is split by, likewise; matches nothing where it is one number or a list. */
  readonly groups: string;
}

const nothing = '(?!)';

export function shownBy(previous: QueryPlan, catalogue: Catalogue): Shown {
  const metric = previous.kind === 'metric' ? catalogue.metrics.get(previous.metrics[0] ?? '') : undefined;
  const id = previous.kind === 'list' ? previous.entity : metric && entityOf(catalogue, metric)?.id;
  const entity = id === undefined ? undefined : catalogue.entities.get(id);
  const names = entity === undefined ? [] : namesOfEntity(entity);
  const groups =
    previous.kind === 'list'
      ? []
      : previous.groupBy.flatMap(({ dimension }) =>
          dimension === metricTime ? [] : namesOfDimension(catalogue, dimension),
        );
  return {
    previous,
    catalogue,
    nouns: alternatives(['records', ...names]),
    groups: groups.length === 0 ? nothing : alternatives(groups.flatMap((name) => [...inPlural(name), name])),
  };
}

export function namesOfDimension(catalogue: Catalogue, id: string): readonly string[] {
  const dimension = catalogue.dimensions.get(id);
  return dimension === undefined ? [] : namesOf(dimension);
}

const inPlural = (name: string): readonly string[] =>
  name.endsWith('y') ? [`${name.slice(0, -1)}ies`, `${name}s`] : [`${name}s`, `${name}es`];

const alternatives = (names: readonly string[]): string =>
  [...new Set(names.map((name) => escapePattern(name.toLowerCase())))].join('|');

/** Texts that an answer is narrowed to: "urgent", "Borealis Telecom". */
export const shownValues = (plan: QueryPlan): readonly string[] =>
  plan.where.flatMap(({ any }) =>
    any.flatMap(({ values }) => values.flatMap((value) => (typeof value === 'string' ? [value] : []))),
  );

/** "Borealis" is Borealis Telecom, "urgent ones" are urgent. */
export function isCalled(value: string, said: string): boolean {
  const plain = said.replace(/ (?:ones|tickets|deals|cases|records)$/, '');
  const name = value.toLowerCase();
  return name === plain || name.startsWith(`${plain} `);
}
