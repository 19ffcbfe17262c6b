import type { DimensionDefinition, MetricDefinition } from '../../../catalogue/catalogue.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import type { Span } from '../span.ts';
import type { Token } from '../token.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { saysHowMuch } from './bare-words.ts';
import type { Choice } from './choose-metrics.ts';
import { type Draft, entityOfSpan, isAfter, isCountOf, meaningsOf } from './draft.ts';
import { groupMarker } from './group-by.ts';
import { homeOfLacking } from './lacking-event.ts';
import { refuse, Unplannable } from './problem.ts';
import { reachable } from './reach.ts';
import { describedRecords } from './unnamed-records.ts';

/**
 * "How many P1s are open", "calls and meetings last week", "how much is in commit": values that stand for the records
 * that have them. Null where nothing but a plural, a count or an amount would make records of an adjective.
 */
export function entityOfValues(draft: Draft): string | null {
  const { spans, kind, reading } = draft.understood;
  const values = spans.filter(
    (span) => !draft.used.has(span) && meaningsOf(span, 'value').length > 0 && !namesGroups(draft, span),
  );
  const nouns = values.filter(
    (span) =>
      isPlural(draft, span) || follows(span, kind.countAt) || saysHowMuch(draft) || isRankedKind(draft, span),
  );
  const [noun] = nouns.length > 0 ? nouns : ownValues(draft, values);
  if (!noun) return null;
  // "Reps with no calls": those who have none of them, and not the others that they have.
  const [article, verb] = [
    reading.tokens[noun.from - 1]?.lower ?? '',
    reading.tokens[noun.from - 2]?.lower ?? '',
  ];
  if (/^(?:no|zero|any)$/.test(article) && /^(?:with|without|having|have|had|made|logged)$/.test(verb))
    throw refuse('unclear', `who has no ${noun.words}: ask for how many each has`);
  const home = homeOf(draft, noun);
  // "P1s came in", "unsolved P2s": a word that is called so beside the usual records speaks of them.
  const isCalled = home !== null && hasFigure(draft, home);
  const entity = isCalled ? home : (homeOfAll(draft, values) ?? home);
  if (entity === null) return null;
  if (nouns.length > 0) askHomes(draft, noun, entity);
  if (nouns.length > 0 && entity !== homeOf(draft, noun)) askKinds(draft, noun, homeOf(draft, noun));
  if (nouns.length > 1) showEach(draft, nouns);
  reading.note('records by a value', `${noun.words}: ${entity}`);
  return entity;
}

/** "Lead sources": what records can be split by is called so, and is no kind of them. */
const namesGroups = ({ catalogue }: Draft, span: Span): boolean =>
  meaningsOf(span, 'dimension').some(({ id }) => {
    const dimension = catalogue.dimensions.get(id);
    return dimension?.type === 'text' && dimension.groupable;
  });

/**
 * "customer meetings per rep": where the only other nouns are singular and no grouping, a plural kind of record is what
 * is counted.
 */
export function isKindOfRecord(draft: Draft, heads: readonly Span[]): boolean {
  const { spans, reading } = draft.understood;
  const noun = spans.find(
    (span) =>
      !draft.used.has(span) &&
      isPlural(draft, span) &&
      meaningsOf(span, 'value').some(({ dimension }) => {
        const known = draft.catalogue.dimensions.get(dimension);
        return known?.path === 'kind' && known.values.length > 0;
      }),
  );
  if (noun === undefined) return false;
  const before = heads.filter((head) => head.to === noun.from && isSingular(draft, head));
  // "Meetings with customers": with whom they are is no other kind of records.
  const behind = heads.filter(
    (head) => head.from > noun.to && isAfter(draft, head, /^(?:with|for|at|by|from)$/, 3),
  );
  if (before.length + behind.length !== heads.length) return false;
  for (const head of before) if (entityOfSpan(draft.catalogue, head) !== null) draft.used.add(head);
  reading.note('records by a value', noun.words);
  return true;
}

const isSingular = (draft: Draft, span: Span): boolean => {
  const last = draft.understood.reading.tokens[span.to - 1];
  return last !== undefined && !/s$/.test(last.lower);
};

/** "Number of P1s": tickets or incidents? With a state or an event beside it ("P1s open"), the first kind is meant. */
function askHomes(draft: Draft, noun: Span, entity: string): void {
  const { catalogue } = draft;
  const dimensions = [...new Set(meaningsOf(noun, 'value').map(({ dimension }) => dimension))].flatMap(
    (id) => catalogue.dimensions.get(id) ?? [],
  );
  const first = dimensions.find((one) => one.entity === entity);
  const others = dimensions.filter(
    (one) =>
      one.entity !== entity &&
      one.hidden !== true &&
      isCounted(draft, one.entity) &&
      hasGroups(draft, one.entity),
  );
  if (!first || others.length === 0 || first.path === 'kind' || hasFigure(draft, entity)) return;
  ask(draft, noun, [first, ...others]);
}

/** "E-mails sent": those that were logged, or messages of that channel? */
function askKinds(draft: Draft, noun: Span, kind: string | null): void {
  const dimensions = meaningsOf(noun, 'value').flatMap(
    ({ dimension }) => draft.catalogue.dimensions.get(dimension) ?? [],
  );
  if (dimensions.some(({ path, entity }) => path === 'kind' && entity === kind)) ask(draft, noun, dimensions);
}

/** "Naomi's commit for Q1": values of a property that is always asked for by the same figure. */
export function measureOfValues(draft: Draft): Choice | null {
  const { catalogue, understood } = draft;
  if (understood.kind.countAt !== null || understood.kind.isList) return null;
  const free = understood.spans.filter((span) => !draft.used.has(span) && !groupMarker(draft, span));
  const measures = free.flatMap((span) =>
    meaningsOf(span, 'value').flatMap(({ dimension }) => catalogue.dimensions.get(dimension)?.measures ?? []),
  );
  const [id] = measures;
  return id === undefined || measures.some((other) => other !== id)
    ? null
    : { figures: [[id]], entity: null, isImplied: false };
}

/** "The oldest meeting": one record of that kind. */
const isRankedKind = ({ catalogue, understood: { ranking } }: Draft, span: Span): boolean =>
  span.from === (ranking?.at ?? -2) + 1 &&
  meaningsOf(span, 'value').some(({ dimension }) => catalogue.dimensions.get(dimension)?.path === 'kind');

/** Each option is the whole question with one meaning of the word. */
function ask(draft: Draft, noun: Span, dimensions: readonly DimensionDefinition[]): void {
  const { understood, catalogue } = draft;
  const options = dimensions.slice(0, 4).flatMap((dimension) => {
    const meanings = noun.meanings.filter((one) => one.kind === 'value' && one.dimension === dimension.id);
    const spans = understood.spans.map((one) => (one === noun ? { ...one, meanings } : one));
    const composed = draft.recompose?.({ ...understood, spans }, catalogue);
    const label = composed?.kind === 'plan' ? recordsOf(draft, composed.plan, dimension) : '';
    return composed?.kind === 'plan'
      ? [{ label: `${noun.words}: ${label}`.slice(0, 70), plan: composed.plan }]
      : [];
  });
  if (options.length > 1)
    throw new Unplannable({ kind: 'ask', question: `“${noun.words}” of which records?`, options });
}

function recordsOf({ catalogue }: Draft, plan: QueryPlan, dimension: DimensionDefinition): string {
  const metric = plan.kind === 'metric' ? catalogue.metrics.get(plan.metrics[0] ?? '') : undefined;
  const entity =
    plan.kind === 'list' ? plan.entity : metric?.type === 'simple' ? metric.entity : dimension.entity;
  return catalogue.entities.get(entity)?.label.many ?? dimension.label;
}

/** Whether the records themselves know what is grouped by: incidents have no agent. */
const hasGroups = (draft: Draft, entity: string): boolean =>
  draft.understood.spans
    .filter((span) => meaningsOf(span, 'dimension').length > 0 && groupMarker(draft, span))
    .every((span) => {
      const ids = meaningsOf(span, 'dimension').map(({ id }) => id);
      return reachable(draft.catalogue, entity, ids).length > 0;
    });

/** Records that are counted as such. */
const isCounted = ({ catalogue }: Draft, entity: string): boolean =>
  (vocabularyOf(catalogue).phrases.get(`@${entity}`)?.meanings ?? []).some((one) => one.kind === 'metric');

/** "Which are not connected": asked for by a property that only one kind of record has. */
function ownValues(draft: Draft, values: readonly Span[]): readonly Span[] {
  const { kind, spans } = draft.understood;
  if (!kind.isList || spans.some((span) => !draft.used.has(span) && !values.includes(span))) return [];
  return values.filter((span) => {
    const homes = meaningsOf(span, 'value').map(({ dimension }) => draft.catalogue.dimensions.get(dimension));
    return homes.length === 1 && homes[0] !== undefined && (homes[0].also ?? []).length === 0;
  });
}

/** The one kind of record that has each of several values as its own. */
function homeOfAll(draft: Draft, values: readonly Span[]): string | null {
  if (values.length < 2) return null;
  const homes = values.map((span) =>
    meaningsOf(span, 'value').flatMap(({ dimension }) => {
      const known = draft.catalogue.dimensions.get(dimension);
      return known === undefined ? [] : [known.entity, ...(known.also ?? []).map(({ entity }) => entity)];
    }),
  );
  const [first = [], ...rest] = homes;
  const shared = [...new Set(first)].filter((entity) => rest.every((more) => more.includes(entity)));
  return shared.length === 1 ? (shared[0] ?? null) : null;
}

const follows = (span: Span, at: number | null): boolean =>
  at !== null && span.from > at && span.from - at <= 2;

function isPlural(draft: Draft, span: Span): boolean {
  const last = draft.understood.reading.tokens[span.to - 1];
  if (last === undefined || last.kind !== 'word' || last.lower === last.word) return false;
  // "Americas" is one region.
  const isName = meaningsOf(span, 'value').some(
    ({ label }) => label.toLowerCase() === span.words.toLowerCase(),
  );
  return !isName && /s$/.test(last.lower);
}

/** Records of the dimension that calls them so: a kind of record ("call") before a property of one ("e-mail" as a channel). */
function homeOf(draft: Draft, span: Span): string | null {
  const lacking = homeOfLacking(draft, span);
  if (lacking !== null) return lacking;
  const dimensions = meaningsOf(span, 'value').flatMap(({ dimension }) => {
    const known = draft.catalogue.dimensions.get(dimension);
    return known === undefined || known.hidden === true ? [] : [known];
  });
  const kinds = dimensions.filter(({ path }) => path === 'kind');
  const declared = kinds.filter(({ values }) => values.length > 0);
  const [best] = declared.length > 0 ? declared : kinds.length > 0 ? kinds : dimensions;
  return best?.entity ?? null;
}

/** Records that no word names, by what is said of them; of several kinds the reader says which. */
export function entityOfDescription(draft: Draft): string | null {
  const homes = describedRecords(draft, (entity) => isCalledFreely(draft, entity));
  const [only, another] = homes;
  if (only === undefined) return null;
  draft.understood.reading.note('records by what is said of them', homes.join(', or '));
  if (another === undefined) {
    draft.isDescribed = true;
    return only;
  }
  for (const span of draft.understood.spans) {
    const dimensions = meaningsOf(span, 'value').flatMap(
      ({ dimension }) => draft.catalogue.dimensions.get(dimension) ?? [],
    );
    const apart = dimensions.filter(({ entity }) => homes.includes(entity));
    if (apart.length > 1) ask(draft, span, apart);
  }
  return null;
}

/** "How many P1s are open": the word that names a state or an event of these records, as it does beside their name. */
export function figureOfValues(draft: Draft, entity: string): MetricDefinition | null {
  const found = namedFigure(draft, entity);
  if (found === null) return null;
  if (found.span) draft.used.add(found.span);
  else draft.usedTokens.add(found.token.index);
  return found.metric;
}

const isCalledFreely = (draft: Draft, entity: string): boolean => {
  const found = namedFigure(draft, entity);
  return found !== null && found.span === undefined;
};

const hasFigure = (draft: Draft, entity: string): boolean => namedFigure(draft, entity) !== null;

function namedFigure(
  draft: Draft,
  entity: string,
): { readonly token: Token; readonly span: Span | undefined; readonly metric: MetricDefinition } | null {
  const { catalogue, understood } = draft;
  const { phrases } = vocabularyOf(catalogue);
  const isOfSpan = ({ index }: Token): boolean =>
    understood.spans.some(({ indexes }) => indexes.includes(index));
  // What no span took has no other place.
  const tokens = understood.reading.tokens.toSorted(
    (left, right) => Number(isOfSpan(left)) - Number(isOfSpan(right)),
  );
  for (const token of tokens) {
    const span = understood.spans.find(({ indexes }) => indexes.includes(token.index));
    const isTaken = span === undefined ? !understood.reading.isFree(token.index) : draft.used.has(span);
    if (token.kind !== 'word' || isTaken || (span !== undefined && span.indexes.length > 1)) continue;
    if (span === undefined && !/^un|(?:ed|ing)$/.test(token.word)) continue;
    for (const key of [`${token.word} @${entity}`, `@${entity} ${token.word}`])
      for (const one of phrases.get(key)?.meanings ?? []) {
        const metric = one.kind === 'metric' ? catalogue.metrics.get(one.id) : undefined;
        if (metric !== undefined && isCountOf(catalogue, metric, entity)) return { token, span, metric };
      }
  }
  return null;
}

/** "calls, emails and meetings": each of them. */
function showEach(draft: Draft, nouns: readonly Span[]): void {
  const shared = meaningsOf(nouns[0] as Span, 'value')
    .map(({ dimension }) => dimension)
    .filter((id) => draft.catalogue.dimensions.get(id)?.path === 'kind')
    .find((id) => nouns.every((span) => meaningsOf(span, 'value').some((one) => one.dimension === id)));
  const isSplit = draft.understood.spans.some((span) => groupMarker(draft, span));
  // "Calls and meetings per rep": each of both; where somebody is ranked by them, they count together.
  if (shared === undefined || (isSplit && draft.understood.ranking !== null)) return;
  draft.groupBy = [...draft.groupBy, { dimension: shared }];
}
