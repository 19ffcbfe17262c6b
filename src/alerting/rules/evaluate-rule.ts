import { compareSeverity } from '../../domain/alert.ts';
import type { AlertRule } from '../../domain/alert-rule.ts';
import type { FactValue } from '../../domain/finding.ts';
import { valueField } from '../../domain/finding-facts.ts';
import type { Severity } from '../../domain/priority.ts';
import type { FindingHead } from '../candidate.ts';
import { holds, type Judged } from './evaluate-condition.ts';

export type Verdict =
  | { readonly kind: 'matched'; readonly severity: Severity }
  | { readonly kind: 'undecided' }
  | { readonly kind: 'cleared' };

/** One rule over one finding. The clear condition wins over the condition, so that an alert can always end. */
export function evaluateRule(rule: AlertRule, finding: Judged): Verdict {
  if (rule.clearWhen !== null && holds(rule.clearWhen, finding)) return { kind: 'cleared' };
  if (holds(rule.when, finding)) return { kind: 'matched', severity: severityOf(rule, finding) };
  return rule.clearWhen === null ? { kind: 'cleared' } : { kind: 'undecided' };
}

/** The first step of the ladder that matches. */
export function severityOf(rule: AlertRule, finding: Judged): Severity {
  const reached = rule.severity.steps.find((one) => holds(one.when, finding));
  return reached?.severity ?? rule.severity.otherwise;
}

/** Orders findings from worst to least: by severity, then by the rule's own measure, then by name. */
export function compareWorst(
  rule: AlertRule,
): (
  a: { readonly finding: FindingHead; readonly severity: Severity },
  b: { readonly finding: FindingHead; readonly severity: Severity },
) => number {
  const { field, direction } = rule.worstFirst;
  const sign = direction === 'desc' ? -1 : 1;
  return (a, b) =>
    compareSeverity(b.severity, a.severity) ||
    sign * (measure(a.finding, field) - measure(b.finding, field)) ||
    a.finding.subject.label.localeCompare(b.finding.subject.label) ||
    a.finding.subject.id.localeCompare(b.finding.subject.id);
}

function measure(finding: FindingHead, field: string): number {
  const fact: FactValue = field === valueField ? finding.value : (finding.facts[field] ?? null);
  if (typeof fact === 'number') return fact;
  // Instants and dates sort by time; whatever has no measure counts as nothing.
  const time = typeof fact === 'string' ? Date.parse(fact) : Number.NaN;
  return Number.isNaN(time) ? 0 : time;
}

/** Watched facts that differ from what the message shows. */
export function changedFacts(
  rule: AlertRule,
  shown: Readonly<Record<string, FactValue>>,
  finding: FindingHead,
): readonly string[] {
  return rule.refreshOn.filter((name) => (shown[name] ?? null) !== (finding.facts[name] ?? null));
}
