import { metricTime } from '../../../catalogue/catalogue.ts';
import { saysHowMuch } from './bare-words.ts';
import { type Draft, isCountOf } from './draft.ts';

/** "Who has the oldest open ticket", "the newest leads and their source": only records are new or old. */
export function listNewest(draft: Draft): void {
  const { metrics, understood, catalogue, entity, groupBy } = draft;
  const [metric, another] = metrics;
  const { ranking, kind, grain } = understood;
  if (ranking?.direction !== 'newest' && ranking?.direction !== 'oldest') return;
  if (another || kind.countAt !== null || grain !== null || groupBy.length === 0 || draft.having.length > 0)
    return;
  if (metric !== undefined && !isCountOf(catalogue, metric, entity)) return;
  const asked = groupBy.map(({ dimension }) => dimension);
  if (asked.includes(metricTime) || catalogue.entities.get(entity)?.defaultTime === null) return;
  draft.columns = [...new Set([...draft.columns, ...asked])];
  draft.groupBy = [];
}

/** "Is 00011853 within SLA": a rate over one record says nothing that its rows would not say better. */
export function listInsteadOfRate(draft: Draft): void {
  const [metric, another] = draft.metrics;
  const { names, kind, time } = draft.understood;
  if (metric?.type !== 'ratio' || another || kind.countAt !== null || time.range !== null) return;
  if (!names.some(({ isCode }) => isCode) || draft.groupBy.length > 0) return;
  draft.metrics = [];
  draft.isImplied = true;
}

/** "Xenith renewal date", "CE-101 and its owner": records that nothing counts by themselves are shown. */
export function hasNoFigure(draft: Draft): boolean {
  const { understood, groupBy, having, compare } = draft;
  const { kind, grain, names, reading } = understood;
  if (draft.metrics.length > 0 || !draft.isImplied || groupBy.length > 0 || having.length > 0) return false;
  if (kind.countAt !== null || grain !== null || kind.isTrend || compare !== 'none') return false;
  if (saysHowMuch(draft) || reading.tokens.some(({ word }) => amountWords.test(word))) return false;
  // "Usage of Acme": days and messages are measured, not read one by one.
  const title = draft.catalogue.entities.get(draft.entity)?.titleColumn ?? '';
  if (/^(?:source_id|day|month|id)$/.test(title) && !names.some(({ isCode }) => isCode)) return false;
  return names.length > 0 || draft.where.length > 0 || draft.subject !== 'none';
}

const amountWords =
  /^(?:total|sum|average|median|percent|share|rate|ratio|euro|dollar|plus|most|least|much|worth)$/;
