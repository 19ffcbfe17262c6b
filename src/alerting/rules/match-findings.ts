import { type Alert, shownFinding } from '../../domain/alert.ts';
import type { AlertRule } from '../../domain/alert-rule.ts';
import type { Severity } from '../../domain/priority.ts';
import type { Candidate, EvaluationContext, FindingHead } from '../candidate.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { coreOf } from '../state/alert-core.ts';
import type { Observation } from '../state/observation.ts';
import { changedFacts, compareWorst, evaluateRule, type Verdict } from './evaluate-rule.ts';

/**
 * Brings findings and open alerts of one rule together, one candidate per fingerprint: what was found, what is open,
 * and what has left.
 */
export function matchFindings(
  findings: readonly FindingHead[],
  open: readonly Alert[],
  context: EvaluationContext,
): readonly Candidate[] {
  const { rule } = context;
  const found = new Map<string, FindingHead[]>();
  for (const finding of context.hasData ? findings : []) {
    const fingerprint = fingerprintOf(rule.id, rule.fingerprint, finding);
    const same = found.get(fingerprint);
    if (same === undefined) found.set(fingerprint, [finding]);
    else same.push(finding);
  }
  const openBy = new Map(open.map((alert) => [alert.fingerprint, alert]));
  const fingerprints = [...found.keys(), ...[...openBy.keys()].filter((key) => !found.has(key))];
  return fingerprints.map((fingerprint) => {
    const current = openBy.get(fingerprint) ?? null;
    const { finding, verdict } = speaker(rule, found.get(fingerprint) ?? []);
    return {
      fingerprint,
      current,
      finding,
      observation: observe(rule, current, finding, verdict, context),
      core: current === null ? null : coreOf(current),
      decisions: [],
      notify: 'none',
      labels: current?.labels ?? {},
      conversations: current?.snapshot.delivery.conversations ?? [],
      held: current?.snapshot.delivery.held ?? null,
      messageOf: null,
      isFlapping: current?.snapshot.delivery.isFlapping ?? false,
    };
  });
}

const worstVerdict: Readonly<Record<Verdict['kind'], number>> = { matched: 0, undecided: 1, cleared: 2 };

/** Of several findings with one fingerprint the worst speaks for all. */
function speaker(
  rule: AlertRule,
  findings: readonly FindingHead[],
): { readonly finding: FindingHead | null; readonly verdict: Verdict | null } {
  const compare = compareWorst(rule);
  const severity = (verdict: Verdict): Severity => (verdict.kind === 'matched' ? verdict.severity : 'low');
  const [worst] = findings
    .map((finding) => ({ finding, verdict: evaluateRule(rule, finding) }))
    .sort(
      (a, b) =>
        worstVerdict[a.verdict.kind] - worstVerdict[b.verdict.kind] ||
        compare(
          { finding: a.finding, severity: severity(a.verdict) },
          { finding: b.finding, severity: severity(b.verdict) },
        ),
    );
  return worst ?? { finding: null, verdict: null };
}

function observe(
  rule: AlertRule,
  current: Alert | null,
  finding: FindingHead | null,
  verdict: Verdict | null,
  context: EvaluationContext,
): Observation {
  if (!context.hasData) return { kind: 'no-data' };
  if (finding === null || verdict === null) return { kind: 'gone' };
  if (verdict.kind === 'cleared') return verdict;
  const changed = current === null ? [] : changedFacts(rule, shownFinding(current.snapshot).facts, finding);
  return { ...verdict, changed };
}
