import type { AlertRoutes, AlertRule } from '../../domain/alert-rule.ts';
import type { Severity } from '../../domain/priority.ts';
import type { Candidate, EvaluationContext, FindingHead } from '../candidate.ts';

/** Labels of what is new, conversations of what is about to be posted. What is posted stays where it is. */
export function route(candidates: readonly Candidate[], context: EvaluationContext): readonly Candidate[] {
  return candidates.map((candidate) => {
    const { core, finding } = candidate;
    const isPosting = candidate.notify === 'post';
    if (core === null || finding === null || !(isPosting || candidate.current === null)) return candidate;
    const labels = labelsOf(context.rule, finding, core.severity);
    if (!isPosting) return { ...candidate, labels };
    const channels = chooseChannels(context.rule, context.routes, labels);
    const named = channels.map((channel) => (channel === ownerChannel ? ownerOf(finding, context) : channel));
    const reachable = [...new Set(named.filter((conversation) => conversation !== null))];
    const fallback = context.routes.defaultChannels.filter((channel) => channel !== ownerChannel);
    return { ...candidate, labels, conversations: reachable.length > 0 ? reachable : fallback };
  });
}

/** Word for the direct message with the owner of the subject. */
const ownerChannel = 'owner';

function ownerOf(finding: FindingHead, context: EvaluationContext): string | null {
  return finding.ownerId === null ? null : context.ownerConversation(finding.ownerId);
}

/** The rule's own channels, else the first route whose labels all match, else the default. */
export function chooseChannels(
  rule: AlertRule,
  routes: AlertRoutes,
  labels: Readonly<Record<string, string>>,
): readonly string[] {
  if (rule.channels !== null) return rule.channels;
  const matching = routes.routes.find(({ match }) =>
    Object.entries(match).every(([label, values]) => values.includes(labels[label] ?? '')),
  );
  return matching?.channels ?? routes.defaultChannels;
}

/** Every alert carries `rule`, `finding` and `severity`; the rule adds its own, filled from facts. */
export function labelsOf(
  rule: AlertRule,
  finding: FindingHead,
  severity: Severity,
): Readonly<Record<string, string>> {
  const own = Object.entries(rule.labels).map(([name, text]) => [
    name,
    text.replaceAll(/\{([a-z0-9_]+)\}/g, (_whole, fact: string) => {
      const value = fact === 'value' ? finding.value : finding.facts[fact];
      return value === null || value === undefined ? 'none' : String(value);
    }),
  ]);
  return {
    ...(Object.fromEntries(own) as Record<string, string>),
    rule: rule.id,
    finding: rule.finding,
    severity,
  };
}
