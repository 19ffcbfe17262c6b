import { type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import { isCourseWord, isTrendWord } from '../slots/question-kind.ts';
import type { Span } from '../span.ts';
import { type Draft, meaningsOf, onlyEvent } from './draft.ts';
import { ranksByChange } from './ranked-change.ts';
import { movementWords } from './settle-metrics.ts';

const changeWords =
  /^(?:shrink|shrank|shrunk|decline|declined|rose|fell|worsen|worsened|improve|change|changed|changing|growth|grown|grow|grew|growing|go|gone|going|went|up|down|or|increase|increased|decrease|decreased|rise|risen|fall|fallen|drop|dropped|compare|compared|comparison|difference|development|developed|evolved|better|worse|improved|improving|than|more|fewer|less|higher|lower|bigger|smaller|larger|greater|faster|slower|quicker|busier|ahead|behind|trending|heading|moving|getting|making)$/;

/** "how did X change last month": against the period before, unless another was named. */
export function settleChange(draft: Draft): void {
  const { reading, time, spans } = draft.understood;
  const grown = spans.filter((span) => isGrowthOfFigure(draft, span));
  const said = new Set(grown.flatMap(({ indexes }) => indexes));
  const words = new Set(
    reading.tokens
      .filter(({ index, word }) => reading.isFree(index) || said.has(index) || /^(?:up|down)$/.test(word))
      // "Dropped by the bot": done by somebody, where "dropped by 5 %" is a change.
      .filter(
        ({ index }) =>
          !(reading.tokens[index + 1]?.word === 'by' && reading.tokens[index + 2]?.lower === 'the'),
      )
      .map(({ word }) => word),
  );
  const asksChange = isUpOrDown(words) || [...words].some((word) => movementWords.test(word));
  const event = isUpOrDown(words) && draft.isImplied ? onlyEvent(draft.catalogue, draft.entity) : null;
  if (event) draft.metrics = [event];
  // "How has it developed since March": a course, where nothing else is compared.
  const isCourse =
    [...words].some((word) => isCourseWord(word) && !isTrendWord(word)) && draft.compare === 'none';
  if (isCourse) return;
  const isAlone = draft.compare === 'none' && draft.groupBy.length === 0;
  // "Are escalations going up or down": without a period their course tells it.
  const isOpen = isUpOrDown(words) && time.range === null && draft.metrics.every(isOfAllTime);
  // "Has CSAT improved since June": how it went from there; "whose health fell most since June" ranks by the change.
  const isSince =
    asksChange && time.range?.kind === 'between' && time.range.to === undefined && !ranksByChange(draft);
  if (isAlone && (isOpen || isSince)) {
    draft.groupBy = [isOpen ? { dimension: metricTime, grain: 'month' } : { dimension: metricTime }];
    takeChangeWords(draft);
    return;
  }
  const isOverTime = time.range !== null || (isUpOrDown(words) && draft.metrics.every(isByDate));
  if (asksChange && isOverTime && draft.compare === 'none') draft.compare = 'previous_period';
  const isCompared = draft.compare !== 'none' || time.grain !== undefined || time.since !== undefined;
  if (!isCompared) return;
  takeChangeWords(draft);
  for (const span of grown) draft.used.add(span);
}

/** They say that something changed, and "up or down" is no verdict of a trend here. */
function takeChangeWords({ understood: { reading, spans }, used, usedTokens }: Draft): void {
  for (const token of reading.tokens)
    if (reading.isFree(token.index) && changeWords.test(token.word)) usedTokens.add(token.index);
  for (const span of spans)
    if (span.indexes.every((index) => /^(?:up|down)$/.test(reading.tokens[index]?.word ?? '')))
      used.add(span);
}

/** "Won amount growth": behind a figure it is its change, though a plan or a tier may be called Growth as well. */
function isGrowthOfFigure(
  { understood: { reading, spans } }: Draft,
  { indexes, from, meanings }: Span,
): boolean {
  const isMovement = indexes.every((index) => movementWords.test(reading.tokens[index]?.word ?? ''));
  return (
    isMovement &&
    meanings.every(({ kind }) => kind === 'value') &&
    spans.some((other) => other.to === from && meaningsOf(other, 'metric').length > 0)
  );
}

const isUpOrDown = (words: ReadonlySet<string>): boolean => words.has('up') && words.has('down');

/** A figure by a date that has no usual period: there is none before it. */
const isOfAllTime = (metric: MetricDefinition): boolean =>
  isByDate(metric) && metric.type === 'simple' && metric.defaultTime.kind === 'all';

/** A figure with a period of its own, which has one before it. */
const isByDate = (metric: MetricDefinition): boolean =>
  metric.type === 'simple' && metric.timeDimension !== null;
