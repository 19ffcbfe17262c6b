import { formatValue } from '../charts/format-value.ts';
import type { ValueFormat } from '../domain/chart-data.ts';
import { shorten } from './format.ts';
import type { Block, Message } from './message.ts';

/** Names of the actions on alerts that people made for themselves. */
export const ownAlertActions = { remove: 'delete-own-alert' } as const;

export type ThresholdOperator = 'gt' | 'gte' | 'lt' | 'lte';

export const thresholdWords: Readonly<Record<ThresholdOperator, string>> = {
  gt: 'above',
  gte: 'at least',
  lt: 'below',
  lte: 'at most',
};

/** How often is looked, in words. */
export function everyWords(minutes: number): string {
  if (minutes === 60) return 'every hour';
  if (minutes === 1440) return 'every day';
  return minutes % 60 === 0 ? `every ${minutes / 60} hours` : `every ${minutes} minutes`;
}

export interface OwnAlertView {
  readonly id: string;
  readonly question: string;
  readonly metric: string;
  readonly format: ValueFormat;
  readonly op: ThresholdOperator;
  readonly threshold: number;
  readonly everyMinutes: number;
  /** What is beyond the threshold; one without a name where nothing is grouped. Empty: over. */
  readonly matched: readonly { readonly name: string | null; readonly value: number }[];
  /** Name or e-mail-free words of scope, for example `all tickets`. */
  readonly scope: string;
}

const mostNamed = 10;

/** What somebody asked to be told; edited in place when it is over. */
export function buildOwnAlertMessage(view: OwnAlertView): Message {
  const { matched, metric } = view;
  const limit = `${thresholdWords[view.op]} ${formatValue(view.threshold, view.format)}`;
  const [first] = matched;
  const isGrouped = matched.some(({ name }) => name !== null);
  const text =
    first === undefined
      ? `${metric} is no longer ${limit}.`
      : isGrouped
        ? `${metric} ${limit}: ${matched.length} ${matched.length === 1 ? 'group' : 'groups'}.`
        : `${metric} is ${formatValue(first.value, view.format)}, ${limit}.`;
  const lines = matched
    .slice(0, mostNamed)
    .flatMap(({ name, value }) => (name === null ? [] : [`• ${name}: ${formatValue(value, view.format)}`]));
  const rest = matched.length > mostNamed ? [`… and ${matched.length - mostNamed} more`] : [];
  const blocks: Block[] = [
    first === undefined
      ? { kind: 'headline', text, tone: 'good', word: 'Over' }
      : { kind: 'headline', text, tone: 'warning', word: 'Your alert' },
  ];
  if (lines.length > 0) blocks.push({ kind: 'paragraph', content: [[...lines, ...rest].join('\n')] });
  blocks.push(
    {
      kind: 'context',
      content: [
        `You asked to be told about “${shorten(view.question, 200)}”; checked ${everyWords(view.everyMinutes)} with your rights (${view.scope}). /heed alerts mine lists your alerts.`,
      ],
    },
    { kind: 'actions', actions: [removeButton(view.id)] },
  );
  return { text, blocks };
}

export interface OwnAlertLine {
  readonly id: string;
  readonly question: string;
  readonly op: ThresholdOperator;
  /** As people write it. */
  readonly threshold: string;
  readonly everyMinutes: number;
  readonly isOn: boolean;
  readonly failed: string | null;
}

/** `/heed alerts mine`. */
export function buildOwnAlertList(lines: readonly OwnAlertLine[]): Message {
  if (lines.length === 0) {
    const text = 'You have no alerts of your own. Choose “Alert me when …” under an answer to make one.';
    return { text, blocks: [{ kind: 'paragraph', content: [text] }] };
  }
  const text = `You have ${lines.length} ${lines.length === 1 ? 'alert' : 'alerts'} of your own.`;
  return {
    text,
    blocks: [
      { kind: 'headline', text, tone: 'neutral' },
      ...lines.flatMap((line): Block[] => [
        {
          kind: 'paragraph',
          content: [
            { kind: 'strong', text: shorten(line.question, 200) },
            `\n${thresholdWords[line.op]} ${line.threshold}, checked ${everyWords(line.everyMinutes)}${line.isOn ? '; beyond it now' : ''}${line.failed === null ? '' : `; the last look failed: ${line.failed}`}`,
          ],
        },
        { kind: 'actions', actions: [removeButton(line.id)] },
      ]),
    ],
  };
}

const removeButton = (id: string) =>
  ({
    kind: 'button',
    action: ownAlertActions.remove,
    label: 'Delete this alert',
    value: id,
  }) as const;
