import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { simpleParts } from '../../../catalogue/lookup.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';
import { applyPatch } from '../../followup/apply-patch.ts';
import { spokenDefault } from '../../followup/convert-plan.ts';
import type { PlanRequest } from '../../planner.ts';
import { refuse, Unplannable } from '../compose/problem.ts';
import { understand } from '../understand.ts';
import { besideValues, comparedWords } from './compare-values.ts';
import { compareWith } from './compare-with.ts';
import { readCue } from './cue.ts';
import { hear, readable } from './hear.ts';
import { patchFromWords } from './patch-from-words.ts';

/** The range a plan answers, its metric's own where the question named none; null for states. */
export function rangeOf(catalogue: Catalogue, plan: QueryPlan): QueryPlan['time'] {
  if (plan.time !== null || plan.kind === 'list') return plan.time;
  const timed = plan.metrics
    .flatMap((id) => catalogue.metrics.get(id) ?? [])
    .flatMap((metric) => simpleParts(catalogue, metric))
    .find((part) => part.timeDimension !== null);
  return timed ? spokenDefault(timed.defaultTime) : null;
}

/** What the figure before is set beside: another period, or other values of one property. */
export function comparison(
  request: PlanRequest,
  previous: QueryPlan,
  words: string,
): Omit<PlanPatch, 'kind'> {
  if (previous.kind === 'list')
    throw refuse('unclear', 'a list of records cannot be compared; ask for their number');
  const own = rangeOf(request.catalogue, previous);
  const { catalogue, now, zone, fiscalStartMonth } = request;
  const read = understand(`in ${words}`, catalogue, now, zone, { fiscalStartMonth });
  const found = compareWith(words, own, read.time.range);
  const isOnlyTime = read.spans.length === 0 && read.names.length === 0;
  if (found) return { compare: found.compare, ...(found.time && { time: found.time }) };
  if (!isOnlyTime || read.time.range === null) {
    const beside = valuesBeside(request, previous, words);
    if (beside) return beside;
    throw refuse('unclear', `compared with “${words}”`);
  }
  const option = (label: string, compare: 'previous_period' | 'same_period_last_year') => {
    const applied = applyPatch(request.catalogue, previous, { kind: 'patch', compare });
    return applied.ok ? [{ label, plan: applied.value }] : [];
  };
  const options = [
    ...option('With the period before', 'previous_period'),
    ...option('With the same period a year before', 'same_period_last_year'),
  ];
  if (options.length < 2) throw refuse('unclear', `compared with “${words}”`);
  throw new Unplannable({ kind: 'ask', question: 'Compared with which period?', options });
}

/** "Better than Americas": what the words name as conditions, each beside the other. */
function valuesBeside(
  request: PlanRequest,
  previous: QueryPlan,
  words: string,
): Omit<PlanPatch, 'kind'> | null {
  const cue = readCue(comparedWords(words));
  const read = hear(request, previous, readable(cue));
  if (read === null || cue.rest === '') return null;
  const { catalogue } = request;
  const changes = patchFromWords({ catalogue, previous, cue, read, isCounting: false, moment: request });
  const { where, ...others } = changes;
  return where === undefined || Object.keys(others).length > 0
    ? null
    : besideValues(
        previous,
        where.all.map(({ any }) => ({ any: [...any] })),
        read.names.length === 1 && read.spans.length === 0,
      );
}
