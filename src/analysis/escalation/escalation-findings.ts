/**
 * Door of the customer escalations. In: the open ones. Out: one `customer-escalation` finding each, most pressing
 * first, with a suggested next step and the rule behind it. It never reads free text beyond the words it names.
 */
import type { HorizontalBarChart, Tone } from '../../domain/chart-data.ts';
import type { Finding, FindingEvidence } from '../../domain/finding.ts';
import { groupBy } from '../group-by.ts';
import { asOf, shorten, writeDuration } from '../wording.ts';
import { suggestNextStep } from './next-step.ts';
import { byUrgency, type OpenEscalation, priorityRank } from './open-escalation.ts';

const BARS = 12;
const EVIDENCE_ROWS = 20;
const tones: Readonly<Record<number, Tone>> = { 4: 'critical', 3: 'warning', 2: 'notice', 1: 'notice' };

/**
 * @param zone in which "as of" is written
 * @param only ids of those to tell of; all without it
 */
export function buildEscalationFindings(
  open: readonly OpenEscalation[],
  now: Date,
  zone: string,
  only?: ReadonlySet<string>,
): readonly Finding[] {
  const sorted = open.toSorted(byUrgency);
  const byAge = open.toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime());
  const ofAccount = groupBy(sorted, (escalation) => escalation.accountId);
  const told = only === undefined ? sorted : sorted.filter(({ id }) => only.has(id));
  return told.map((escalation) => {
    const ageSeconds = ageOf(escalation, now);
    const step = suggestNextStep(escalation, ageSeconds);
    const siblings =
      escalation.accountId === null ? [escalation] : (ofAccount.get(escalation.accountId) ?? []);
    return {
      kind: 'customer-escalation',
      subject: {
        kind: 'customer_escalation',
        id: escalation.id,
        label: shorten(`${escalation.ceNumber} ${escalation.title}`, 100),
      },
      accountId: escalation.accountId,
      ownerId: escalation.ownerId,
      teamId: escalation.teamId,
      value: priorityRank(escalation.priority),
      observedAt: now,
      facts: {
        ce_number: escalation.ceNumber,
        account: escalation.account,
        priority: escalation.priority ?? 'normal',
        category: escalation.category,
        status: escalation.status,
        age_seconds: ageSeconds,
        sentiment: escalation.sentiment,
        impact: escalation.impact,
        root_cause: escalation.rootCause,
        next_step: step.text,
        next_step_rule: step.rule,
      },
      evidence: buildEvidence(escalation, siblings, now),
      chart: buildAgeChart(escalation, byAge, now, zone),
    };
  });
}

function ageOf(escalation: OpenEscalation, now: Date): number {
  return Math.max(0, Math.round((now.getTime() - escalation.openedAt.getTime()) / 1000));
}

/** The escalation itself, then the others of the same account, most pressing first. */
function buildEvidence(
  escalation: OpenEscalation,
  siblings: readonly OpenEscalation[],
  now: Date,
): FindingEvidence {
  const others = siblings.filter((one) => one !== escalation);
  const rows = [escalation, ...others].slice(0, EVIDENCE_ROWS);
  const more = siblings.length > rows.length ? ` (${rows.length} of ${siblings.length} shown)` : '';
  return {
    caption: `Open customer escalations of ${escalation.account ?? 'an account that is not known'}${more}`,
    columns: ['CE', 'Title', 'Priority', 'Status', 'Open for', 'Impact'],
    rows: rows.map((one) => [
      one.ceNumber,
      shorten(one.title, 80),
      one.priority ?? 'normal',
      one.status,
      writeDuration(ageOf(one, now)),
      one.impact === null ? null : shorten(one.impact, 120),
    ]),
  };
}

/** The oldest open escalations; the one in question is always among them and carries the tone of its priority. */
function buildAgeChart(
  escalation: OpenEscalation,
  byAge: readonly OpenEscalation[],
  now: Date,
  zone: string,
): HorizontalBarChart {
  const oldest = byAge.slice(0, BARS);
  const shown = oldest.includes(escalation) ? oldest : [...oldest.slice(0, BARS - 1), escalation];
  const bars = shown.map((one) => {
    const tone: Tone = one === escalation ? (tones[priorityRank(one.priority)] ?? 'notice') : 'neutral';
    return {
      label: shorten(one.account === null ? one.ceNumber : `${one.ceNumber} ${one.account}`, 40),
      value: ageOf(one, now),
      note: `${one.priority ?? 'normal'}, ${one.status}`,
      tone,
    };
  });
  const which =
    byAge.length > shown.length ? `${shown.length} of ${byAge.length} open` : `${byAge.length} open`;
  return {
    kind: 'horizontal-bar',
    title: 'Open customer escalations by age',
    subtitle: `${which}, ${escalation.ceNumber} in colour, ${asOf(now, zone)}`,
    altText: shorten(
      `Open customer escalations by age: ${bars.map((bar) => `${bar.label} ${writeDuration(bar.value)} (${bar.note})`).join('; ')}.`,
      2_000,
    ),
    bars,
    format: { kind: 'duration' },
  };
}
