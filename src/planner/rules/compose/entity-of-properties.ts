import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { Span } from '../span.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { type Draft, meaningsOf } from './draft.ts';
import { homeOfLacking } from './lacking-event.ts';
import { isNamed } from './ranked-nouns.ts';
import { namingDimension } from './reach.ts';

/** "root causes this month": a dimension of one entity speaks for its rows. A record number does so too. */
export function entityFromDimension(draft: Draft): string | null {
  const { understood, catalogue } = draft;
  const code = understood.names.find((name) => name.isCode);
  if (code && codePrefix(code.text) === '') return numberedEntity(draft);
  const coded = entityOfCode(draft);
  if (coded !== null) return coded;
  const spans = understood.spans.filter((span) => meaningsOf(span, 'dimension').length > 0);
  const lacking = spans.flatMap((span) => homeOfLacking(draft, span) ?? []);
  if (lacking[0] !== undefined) return lacking[0];
  const [first] = spans;
  const told = first && spans.length === 1 && !isNamed(draft, first) ? toldGroup(draft, first) : null;
  if (first && told !== null && understood.grain === null && !understood.kind.isTrend) {
    draft.used.add(first);
    draft.groupBy = [{ dimension: told.dimension }];
    return told.entity;
  }
  const meanings = first ? meaningsOf(first, 'dimension') : [];
  const dimension =
    meanings.length === 1 && meanings[0] ? catalogue.dimensions.get(meanings[0].id) : undefined;
  const [counted] =
    understood.kind.countAt === null && !understood.kind.isList
      ? []
      : understood.spans.flatMap((span) => meaningsOf(span, 'value'));
  const counts = counted && catalogue.dimensions.get(counted.dimension);
  if (counts && namingDimension(catalogue, counts.entity) !== null) return counts.entity;
  if (understood.grain !== null || understood.kind.isTrend) return null;
  if (dimension?.type === 'number' && understood.numbers.length > 0) return dimension.entity;
  const isOwn = dimension !== undefined && (dimension.also ?? []).length === 0 && dimension.groupable;
  const named =
    understood.names.length === 1 && understood.ranking === null ? entityOfAll(draft, spans) : null;
  const isText = isOwn && dimension.type === 'text' && !isNamed(draft, first as Span);
  if (named !== null && (spans.length > 1 || !isText)) return named;
  if (!first || !isOwn || spans.length !== 1 || isNamed(draft, first)) return null;
  draft.used.add(first);
  draft.groupBy = [{ dimension: dimension.id }];
  return dimension.entity;
}

/** "Lead sources", "top 5 ticket categories": the records by which a property is called, with that property of theirs. */
function toldGroup(
  { catalogue, understood: { reading } }: Draft,
  span: Span,
): { readonly entity: string; readonly dimension: string } | null {
  const { keyOf } = vocabularyOf(catalogue);
  const said = new Set(span.indexes.map((index) => keyOf(reading.tokens[index]?.word ?? '')));
  const found = meaningsOf(span, 'dimension').flatMap(({ id }) => {
    const dimension = catalogue.dimensions.get(id);
    if (dimension?.type !== 'text' || !dimension.groupable) return [];
    const homes = [dimension.entity, ...(dimension.also ?? []).map(({ entity }) => entity)];
    return homes.filter((entity) => said.has(`@${entity}`)).map((entity) => ({ entity, dimension: id }));
  });
  const [only, another] = found;
  return span.indexes.length > 1 && only && !another ? only : null;
}

const codePrefix = (text: string): string => (/^[A-Za-z]+/.exec(text)?.[0] ?? '').toLowerCase();

/** "CE-101": the records whose numbers begin so; null where no number is said, or none begins so. */
export function entityOfCode({ catalogue, understood }: Draft): string | null {
  const code = understood.names.find((name) => name.isCode);
  const prefix = codePrefix(code?.text ?? '');
  if (prefix === '') return null;
  for (const dimension of catalogue.dimensions.values())
    if (/number$/.test(dimension.id) && dimension.synonyms.includes(prefix)) return dimension.entity;
  return null;
}

/** "Foxglove tier and region", "Xenith renewal date": the one kind of record that has each of these as its own. */
function entityOfAll({ catalogue }: Draft, spans: readonly Span[]): string | null {
  const homes = spans.map(
    (span) =>
      new Set(meaningsOf(span, 'dimension').flatMap(({ id }) => catalogue.dimensions.get(id)?.entity ?? [])),
  );
  const [first, ...others] = homes;
  const shared = [...(first ?? [])].filter((entity) => others.every((home) => home.has(entity)));
  const [only, another] = shared;
  return only !== undefined && another === undefined ? only : null;
}

/** "00011846 priority", "due time of 00011846": the records that are known by a plain number, or have one that is. */
function numberedEntity(draft: Draft): string | null {
  const { catalogue, understood } = draft;
  const spans = understood.spans.filter((span) => meaningsOf(span, 'dimension').length > 0);
  const home = spans.length === 0 ? null : entityOfAll(draft, spans);
  const isNumbered =
    home !== null && dimensionsOf(catalogue, home).some(({ path }) => /(?:^|\.)number$/.test(path));
  if (isNumbered) return home;
  const [only, another] = [...catalogue.dimensions.values()].filter(
    ({ path, type }) => path === 'number' && type === 'text',
  );
  return only !== undefined && another === undefined ? only.entity : null;
}
