import type { Ambiguity, Reading as Meant } from '../../../catalogue/ambiguous.ts';
import type { Catalogue, MetricDefinition } from '../../../catalogue/catalogue.ts';
import { simpleParts } from '../../../catalogue/lookup.ts';
import { entityOfSpan, meaningsOf } from '../compose/draft.ts';
import type { Edit, Put } from '../edit.ts';
import type { Span } from '../span.ts';
import type { Understanding } from '../understand.ts';
import { findPhrase, type PhrasePlace, plainWords } from './find-phrase.ts';
import type { OpenPoint, OpenReading } from './open-point.ts';

/** The longest ambiguous word of a question that nothing beside it settles. */
export function findOpenWord(understood: Understanding, catalogue: Catalogue): OpenPoint | null {
  const found = catalogue.ambiguous
    .flatMap((ambiguity) =>
      ambiguity.words.flatMap((phrase) => {
        const place = findPhrase(understood, phrase);
        return place ? [{ ambiguity, place }] : [];
      }),
    )
    .sort((left, right) => lengthOf(right.place) - lengthOf(left.place));
  const [first] = found;
  // The same word may be open in one way alone and in another one beside a name.
  const longest = found
    .filter(({ place }) => first !== undefined && lengthOf(place) === lengthOf(first.place))
    .find((one) => !isSettled(understood, catalogue, one));
  if (!longest) return null;
  const { ambiguity, place } = longest;
  const readings = readingsOf(understood, catalogue, ambiguity, place).map(
    ({ put, ...shown }): OpenReading => {
      const period = understood.time.range === null && ambiguity.period !== null ? [ambiguity.period] : [];
      return { ...shown, edits: editsFor(understood, place, put, period) };
    },
  );
  const words = [...place.first, ...place.second]
    .map((index) => understood.reading.tokens[index]?.text ?? '')
    .join(' ');
  const { question, alone } = ambiguity;
  return { question, words, yields: place.second.length > 0, readings, ...(alone && { isWhole: true }) };
}

interface Found {
  readonly ambiguity: Ambiguity;
  readonly place: PhrasePlace;
}

const lengthOf = ({ first, second }: PhrasePlace): number => first.length + second.length;

/** Words that say how a figure is computed, not which one it is. */
const aggregates = /^(?:average|median|p90|total|overall|typical)$/;

function isSettled(understood: Understanding, catalogue: Catalogue, { ambiguity, place }: Found): boolean {
  const { reading, spans } = understood;
  const own = new Set([...place.first, ...place.second]);
  const isOwn = (index: number): boolean => own.has(index);
  const touching = spans.filter((span) => span.indexes.some(isOwn));
  const others = spans.filter((span) => !span.indexes.some(isOwn));
  // "Median by team": by what it is split says nothing of what it is.
  const isGroup = (span: Span): boolean =>
    /^(?:by|per)$/.test(reading.tokens[span.from - 1]?.word ?? '') &&
    meaningsOf(span, 'dimension').length > 0;
  const isEntity = touching.some((span) => entityOfSpan(catalogue, span) !== null);
  const isAggregate = [...own].every((index) => aggregates.test(reading.tokens[index]?.word ?? ''));
  if (isAggregate && others.some((span) => meaningsOf(span, 'entity').length > 0 && !isGroup(span)))
    return true;
  if (ambiguity.alone && !isAllThereIs(understood, own)) return true;
  if (ambiguity.bare && !isBare(understood, others, isEntity)) return true;
  return (
    touching.some((span) => settles(reading.tokens, span, own, ambiguity)) ||
    others.some((span) => isFigure(catalogue, span)) ||
    // "tickets of the category performance": the word is a condition on rows that are named.
    (touching.some((span) => span.indexes.length === own.size && isValue(understood, catalogue, span)) &&
      others.some((span) => entityOfSpan(catalogue, span) !== null))
  );
}

/** Whether a phrase of the catalogue holds more than the ambiguous words, and so says which figure is meant. */
function settles(
  tokens: Understanding['reading']['tokens'],
  span: Span,
  own: ReadonlySet<number>,
  { means }: Ambiguity,
): boolean {
  const more = span.indexes.filter((index) => !own.has(index));
  // "Response time of my tickets" is none of "responses per ticket", of which it holds two words far apart.
  const isApart = span.to - span.from > span.indexes.length && own.size > 1;
  if (isApart && [...own].some((index) => !span.indexes.includes(index))) return false;
  const isAll = more.length === 0 && span.indexes.length === own.size;
  if (more.some((index) => !aggregates.test(tokens[index]?.word ?? ''))) return true;
  // A figure that is called exactly so and is none of the meanings is what somebody's own catalogue made of the word.
  const metrics = meaningsOf(span, 'metric');
  const isKnown = metrics.some(({ id }) => means.some(({ as }) => as.kind === 'metric' && as.id === id));
  return isAll && metrics.length > 0 && !isKnown && meaningsOf(span, 'entity').length === 0;
}

/** "In time" is said in both words; "time" alone is no such state. */
function isValue({ reading }: Understanding, catalogue: Catalogue, span: Span): boolean {
  const asked = ` ${reading.tokens.map((token) => token.word).join(' ')} `;
  return meaningsOf(span, 'value').some(({ dimension, value }) => {
    const known = catalogue.dimensions.get(dimension)?.values.find((one) => one.value === value);
    const names = known ? [known.value.replaceAll('_', ' '), known.label, ...known.synonyms] : [value];
    return names.some((name) => asked.includes(` ${plainWords(name).join(' ')} `));
  });
}

const isFigure = (catalogue: Catalogue, span: Span): boolean =>
  meaningsOf(span, 'metric').length > 0 && entityOfSpan(catalogue, span) === null;

const saysNothing =
  /^(?:our|my|the|total|what|is|was|show|me|give|how|much|of|in|for|did|do|have|had|we|so|far|please|and|us|tell)$/;

const computes =
  /^(?:cumulative|accumulated|running|rolling|moving|growth|change|average|mean|median|percent|percentage|share|chart|graph|trend)$/;

/** The word and a period: no comparison, no course, nothing that it would be of. */
function isAllThereIs(understood: Understanding, own: ReadonlySet<number>): boolean {
  const { reading, kind, time, grain, ranking, names, numbers, spans } = understood;
  const isPlain = time.compare === 'none' && !kind.isTrend && grain === null && ranking === null;
  return (
    isPlain &&
    time.range !== null &&
    names.length + numbers.length === 0 &&
    spans.every((span) => span.indexes.every((index) => own.has(index))) &&
    reading.tokens.every(
      ({ index, kind: sort, lower }) =>
        own.has(index) ||
        sort !== 'word' ||
        saysNothing.test(lower) ||
        (!reading.isFree(index) && !computes.test(lower)),
    )
  );
}

/** Records that are named by a word of their own are counted over a period; listed or grouped they are clear. */
function isBare(understood: Understanding, others: readonly Span[], isEntity: boolean): boolean {
  const { kind, time, names, numbers, ranking, grain, subject } = understood;
  // "Churn by month", "the five worst months for churn": its course, whichever is meant.
  const isPlain = grain === null ? ranking === null : !isEntity;
  const isAlone = others.length === 0 && names.length + numbers.length === 0 && isPlain;
  if (!isEntity) return isAlone;
  // "Escalations older than 14 days" are those that are open, which only one kind of them is.
  const hasPeriod = (time.range !== null && time.range.kind !== 'older') || time.conflict !== null;
  return isAlone && hasPeriod && !kind.isList && subject === 'none';
}

/** What the word may mean, nearest to the records that the question names. */
function readingsOf(
  { spans }: Understanding,
  catalogue: Catalogue,
  ambiguity: Ambiguity,
  place: PhrasePlace,
): readonly Shown[] {
  const all = [...ambiguity.means, ...(ambiguity.rates ? ratesOf(catalogue, ambiguity) : [])];
  const shown = all.flatMap((one) => {
    const put = putOf(catalogue, one);
    return put ? [{ ...put, metric: one.as.kind === 'metric' ? one.as.id : null }] : [];
  });
  const beside = spans.filter((span) => !span.indexes.some((index) => place.first.includes(index)));
  const named = new Set(beside.flatMap((span) => meaningsOf(span, 'entity').map(({ id }) => id)));
  const near = shown.filter(({ metric }) => {
    const known = metric === null ? undefined : catalogue.metrics.get(metric);
    return known !== undefined && isOf(catalogue, known, named);
  });
  return (near.length > 0 ? near : shown).map(({ metric: _, ...one }) => one);
}

interface Shown extends Pick<OpenReading, 'label' | 'isFixed'> {
  readonly put: Put;
}

/** Null for a metric that the asker's role does not know. */
export function putOf(catalogue: Catalogue, { as, label }: Meant): Shown | null {
  if (as.kind === 'words')
    return { label: label ?? as.text, isFixed: true, put: { kind: 'words', text: as.text } };
  const metric = catalogue.metrics.get(as.id);
  if (!metric || metric.hidden === true) return null;
  const put: Put = { kind: 'meaning', label: metric.label, meaning: { kind: 'metric', id: as.id } };
  return { label: label ?? metric.label, isFixed: label !== null, put };
}

const isOf = (catalogue: Catalogue, metric: MetricDefinition, entities: ReadonlySet<string>): boolean =>
  simpleParts(catalogue, metric).some((part) => entities.has(part.entity));

/** Every other percentage that is called a rate. */
function ratesOf(catalogue: Catalogue, { means }: Ambiguity): readonly Meant[] {
  const known = new Set(means.flatMap(({ as }) => (as.kind === 'metric' ? [as.id] : [])));
  return [...catalogue.metrics.values()]
    .filter(({ id, label, format }) => format.kind === 'percent' && /\brate\b/i.test(label) && !known.has(id))
    .map(({ id }) => ({ as: { kind: 'metric', id }, label: null }));
}

function editsFor(
  { reading }: Understanding,
  { first, second }: PhrasePlace,
  put: Put,
  period: readonly string[],
): readonly Edit[] {
  const end = reading.tokens.length;
  const isAggregate = first.every((index) => aggregates.test(reading.tokens[index]?.word ?? ''));
  const to = (first.at(-1) ?? 0) + 1;
  // "Median by priority" stays a median, of something.
  const from = isAggregate ? to : (first[0] ?? 0);
  return [
    // From the end, so that the places before it stay where they are.
    ...period.map((text): Edit => ({ from: end, to: end, put: [{ kind: 'words', text }] })),
    ...(second.length === 0
      ? []
      : [{ from: second[0] ?? 0, to: (second.at(-1) ?? 0) + 1, put: [] } satisfies Edit]),
    { from, to, put: [put] },
  ];
}
