import type { Catalogue } from './catalogue.ts';
import type { WrittenDefinitions } from './layers.ts';
import { namesOf, namesOfEntity, normalWords } from './lookup.ts';
import { MetricsById } from './metrics-by-id.ts';

/**
 * Words of one's own directory win: where a metric or entity of it is called by a synonym of a shipped one, the shipped
 * one loses that synonym. Labels and ids are never lost; two of those that collide are a mistake. Dimensions keep their
 * words, since the records they stand on tell them apart.
 */
export function yieldWords(catalogue: Catalogue, written: WrittenDefinitions): Catalogue {
  const isOwn = (kind: 'metric' | 'entity', id: string): boolean =>
    (written[kind].get(id)?.layer.depth ?? 0) > 0;
  const taken = (kind: 'metric' | 'entity', named: readonly (readonly [string, readonly string[]])[]) =>
    new Set(named.filter(([id]) => isOwn(kind, id)).flatMap(([, names]) => names));
  const metricWords = taken(
    'metric',
    [...catalogue.metrics].map(([id, one]) => [id, namesOf(one)]),
  );
  const entityWords = taken(
    'entity',
    [...catalogue.entities].map(([id, one]) => [id, namesOfEntity(one)]),
  );
  const withoutTaken = <T extends { readonly id: string; readonly synonyms: readonly string[] }>(
    one: T,
    kind: 'metric' | 'entity',
    words: ReadonlySet<string>,
  ): T => {
    if (isOwn(kind, one.id) || !one.synonyms.some((word) => words.has(normalWords(word)))) return one;
    return { ...one, synonyms: one.synonyms.filter((word) => !words.has(normalWords(word))) };
  };
  return {
    ...catalogue,
    metrics: new MetricsById(
      [...catalogue.metrics].map(([id, one]) => [id, withoutTaken(one, 'metric', metricWords)]),
    ),
    entities: new Map(
      [...catalogue.entities].map(([id, one]) => [id, withoutTaken(one, 'entity', entityWords)]),
    ),
  };
}
