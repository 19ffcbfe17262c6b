import type { Priority } from '../../domain/priority.ts';
import type { SlaMetric, SlaPolicies, SlaPolicy } from '../../domain/sla-policy.ts';
import type { BusinessAxis } from './business-axis.ts';
import type { SlaTicket } from './ticket-history.ts';

/** What counts for a ticket while it has one priority. */
export interface SlaRule {
  readonly policy: SlaPolicy;
  readonly priority: Priority;
  readonly targetSeconds: number;
  readonly axis: BusinessAxis;
}

export type AxisOf = (policy: SlaPolicy) => BusinessAxis;

/**
 * The first policy, in the order of the file, whose conditions all hold. Priority conditions look at the priority of
 * the moment, so raising a ticket can move it to another policy and another calendar.
 */
export function matchPolicy(
  policies: SlaPolicies,
  ticket: SlaTicket,
  priority: Priority | null,
): SlaPolicy | null {
  const current = priority ?? policies.defaultPriority;
  const matches = (policy: SlaPolicy) =>
    policy.when.every(({ field, words }) => {
      const word = field === 'priority' ? current : ticket[field];
      return word !== null && words.has(word.toLowerCase());
    });
  return policies.policies.find(matches) ?? null;
}

/** Target and calendar of a metric for a ticket at a priority; null: nothing is promised. */
export function ruleFor(
  policies: SlaPolicies,
  ticket: SlaTicket,
  metric: SlaMetric,
  priority: Priority | null,
  axisOf: AxisOf,
): SlaRule | null {
  const policy = matchPolicy(policies, ticket, priority);
  if (policy === null) return null;
  const current = priority ?? policies.defaultPriority;
  const targetSeconds = policy.targetSeconds[metric][current];
  if (targetSeconds === undefined) return null;
  return { policy, priority: current, targetSeconds, axis: axisOf(policy) };
}
