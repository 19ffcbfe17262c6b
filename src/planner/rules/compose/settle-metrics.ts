import { askMetric, tiedOptions } from './ask-which.ts';
import { amountOf, saysHowMuch, takeHowMuch } from './bare-words.ts';
import { type Choice, impliedMetric, mainEntity } from './choose-metrics.ts';
import { type Draft, isCountOf } from './draft.ts';
import { entityFromDimension } from './entity-of-properties.ts';
import { leftovers } from './leftovers.ts';
import { usualCount } from './present-rows.ts';
import { refuse, type Unplannable } from './problem.ts';

export function settleMetrics(draft: Draft, choice: Choice, picks: readonly string[]): void {
  const { catalogue } = draft;
  const tie = choice.figures.findIndex((ids, index) => ids.length > 1 && picks[index] === undefined);
  if (tie !== -1) {
    const options = tiedOptions(draft, choice, tie, picks);
    const [only, another] = options;
    if (!only || another) throw askMetric(options, (choice.figures[tie] ?? []).slice(0, 4));
    // With the others the rest of the question makes no sense.
    settleMetrics(
      draft,
      choice,
      choice.figures.map((ids, index) => (index === tie ? only.id : (picks[index] ?? ids[0] ?? ''))),
    );
    return;
  }
  const metrics = choice.figures.map((ids, index) => catalogue.metrics.get(picks[index] ?? ids[0] ?? ''));
  draft.metrics = [...new Set(metrics.filter((metric) => metric !== undefined))];
  draft.isImplied = choice.isImplied;
  const entity = mainEntity(draft, draft.metrics) ?? choice.entity ?? entityFromDimension(draft);
  if (entity === null) throw nothingToMeasure(draft);
  draft.entity = entity;
  if (draft.metrics.length > 0) {
    settleHowMuch(draft);
    return;
  }
  draft.isImplied = true;
  const implied = impliedMetric(draft, entity);
  if (implied) draft.metrics = [implied];
  settleHowMuch(draft);
}

/** "How much is closing this month": money is asked for, where the words alone would count. */
function settleHowMuch(draft: Draft): void {
  const { reading, kind } = draft.understood;
  const [metric = usualCount(draft.catalogue, draft.entity), another] = draft.metrics;
  if (!metric || another || kind.countAt !== null || !saysHowMuch(draft)) return;
  if (reading.tokens.some(({ word }) => movementWords.test(word) || word === 'each')) return;
  const amount = isCountOf(draft.catalogue, metric, draft.entity) ? amountOf(draft, metric) : null;
  if (amount === null && metric.format.kind !== 'money') return;
  takeHowMuch(draft);
  if (amount === null) return;
  draft.metrics = [amount];
  draft.isImplied = false;
}

function nothingToMeasure(draft: Draft): Unplannable {
  const left = leftovers(draft);
  if (left.length > 0) return refuse('unknown_word', left.join(', '));
  return refuse('no_metric', 'nothing that can be counted or measured was named');
}

export const movementWords =
  /^(?:change|changed|evolved|developed|increase|increased|decrease|decreased|growth|grow|grew|grown|shrink|shrank|shrunk|rise|rose|risen|fall|fell|fallen|drop|dropped|decline|declined|improve|improved|worsen|worsened)$/;
