import type { Severity } from '../domain/priority.ts';
import { formatInstant, formatNumber, plural, severityWord, shorten } from './format.ts';
import type { Block, Message } from './message.ts';
import { toneOf } from './severity-tone.ts';

export interface BurstView {
  readonly ruleId: string;
  readonly ruleTitle: string;
  /** Alerts of this evaluation that have a message of their own in this conversation. */
  readonly postedCount: number;
  /** Worst first. */
  readonly held: readonly { readonly label: string; readonly severity: Severity }[];
  /** The rule has never been evaluated before, so this is what was there already. */
  readonly isFirstEvaluation: boolean;
  readonly at: Date;
  readonly zone: string;
}

const named = 5;

/** One line for all that fired at the same time beyond what a channel can take. */
export function buildBurstMessage(view: BurstView): Message {
  const { held, ruleTitle, postedCount, zone } = view;
  const worst = held[0]?.severity ?? 'low';
  const headline = `and ${formatNumber(held.length)} more: ${ruleTitle}`;
  const why = view.isFirstEvaluation
    ? `This is the first time the rule looked, and ${plural(postedCount + held.length, 'subject matches', 'subjects match')}.`
    : `${plural(postedCount + held.length, 'alert')} of this rule fired at once.`;
  const posted = `The worst ${formatNumber(postedCount)} are posted here; the others are open too, and are posted if they get worse.`;
  const next = held
    .slice(0, named)
    .map(({ label, severity }) => `${shorten(label, 60)} (${severityWord(severity)})`);
  const names = `Next: ${next.join('; ')}${held.length > named ? '; …' : ''}`;
  const blocks: readonly Block[] = [
    { kind: 'headline', text: headline, tone: toneOf(worst), word: severityWord(worst) },
    { kind: 'paragraph', content: [`${why} ${posted}`] },
    { kind: 'paragraph', content: [names] },
    {
      kind: 'context',
      content: [`As of ${formatInstant(view.at, zone)} · rule `, { kind: 'code', text: view.ruleId }],
    },
  ];
  return { text: `${headline}. ${why} ${posted} ${names}`, blocks };
}
