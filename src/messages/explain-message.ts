import type { AlertEvent, SeenFinding } from '../domain/alert.ts';
import type { Comparison } from '../domain/alert-condition.ts';
import { factOf, valueField } from '../domain/finding-facts.ts';
import { type AlertView, nameOf } from './alert-view.ts';
import { comparisonLabel, conditionWords, limitWords } from './condition-words.ts';
import { type FactContext, formatFact, formatInstant, formatNumber, shorten } from './format.ts';
import type { Block, Message, TableBlock } from './message.ts';
import { toneOf } from './severity-tone.ts';

export interface ExplainView extends AlertView {
  /** Oldest first. */
  readonly events: readonly AlertEvent[];
  /** Every comparison of the rule, judged on the finding as it fired. */
  readonly checks: readonly { readonly comparison: Comparison; readonly isMet: boolean }[];
}

const shownEvents = 15;

/**
 * "Why?": the rule, each value beside its limit, the rows it rests on as they were when it fired, what happened since,
 * and what would end it. All of it comes from what was stored then; nothing is looked up anew.
 */
export function buildExplainMessage(view: ExplainView): Message {
  const { alert, zone } = view;
  const { snapshot } = alert;
  const { fired, rule } = snapshot;
  const when = `It fires when ${conditionWords(rule.when, snapshot.finding, contextOf(fired, zone))}.`;
  const since = sinceWords(view);
  const clears = `It ends when ${clearWords(view)}.`;
  const title = `Why: ${shorten(alert.subject.label, 100)}`;
  const blocks: readonly (Block | null)[] = [
    { kind: 'headline', text: title, tone: toneOf(alert.severity) },
    {
      kind: 'paragraph',
      content: [
        { kind: 'strong', text: rule.title },
        ' (rule ',
        { kind: 'code', text: alert.ruleId },
        `). ${when}`,
      ],
    },
    checksTable(view),
    { kind: 'paragraph', content: [`${since} ${clears}`] },
    evidenceTable(view),
    historyTable(view),
    { kind: 'context', content: [`Values and rows are as of ${asOf(fired, zone)}, when it fired.`] },
  ];
  return {
    text: `${title}. ${rule.title} (rule ${alert.ruleId}). ${when} ${since} ${clears}`,
    blocks: blocks.filter((block) => block !== null),
  };
}

function contextOf(seen: SeenFinding, zone: string): FactContext {
  const currency = seen.facts['currency'];
  return {
    zone,
    currency: typeof currency === 'string' ? currency : null,
    reference: new Date(seen.observedAt),
  };
}

function asOf(seen: SeenFinding, zone: string): string {
  return formatInstant(new Date(seen.observedAt), zone);
}

function checksTable({ alert, checks, zone }: ExplainView): TableBlock {
  const { finding, fired } = alert.snapshot;
  const context = contextOf(fired, zone);
  return {
    kind: 'table',
    caption: 'Value against limit',
    columns: [{ label: 'Value' }, { label: 'Was', align: 'right' }, { label: 'Rule' }, { label: 'Met' }],
    rows: checks.map(({ comparison, isMet }) => {
      const { field } = comparison;
      const definition = factOf(finding, field);
      const fact = field === valueField ? fired.value : fired.facts[field];
      const written = definition === undefined ? String(fact) : formatFact(fact, definition, context);
      return [
        comparisonLabel(comparison, finding),
        written ?? 'not known',
        limitWords(comparison, finding, context),
        isMet ? 'yes' : 'no',
      ];
    }),
  };
}

function sinceWords({ alert, zone }: ExplainView): string {
  const { pendingAt, firedAt, resolvedAt } = alert;
  const first = formatInstant(pendingAt, zone);
  const hasWaited = firedAt !== null && firedAt.getTime() !== pendingAt.getTime();
  const fired = firedAt === null ? 'it has not fired yet' : `fired ${formatInstant(firedAt, zone)}`;
  const begun = hasWaited || firedAt === null ? `First seen ${first}, ${fired}` : `It fired ${first}`;
  return `${begun}${resolvedAt === null ? '' : ` and ended ${formatInstant(resolvedAt, zone)}`}.`;
}

function clearWords({ alert, zone }: ExplainView): string {
  const { rule, finding, fired } = alert.snapshot;
  const words =
    rule.clearWhen === null
      ? 'that is no longer so'
      : conditionWords(rule.clearWhen, finding, contextOf(fired, zone));
  return `${words}, or when the ${leavingWord(alert.subject.kind)}`;
}

function leavingWord(kind: string): string {
  switch (kind) {
    case 'ticket':
      return 'ticket is answered, solved or closed';
    case 'customer_escalation':
      return 'escalation is closed';
    case 'opportunity':
      return 'deal is closed or gets a date ahead of it';
    case 'account':
      return 'account is no longer scored';
    default:
      return 'series is no longer unusual';
  }
}

function evidenceTable({ alert }: ExplainView): TableBlock | null {
  const { evidence } = alert.snapshot.fired;
  if (evidence.rows.length === 0) return null;
  const isNumeric = evidence.columns.map((_, column) =>
    evidence.rows.every((row) => row[column] === null || typeof row[column] === 'number'),
  );
  return {
    kind: 'table',
    caption: evidence.caption,
    columns: evidence.columns.map((label, column) =>
      isNumeric[column] ? { label, align: 'right' } : { label },
    ),
    rows: evidence.rows.map((row) =>
      evidence.columns.map((_, column) => {
        const cell = row[column] ?? null;
        if (cell === null) return '–';
        return typeof cell === 'number' ? formatNumber(cell) : shorten(cell, 120);
      }),
    ),
  };
}

const eventWords: Readonly<Record<AlertEvent['kind'], string>> = {
  pending: 'First seen',
  fired: 'Fired',
  recovering: 'Clear for now',
  resolved: 'Ended',
  'severity-raised': 'Severity raised',
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  unsnoozed: 'Snooze ended',
  assigned: 'Assigned',
};

function historyTable(view: ExplainView): TableBlock {
  const shown = view.events.slice(-shownEvents);
  const omitted = view.events.length - shown.length;
  return {
    kind: 'table',
    caption: omitted > 0 ? `What happened, the last ${shownEvents}` : 'What happened',
    columns: [{ label: 'When' }, { label: 'What' }, { label: 'Who' }, { label: 'Why' }],
    rows: shown.map(({ at, kind, actorId, reason }) => [
      formatInstant(at, view.zone),
      eventWords[kind],
      actorId === null ? 'Heed' : nameOf(view, actorId),
      reason.replaceAll('-', ' '),
    ]),
    ...(omitted > 0 ? { omittedRows: omitted } : {}),
  };
}
