import type { Catalogue } from '../catalogue/catalogue.ts';
import type { RefusalView } from '../messages/answer-view.ts';
import type { RefusePlan } from '../query/metric-query.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import { actionAdvice } from './action-advice.ts';

/** Why there is no answer, in a sentence that says what to do, and three questions that work for this reader. */
export function refusalViewOf(
  catalogue: Catalogue,
  plan: Pick<RefusePlan, 'reason' | 'detail' | 'nearestMetrics'>,
  notes: readonly string[] = [],
  instead?: RefusalView['instead'],
): RefusalView {
  const examples = exampleQuestions(catalogue, plan.nearestMetrics);
  return { reason: reasonInWords(plan), ...(instead && { instead }), examples, notes };
}

function reasonInWords({ reason, detail }: Pick<RefusePlan, 'reason' | 'detail'>): string {
  switch (reason) {
    case 'unknown_word':
      return `I do not know what “${detail}” means here, so I did not guess.`;
    case 'no_metric':
      return `I have no figure for that (${detail}).`;
    case 'no_field':
      return `These records have no such property: ${detail}.`;
    case 'unclear':
      return `I am not sure what you mean: ${detail}.`;
    case 'needs_text':
      return `I answer with figures, lists and what tickets and escalations say: ${detail}.`;
    case 'action':
      return `I only read records, so I did not do this: ${detail}. ${actionAdvice(detail)}`;
    case 'prediction':
      return `I do not guess the future: ${detail}. What I foresee is which customers may leave, the churn rate and the revenue of this and the next quarter, each with how sure it is.`;
    case 'not_allowed':
      return `Your role does not see that: ${detail}.`;
    case 'unavailable':
      return `I could not answer: ${detail}.`;
    default:
      return exhaustive(reason);
  }
}

const always = [
  'tickets_opened',
  'open_escalations',
  'sla_compliance_rate',
  'pipeline_amount',
  'won_deals',
  'at_risk_accounts',
];
const mostExamples = 3;

/** Verified questions of the nearest metrics first, then common ones; each is answered as it stands. */
export function exampleQuestions(catalogue: Catalogue, nearest: readonly string[]): readonly string[] {
  const examples: string[] = [];
  for (const id of [...nearest, ...always, ...catalogue.metrics.keys()]) {
    const [question] = catalogue.metrics.get(id)?.verifiedQuestions ?? [];
    if (question !== undefined && !examples.includes(question)) examples.push(question);
    if (examples.length >= mostExamples) break;
  }
  return examples;
}
