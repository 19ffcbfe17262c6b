import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { RefusePlan } from '../../query/metric-query.ts';
import type { Issue } from '../../toolkit/issue.ts';
import { type FailureName, failureWords } from './outcome.ts';
import { plainWords } from './plain-words.ts';

const reasonByCode: Readonly<Record<string, RefusePlan['reason']>> = {
  'unknown-metric': 'no_metric',
  'unknown-entity': 'no_metric',
  'unknown-dimension': 'no_field',
  'incompatible-dimension': 'no_field',
  'not-groupable': 'no_field',
  'not-filterable': 'no_field',
};

/** The refusal for a plan that stayed wrong after its repair: names the first mistake and what comes nearest. */
export function refuseInvalid(issues: readonly Issue[], catalogue: Catalogue): RefusePlan {
  const named = issues.find(({ code }) => code in reasonByCode) ?? issues[0];
  const suggestions = [...new Set(issues.flatMap((issue) => issue.suggestions ?? []))];
  const near = (named?.suggestions ?? []).slice(0, 3).join(', ');
  const reason = named === undefined ? undefined : reasonByCode[named.code];
  const detail =
    named === undefined || reason === undefined
      ? 'the question could not be turned into a plan'
      : `${named.message}${near === '' ? '' : ` Nearest: ${near}.`}`;
  return {
    kind: 'refuse',
    reason: reason ?? 'unclear',
    detail: plainWords(detail, 300),
    nearestMetrics: suggestions.filter((id) => catalogue.metrics.has(id)).slice(0, 3),
  };
}

export function refuseUnavailable(name: FailureName): RefusePlan {
  return { kind: 'refuse', reason: 'unavailable', detail: failureWords[name], nearestMetrics: [] };
}
