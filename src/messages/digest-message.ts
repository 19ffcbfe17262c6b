import type { Severity } from '../domain/priority.ts';
import type { Block, Message } from './message.ts';

export interface DigestView {
  readonly title: string;
  /** For example `Friday 20 November`. */
  readonly day: string;
  /** The board of the digest, as a message. */
  readonly board: Message;
  /** Open alerts, worst first; each text begins with its severity. */
  readonly alerts: readonly {
    readonly severity: Severity;
    readonly text: string;
    readonly acknowledgedBy: string | null;
  }[];
  /** What ended since the last digest. */
  readonly resolvedCount: number;
}

/** More than this nobody reads at nine in the morning. */
const shownAlerts = 6;

/** What needs somebody, then how things stand; on one screen. */
export function buildDigestMessage(view: DigestView): Message {
  const { alerts } = view;
  const open =
    alerts.length === 0
      ? 'No alert is open'
      : `${alerts.length} ${alerts.length === 1 ? 'alert is' : 'alerts are'} open`;
  const resolved = view.resolvedCount === 0 ? '' : `, ${view.resolvedCount} ended in the last 24 hours`;
  const summary = `${open}${resolved}.`;
  const bad = alerts.some(({ severity }) => severity === 'critical');
  const lines = alerts
    .slice(0, shownAlerts)
    .map(
      ({ text, acknowledgedBy }) =>
        `• ${text}${acknowledgedBy === null ? '' : ` (${acknowledgedBy} has it)`}`,
    );
  const rest = alerts.length - lines.length;
  const blocks: Block[] = [
    {
      kind: 'headline',
      text: `${view.title}, ${view.day}`,
      tone: bad ? 'critical' : alerts.length > 0 ? 'warning' : 'good',
    },
    {
      kind: 'paragraph',
      content: [
        { kind: 'strong', text: summary },
        lines.length === 0 ? '' : `\n${lines.join('\n')}`,
        rest > 0 ? `\n… and ${rest} more in the alert channels.` : '',
      ],
    },
    ...view.board.blocks.filter(({ kind }) => kind !== 'headline'),
  ];
  return { text: `${view.title}, ${view.day}: ${summary} ${view.board.text}`, blocks };
}
