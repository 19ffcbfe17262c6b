import type { GaugeChart } from '../../domain/chart-data.ts';
import type { Finding, FindingEvidence } from '../../domain/finding.ts';
import { type SlaMetric, type SlaPolicies, urgentShare, warnShare } from '../../domain/sla-policy.ts';
import { asOf, shorten, writeDuration, writeInstant, writeShortInstant } from '../wording.ts';
import type { ClockSpan } from './explain-clock.ts';
import type { SlaClock } from './sla-clock.ts';

/** A ticket as people know it. */
export interface SlaSubject {
  readonly id: string;
  readonly number: string | null;
  readonly subject: string | null;
  readonly category: string | null;
  readonly accountId: string | null;
  readonly account: string | null;
  readonly assigneeId: string | null;
  readonly assignee: string | null;
  readonly teamId: string | null;
}

const metricNames: Readonly<Record<SlaMetric, string>> = {
  first_response: 'First response',
  next_response: 'Next response',
  update: 'Update',
  resolution: 'Resolution',
};
const EVIDENCE_ROWS = 20;
/** The gauge ends here; a clock far beyond its target shows full, its caption tells the figure. */
const GAUGE_END = 1.5;

/** Whether a clock is worth a finding: still open, and enough of its target is used. */
export function isReportable(clock: SlaClock, policies: SlaPolicies): boolean {
  if (clock.stoppedAt !== null) return false;
  return clock.state === 'breached' || shareUsed(clock) >= policies.reportFromShare;
}

/**
 * Subject of the findings about one cycle of a clock: an alert belongs to one cycle, so the next reply that is owed is
 * told of anew.
 */
export function slaSubjectId(
  ticketId: string,
  { metric, cycle }: { readonly metric: SlaMetric; readonly cycle: number },
): string {
  const isRepeated = metric === 'next_response' || metric === 'update';
  return `${ticketId}/${metric}${isRepeated ? `/${cycle}` : ''}`;
}

/** Share of the target used; 1 is due. */
function shareUsed(clock: SlaClock): number {
  return clock.usedSeconds / clock.targetSeconds;
}

/**
 * The finding `sla-clock` of an open clock.
 *
 * @param spans the clock's account, see `explainClock`
 * @param zone in which instants are written
 */
export function buildSlaFinding(
  clock: SlaClock,
  ticket: SlaSubject,
  spans: readonly ClockSpan[],
  now: Date,
  zone: string,
): Finding {
  return {
    kind: 'sla-clock',
    subject: { kind: 'ticket', id: slaSubjectId(ticket.id, clock), label: ticketLabel(ticket) },
    accountId: ticket.accountId,
    ownerId: ticket.assigneeId,
    teamId: ticket.teamId,
    value: shareUsed(clock),
    observedAt: now,
    facts: {
      metric: clock.metric,
      cycle: clock.cycle,
      state: clock.state,
      priority: clock.priority,
      policy: clock.policy,
      target_seconds: clock.targetSeconds,
      used_seconds: clock.usedSeconds,
      remaining_seconds: clock.targetSeconds - clock.usedSeconds,
      due_at: clock.dueAt?.toISOString() ?? null,
      number: ticket.number,
      subject: ticket.subject,
      account: ticket.account,
      assignee: ticket.assignee,
      category: ticket.category,
    },
    evidence: buildEvidence(clock, spans, zone),
    chart: buildGauge(clock, ticket, now, zone),
  };
}

function ticketLabel(ticket: SlaSubject): string {
  const number = ticket.number === null ? '' : `#${ticket.number.replace(/^#/, '')}`;
  return shorten(`${number} ${ticket.subject ?? ''}`, 100) || ticket.id;
}

function buildEvidence(clock: SlaClock, spans: readonly ClockSpan[], zone: string): FindingEvidence {
  const words = {
    counted: 'business time counts',
    paused: 'paused, waiting for the customer',
    solved: 'solved, then opened again',
    'no-policy': 'no target at that priority',
  } as const;
  const shown = spans.slice(-EVIDENCE_ROWS);
  const left = spans.length - shown.length;
  return {
    caption: `How the ${metricNames[clock.metric].toLowerCase()} clock came to ${writeDuration(clock.usedSeconds)} of ${writeDuration(clock.targetSeconds)} business time (policy ${clock.policy}, hours ${clock.calendar}, ${zone})${left > 0 ? `; the first ${left} spans are left out` : ''}`,
    columns: ['From', 'To', 'What', 'Counted', 'Used'],
    rows: shown.map((span) => [
      writeInstant(span.from, zone),
      writeInstant(span.to, zone),
      words[span.what],
      writeDuration(span.countedSeconds),
      writeDuration(span.usedSeconds),
    ]),
  };
}

function buildGauge(clock: SlaClock, ticket: SlaSubject, now: Date, zone: string): GaugeChart {
  const label = ticketLabel(ticket);
  const share = shareUsed(clock);
  const metric = metricNames[clock.metric];
  const percent = `${(share * 100).toFixed(1)} %`;
  const name = ticket.number === null ? label : `ticket #${ticket.number.replace(/^#/, '')}`;
  return {
    kind: 'gauge',
    title: shorten(`${metric} ${stateWords(clock)}: ${name}`, 80),
    subtitle: `Share of ${writeDuration(clock.targetSeconds)} business time used, ${asOf(now, zone)}`,
    altText: `${metric} of ${label}: ${percent} of the target of ${writeDuration(clock.targetSeconds)} is used. ${timeWords(clock, zone)}`,
    value: Math.min(share, GAUGE_END),
    minimum: 0,
    maximum: GAUGE_END,
    bands: [
      { upTo: warnShare, label: 'On track', tone: 'good' },
      { upTo: urgentShare, label: 'At risk', tone: 'notice' },
      { upTo: 1, label: 'Urgent', tone: 'warning' },
      { upTo: GAUGE_END, label: 'Breached', tone: 'critical' },
    ],
    caption: timeWords(clock, zone),
    format: { kind: 'percent' },
  };
}

function stateWords(clock: SlaClock): string {
  if (clock.state === 'breached') return 'breached';
  if (clock.state === 'paused') return 'paused';
  return shareUsed(clock) >= warnShare ? 'at risk' : 'running';
}

function timeWords(clock: SlaClock, zone: string): string {
  const left = clock.targetSeconds - clock.usedSeconds;
  if (clock.state === 'breached') {
    const due = clock.dueAt === null ? '' : `, due ${writeShortInstant(clock.dueAt, zone)}`;
    return `${writeDuration(-left)} over target${due}`;
  }
  if (clock.dueAt === null) return `${writeDuration(left)} left, clock ${clock.state}`;
  return `${writeDuration(left)} left, due ${writeShortInstant(clock.dueAt, zone)}`;
}
