/**
 * Door of the alert decisions. In: one rule, the findings of its kind, its open alerts, the time. Out: one candidate
 * per fingerprint with its next state, what people notice of it, where, and why. It never reads or writes anything.
 */
import type { Alert } from '../domain/alert.ts';
import type { Candidate, EvaluationContext, FindingHead } from './candidate.ts';
import { holdBurst } from './group/hold-burst.ts';
import { inhibit } from './inhibit/inhibit.ts';
import { route } from './route/route.ts';
import { matchFindings } from './rules/match-findings.ts';
import { applySilences } from './silence/silence.ts';
import { calmFlapping } from './state/calm-flapping.ts';
import { stepCandidates } from './state/step-candidates.ts';

interface Stage {
  readonly name: string;
  readonly run: (candidates: readonly Candidate[], context: EvaluationContext) => readonly Candidate[];
}

/** What happens to an alert, in this order. */
export const alertPipeline: readonly Stage[] = [
  { name: 'inhibit', run: inhibit },
  { name: 'step', run: stepCandidates },
  { name: 'silence', run: applySilences },
  { name: 'calm-flapping', run: calmFlapping },
  { name: 'route', run: route },
  { name: 'hold-burst', run: holdBurst },
];

/** Runs every stage over the candidates of one rule. */
export function evaluateAlertRule(
  findings: readonly FindingHead[],
  open: readonly Alert[],
  context: EvaluationContext,
): readonly Candidate[] {
  return alertPipeline.reduce(
    (candidates, stage) => stage.run(candidates, context),
    matchFindings(findings, open, context),
  );
}
