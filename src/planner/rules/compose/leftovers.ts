import { entityOf } from '../../../catalogue/lookup.ts';
import { fillerWords } from '../filler-words.ts';
import type { Span } from '../span.ts';
import type { Token } from '../token.ts';
import { type Meaning, vocabularyOf, wordsOf } from '../vocabulary.ts';
import { columnOfMetric, type Draft, entityOfSpan, isCountOf, meaningsOf } from './draft.ts';
import { refuse } from './problem.ts';
import { reachable } from './reach.ts';
import { isSameWord } from './value-order.ts';

/** A content word that nobody consumed could change the answer, so there is none. */
export function refuseLeftovers(draft: Draft): void {
  const left = leftovers(draft);
  if (left.length > 0)
    throw refuse(
      'unknown_word',
      left.join(', '),
      draft.metrics.map((metric) => metric.id),
    );
}

export function leftovers(draft: Draft): readonly string[] {
  const { reading, spans } = draft.understood;
  const ownWords = wordsOfMetrics(draft);
  const isFiller = (index: number): boolean => fillerWords.has(reading.tokens[index]?.lower ?? '');
  const unused = spans.filter(
    (span) =>
      (!draft.used.has(span) || isSaidTwice(draft, span)) &&
      (!repeats(span) || isSplitter(reading.tokens, span.from)) &&
      !(span.indexes.length === 1 && isUnitOfFigure(draft, span.from)) &&
      !span.indexes.every(isFiller) &&
      !isConditionWord(draft, span) &&
      !isOwnEvent(draft, span) &&
      !(span.indexes.length === 1 && isWorkedOn(draft, span.from)) &&
      !span.indexes.every((index) => {
        const token = reading.tokens[index];
        return token?.word === 'make' && isLightVerb(draft, token);
      }),
  );
  const words = reading.tokens.filter(
    (token) =>
      reading.isFree(token.index) &&
      token.kind !== 'comma' &&
      !draft.usedTokens.has(token.index) &&
      (isOneOfSeveral(draft, token) ||
        isSpokenOf(draft, token) ||
        isOthersWish(reading.tokens, token) ||
        !(fillerWords.has(token.word) || fillerWords.has(token.lower))) &&
      !(
        token.index === 0 &&
        (token.word === 'and' || (token.word === 'compare' && draft.groupBy.length > 0))
      ) &&
      !isOwner(draft, token.index) &&
      !isUnitOfFigure(draft, token.index) &&
      !isPhrasing(draft, token.index) &&
      !isLightVerb(draft, token) &&
      !isWorkedOn(draft, token.index) &&
      !pointsBack(draft, token) &&
      !saysCondition(draft, token) &&
      !isCountNoun(draft, token) &&
      !(ownWords.has(token.word) && !isSplitter(reading.tokens, token.index)),
  );
  const places = [
    ...unused.map((span) => ({ at: span.from, words: span.words })),
    ...words.map((token) => ({ at: token.index, words: token.text })),
  ];
  function repeats(span: Span): boolean {
    const isFigure =
      meaningsOf(span, 'metric').length > 0 || isOwnColumn(draft, span) || isOutOfReach(draft, span);
    return isFigure && span.indexes.every((index) => ownWords.has(reading.tokens[index]?.word ?? ''));
  }
  return places.sort((left, right) => left.at - right.at).map((place) => place.words);
}

/** "CSAT, average score": the column that the figure is made of. */
const isOwnColumn = ({ catalogue, metrics }: Draft, span: Span): boolean =>
  meaningsOf(span, 'dimension').some(({ id }) =>
    metrics.some((one) => columnOfMetric(catalogue, one.id) === id),
  );

/** "New deals that they created": the event that the figure goes by, said once more. What it is split by is more than that. */
const isOwnEvent = ({ metrics, understood: { reading } }: Draft, span: Span): boolean =>
  !isSplitter(reading.tokens, span.from) &&
  meaningsOf(span, 'dimension').some(({ id }) =>
    metrics.some((one) => one.type === 'simple' && one.timeDimension === id),
  );

/** "Score" beside CSAT: the rows have no other one. */
const isOutOfReach = ({ catalogue, entity, metrics }: Draft, span: Span): boolean => {
  const ids = meaningsOf(span, 'dimension').map(({ id }) => id);
  const isOnly = ids.length > 0 && ids.length === span.meanings.length && metrics.length > 0;
  return isOnly && reachable(catalogue, entity, ids).length === 0;
};

/** "How many calls did Rita and I make": whoever asks is one of those who are meant, which no filler is. */
function isOneOfSeveral({ understood: { reading, names } }: Draft, { lower, index }: Token): boolean {
  if (!/^(?:i|me|us|mine)$/.test(lower)) return false;
  const joins = (at: number): boolean => /^(?:and|or|versus)$/.test(reading.tokens[at]?.word ?? '');
  return names.some(
    ({ from, to }) => (to === index - 1 && joins(to)) || (from === index + 2 && joins(index + 1)),
  );
}

/** "Chats that began with the bot": it is spoken of, where "hey bot" speaks to it. */
const isSpokenOf = (draft: Draft, { lower, index }: Token): boolean =>
  lower === 'bot' &&
  /^(?:the|a|our|by|with|via|from|to|at|through)$/.test(
    draft.understood.reading.tokens[index - 1]?.lower ?? '',
  ) &&
  !wordsOfMetrics(draft).has('bot');

/** "Tickets that need a reply", "how many agents do we need": "I need" is how somebody asks, what others need is told of them. */
function isOthersWish(tokens: readonly Token[], { lower, index }: Token): boolean {
  if (!/^(?:need|want|like)s?$/.test(lower)) return false;
  const before = tokens.slice(0, index).filter((one) => !adverb.test(one.lower));
  const last = before.at(-1);
  if (last === undefined || last.kind === 'comma') return false;
  if (/^(?:i|we|you|please|and|or|but|so|would|d|look|looks|looked|looking|if)$/.test(last.lower))
    return /^(?:do|does|did|will|should)$/.test(before.at(-2)?.lower ?? '');
  return true;
}

const adverb = /^(?:just|only|really|also|actually|still|now|then|quickly|urgently|always|both|all)$/;

/** "Breaches by the target that was missed": what something is split by is no part of its name. */
function isSplitter(tokens: readonly Token[], index: number): boolean {
  const before = tokens.slice(Math.max(0, index - 2), index).map(({ lower }) => lower);
  const marker = /^(?:by|per|across)$/;
  return (
    marker.test(before.at(-1) ?? '') ||
    (/^(?:the|its|their|each)$/.test(before.at(-1) ?? '') && marker.test(before[0] ?? ''))
  );
}

/** The figure's other name where a grouping stands: it would be lost. "Top customers by tickets" names it only there. */
function isSaidTwice({ understood: { reading, spans }, used }: Draft, span: Span): boolean {
  if (!isSplitter(reading.tokens, span.from) || meaningsOf(span, 'metric').length < span.meanings.length)
    return false;
  const ids = new Set(meaningsOf(span, 'metric').map(({ id }) => id));
  return spans.some(
    (other) => other !== span && used.has(other) && meaningsOf(other, 'metric').some(({ id }) => ids.has(id)),
  );
}

/** "break down by", "then by": ways to ask for a grouping. */
function isPhrasing(draft: Draft, index: number): boolean {
  const words = draft.understood.reading.tokens.map((token) => token.word);
  const word = words[index];
  if (word === 'then') return words[index + 1] === 'by';
  if (/^(?:make|made|run|ran|hold|held|generate|log|place|take|took|do|done)$/.test(word ?? ''))
    return isAuxiliary(words, index) || isDoneByNamed(draft, index);
  if (/^(?:sit|sitting|sittin|stand|standing)$/.test(word ?? '')) return true;
  if (/^(?:look|looking)$/.test(word ?? '')) return isSubjectOf(words, index);
  if (word === 'like') return /^look/.test(words[index - 1] ?? '');
  if (word === 'after') return /^look/.test(words[index - 1] ?? '');
  if (/^carry(?:ing)?$/.test(word ?? '')) return isSubjectOf(words, index) || words[index - 1] === 'are';
  // "Which campaign brought in the most leads": what the head has of the figure.
  if (
    /^(?:brought|bring|bringing|earn|earned|generated|produce|produced|deliver|yield|yielded)$/.test(
      word ?? '',
    )
  )
    return (
      bringsMoney(draft) ||
      draft.headGroup !== null ||
      (draft.understood.kind.countAt !== null && draft.where.length > 0) ||
      (draft.groupBy.length > 0 && draft.understood.kind.whichAt !== null)
    );
  if (/^us(?:e|es|ing|ed)$/.test(word ?? '')) return isUsed(draft, index);
  // "Partners involved in my deals".
  if (word === 'involved') return /^(?:in|with|on)$/.test(words[index + 1] ?? '');
  if (word === 'far') return words[index - 1] === 'so';
  // "Anything overdue", "the unassigned stuff": which records is said by the other words.
  if (/^(?:stuff|thing|item|anything|something|everything)$/.test(word ?? '')) return true;
  return draft.groupBy.length > 0 && (word === 'break' || (word === 'down' && words.includes('break')));
}

/** "Which customers use fewer API calls": the figure that follows is what they use. */
const isUsed = ({ headGroup, used }: Draft, index: number): boolean =>
  headGroup !== null &&
  [...used].some((span) => {
    const isFigure = meaningsOf(span, 'metric').length > 0;
    return isFigure && span.from > index && span.from - index <= 4;
  });

/** "How many deals is each rep working on": what is worked on is still there. */
function isWorkedOn({ metrics, understood: { reading } }: Draft, index: number): boolean {
  const [word, after] = [reading.tokens[index], reading.tokens[index + 1]];
  const isState = metrics.every((metric) => metric.type === 'simple' && metric.timeDimension === null);
  return metrics.length > 0 && isState && /^work(?:ing)?$/.test(word?.lower ?? '') && after?.lower === 'on';
}

/** "How much ARR do my accounts bring in": it is theirs. */
const bringsMoney = ({ metrics }: Draft): boolean =>
  metrics.length > 0 && metrics.every(({ format }) => format.kind === 'money');

/** "Sales made in May", "how many sales did each make": they are there. Where being made is a kind of its own, it counts. */
function isLightVerb(draft: Draft, { word, index }: Token): boolean {
  if (draft.metrics.length === 0) return false;
  const { tokens } = draft.understood.reading;
  if (word === 'make')
    return tokens
      .slice(Math.max(0, index - 6), index)
      .some((token) => token.lower === 'did' || token.lower === 'do');
  if (word !== 'made') return false;
  return ![...vocabularyOf(draft.catalogue).phrases.values()].some(
    ({ words, meanings }) =>
      words.length === 2 && words.includes('made') && meanings.some((one) => isOfRows(draft, one)),
  );
}

/** "Lead volume", "deal count": how many there are. */
function isCountNoun(draft: Draft, { word, index }: Token): boolean {
  const { metrics, used, entity, catalogue } = draft;
  const isCounted = metrics.length > 0 && metrics.every((metric) => isCountOf(catalogue, metric, entity));
  return (
    isCounted &&
    /^(?:volume|count|number|total|tally|headcount)$/.test(word) &&
    [...used].some((span) => span.to === index && entityOfSpan(catalogue, span) === entity)
  );
}

/** "Urgent ones", "which ones", "those deals": the rows named before in the same question. After "and" they are others. */
function pointsBack({ used, isImplied, understood: { reading } }: Draft, { lower, index }: Token): boolean {
  const before = reading.tokens[index - 1]?.word ?? '';
  // "Low ones": the records that are told by it.
  if (lower === 'ones' && isImplied && [...used].some(({ to }) => to === index)) return true;
  if (!/^(?:ones|those|these|they)$/.test(lower) || /^(?:and|or|versus|plus|than|to)$/.test(before))
    return false;
  return [...used].some(
    (span) => span.from < index && meaningsOf(span, 'value').length < span.meanings.length,
  );
}

/** "Where the region is EMEA", "with status = open": the property and its value are a condition of the plan. */
function saysCondition(draft: Draft, { lower, index }: Token): boolean {
  const { reading, spans, names } = draft.understood;
  if (!/^(?:where|=)$/.test(lower)) return false;
  let at = lower === '=' ? index - 1 : index + 1;
  while (/^(?:the|their|its|of)$/.test(reading.tokens[at]?.lower ?? '')) at += 1;
  // "Where Tomasz is the assignee".
  if (lower === 'where' && names.some(({ from }) => from === at)) return true;
  const property = spans.find(
    ({ from, to }) => (lower === '=' ? to === index : from === at) && to - from < mostWords,
  );
  if (property === undefined || !draft.used.has(property)) return false;
  const said = draft.where.flatMap(({ any }) => any.map(({ dimension }) => dimension));
  const named = [
    ...meaningsOf(property, 'dimension').map(({ id }) => id),
    ...meaningsOf(property, 'value').map(({ dimension }) => dimension),
  ];
  return named.some((id) => said.some((one) => isSameWord(draft, id, one)));
}

const mostWords = 6;

/** "Where", which is the name of a column as well. */
function isConditionWord(draft: Draft, { from, indexes }: Span): boolean {
  const token = draft.understood.reading.tokens[from];
  return indexes.length === 1 && token !== undefined && saysCondition(draft, token);
}

function isOfRows(draft: Draft, one: Meaning): boolean {
  if (one.kind === 'entity') return one.id === draft.entity;
  if (one.kind !== 'metric') return false;
  const metric = draft.catalogue.metrics.get(one.id);
  return metric !== undefined && entityOf(draft.catalogue, metric)?.id === draft.entity;
}

/** "what does health look like", "the customers we look after", "ARR am I looking after". */
const isSubjectOf = (words: readonly string[], index: number): boolean =>
  words
    .slice(Math.max(0, index - 6), index)
    .some((word) => /^(?:i|we|you|do|does|is|are|am|how)$/.test(word));

/** "How many chats did Hannah take": what is counted of somebody by name, who did it anyway. */
function isDoneByNamed(
  { catalogue, entity, metrics, understood: { names, reading } }: Draft,
  index: number,
): boolean {
  const name = names.find(({ to }) => to === index);
  const isCounted = metrics.length > 0 && metrics.every((metric) => isCountOf(catalogue, metric, entity));
  const didBefore = reading.tokens
    .slice(0, name?.from ?? 0)
    .some(({ lower }) => /^(?:did|does|do)$/.test(lower));
  return name !== undefined && isCounted && didBefore;
}

/** "how many calls did I make", "the revenue we made": the verb says nothing that the noun does not. */
const isAuxiliary = (words: readonly string[], index: number): boolean =>
  /^(?:i|we|they|you|he|she|team|have|did|sale|support)$/.test(words[index - 1] ?? '');

/** "Customer wait time", "in %" beside a percentage, "in $" beside money: amounts are shown in each currency. "Win %" decides, "$$" does not. */
function isUnitOfFigure(draft: Draft, index: number): boolean {
  const { word, text } = draft.understood.reading.tokens[index] ?? { word: '', text: '' };
  if (draft.metrics.length === 0) return false;
  // A change is told in percent anyway.
  if (word === 'percent' && draft.compare !== 'none') return true;
  const kind = word === 'percent' ? 'percent' : text.startsWith('$') || word === 'money' ? 'money' : null;
  if (kind !== null) return draft.metrics.every((metric) => metric.format.kind === kind);
  // "In minutes": a length of time is told in whatever unit is read best.
  const before = draft.understood.reading.tokens[index - 1];
  const isBehind = [...draft.used].some(({ to }) => to === index);
  if (word === 'time' && isBehind && draft.metrics.every(({ format }) => format.kind === 'duration'))
    return true;
  return (
    /^(?:second|minute|hour|day|week|month)$/.test(word) &&
    before?.kind !== 'number' &&
    draft.metrics.every(({ format, unit }) => format.kind === 'duration' || isSameUnit(unit, word))
  );
}

/** "In months" of a figure in months; hours are told as days, and days as hours, where that is read best. */
const isSameUnit = (unit: string, word: string): boolean =>
  unit === `${word}s` || (unit === 'days' && /^(?:second|minute|hour)$/.test(word));

const ownerVerb =
  /^(?:own|handle|handling|manage|managing|work|working|assigned|responsible|charge|take|taking|care)$/;

/** "owned by Rita", "handled by Ada": the name that follows says it all. */
function isOwner(draft: Draft, index: number): boolean {
  const { reading, names } = draft.understood;
  // "who owns CE-101": whoever is asked for with one record.
  if (draft.understood.kind.isWho && ownerVerb.test(reading.tokens[index]?.word ?? ''))
    return names.some((name) => name.isCode);
  const isVerb = /^(?:owned|handled|assigned|managed|worked|led|made|sold|run)$/.test(
    reading.tokens[index]?.word ?? '',
  );
  return isVerb && names.some((name) => name.from - index <= 2 && name.from > index);
}

/** Words of the chosen figure's own names say nothing that the figure does not. */
function wordsOfMetrics(draft: Draft): ReadonlySet<string> {
  const names = draft.metrics.flatMap((metric) => [metric.label, ...metric.synonyms]);
  const words = names.flatMap((name) => wordsOf(name)).filter((word) => !decisiveWords.test(word));
  return new Set(words);
}

const decisiveWords =
  /^(?:not|no|non|without|never|average|median|p90|90th|all|and|or|than|more|less|most|least|before|after|over|under|last|next|new|old|open|closed|first|by|per)$/;
