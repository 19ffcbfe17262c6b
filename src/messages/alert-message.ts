import { type Alert, type AlertSnapshot, compareSeverity, shownFinding } from '../domain/alert.ts';
import { explainButton, openActions } from './alert-buttons.ts';
import { type AlertView, nameOf } from './alert-view.ts';
import type { AlertWords, Subject } from './alert-words/subject.ts';
import { wordsOf } from './alert-words/words-of.ts';
import { fillTemplate } from './fill-template.ts';
import { formatClock, formatDuration, formatInstant, severityWord } from './format.ts';
import type { Block, Inline, Message } from './message.ts';
import { toneOf } from './severity-tone.ts';

/**
 * The message about one alert in its present state: what is wrong, how bad, who is affected, until when, the picture,
 * what to do next, and who has it. Built from the alert alone, so the same alert always gives the same message and an
 * unchanged one is not sent again.
 */
export function buildAlertMessage(view: AlertView): Message {
  const { alert } = view;
  const words = wordsOf(alert.snapshot.finding, subjectOf(view));
  return alert.state === 'resolved' ? overMessage(view, words) : openMessage(view, words);
}

/** The line for the thread when an open alert calls again: it became worse, or its snooze is over. */
export function buildAlertReply(view: AlertView, why: 'severity-raised' | 'snooze-elapsed'): Message {
  const { alert } = view;
  const { sentence } = wordsOf(alert.snapshot.finding, subjectOf(view));
  const headline =
    why === 'severity-raised'
      ? `raised from ${severityWord(alert.snapshot.raisedFrom ?? 'low')}`
      : 'the snooze is over and it still holds';
  const word = severityWord(alert.severity);
  return {
    text: `${word}: ${headline}. ${sentence}`,
    blocks: [
      { kind: 'headline', text: headline, tone: toneOf(alert.severity), word },
      { kind: 'paragraph', content: [sentence, ...mention(alert)] },
    ],
  };
}

function subjectOf({ alert, zone }: AlertView): Subject {
  const { snapshot } = alert;
  const seen = shownFinding(snapshot);
  return {
    label: alert.subject.label,
    seen,
    fired: snapshot.fired,
    account: snapshot.account,
    zone,
    asOf: new Date(seen.observedAt),
    hasLeft: alert.resolveReason === 'subject-left',
    endedAt: alert.resolvedAt,
  };
}

function openMessage(view: AlertView, words: AlertWords): Message {
  const { alert } = view;
  const { snapshot } = alert;
  const word = severityWord(alert.severity);
  const chart = shownFinding(snapshot).chart;
  const blocks: readonly (Block | null)[] = [
    { kind: 'headline', text: words.headline, tone: toneOf(alert.severity), word },
    { kind: 'paragraph', content: [words.sentence, ...mention(alert)] },
    paragraph(statusLines(view).join(' ')),
    words.fields.length > 0 ? { kind: 'fields', fields: words.fields.slice(0, 10) } : null,
    chart === null ? null : { kind: 'chart', spec: chart },
    nextStep(view),
    { kind: 'actions', actions: openActions(alert) },
    context(view),
  ];
  return {
    text: [`${word}: ${words.headline}.`, words.sentence, ...statusLines(view)].join(' '),
    blocks: blocks.filter((block) => block !== null),
  };
}

const resolvedWord = 'Resolved';

/** How each end is called; whatever is not here is simply resolved. */
function ending(
  reason: string | null,
  isGood: boolean,
): { readonly word: string; readonly sentence: string | null } {
  if (reason?.startsWith('superseded-by-'))
    return {
      word: 'Superseded',
      sentence: `Rule ${reason.slice('superseded-by-'.length)} reports it now, in its own message.`,
    };
  if (reason === 'expired')
    return { word: 'Dismissed', sentence: 'It was open for as long as its rule allows; it may still hold.' };
  if (reason === 'rule-removed')
    return { word: 'Ended', sentence: 'Its rule was taken out of the catalogue.' };
  return { word: isGood ? resolvedWord : 'Ended', sentence: null };
}

function overMessage(view: AlertView, words: AlertWords): Message {
  const { alert } = view;
  const end = ending(alert.resolveReason, words.over.isGood);
  const headline = end.sentence === null ? words.over.headline : words.headline;
  const sentence = end.sentence ?? words.over.sentence;
  const lines = overLines(view, end.word);
  const blocks: readonly (Block | null)[] = [
    {
      kind: 'headline',
      text: headline,
      tone: end.word === resolvedWord ? 'good' : 'neutral',
      word: end.word,
    },
    paragraph(sentence),
    paragraph(lines.join(' ')),
    { kind: 'actions', actions: [explainButton(alert)] },
    { kind: 'context', content: ruleWords(alert) },
  ];
  return {
    text: [`${end.word}: ${headline}.`, sentence, ...lines].join(' '),
    blocks: blocks.filter((block) => block !== null),
  };
}

/** When it ended, how long it took, and who had it. */
function overLines(view: AlertView, word: string): readonly string[] {
  const { alert, zone } = view;
  const { resolvedAt, firedAt } = alert;
  if (resolvedAt === null || firedAt === null) return [];
  const took = formatDuration((resolvedAt.getTime() - firedAt.getTime()) / 1000);
  const when = `${word} on ${formatInstant(resolvedAt, zone)}, ${took} after it fired ${formatClockOrDay(firedAt, resolvedAt, zone)}.`;
  const who = alert.assignedTo ?? alert.acknowledgedBy;
  return who === null ? [when, 'Nobody had acknowledged it.'] : [when, `${nameOf(view, who)} had it.`];
}

function formatClockOrDay(at: Date, reference: Date, zone: string): string {
  const whole = formatInstant(at, zone, reference);
  const day = (text: string) => text.replace(/ \d\d:\d\d .*$/, '');
  return day(whole) === day(formatInstant(reference, zone)) ? `at ${formatClock(at, zone)}` : whole;
}

/** What has happened to it since it fired. */
function statusLines(view: AlertView): readonly string[] {
  const { alert, zone } = view;
  const lines: string[] = [];
  const { raisedFrom } = alert.snapshot;
  if (raisedFrom !== null && compareSeverity(alert.severity, raisedFrom) > 0)
    lines.push(`Raised from ${severityWord(raisedFrom)} to ${severityWord(alert.severity)}.`);
  if (alert.state === 'recovering' && alert.recoveringAt !== null)
    lines.push(`Clear since ${formatInstant(alert.recoveringAt, zone)}; it resolves if it stays so.`);
  if (alert.acknowledgedAt !== null)
    lines.push(
      `Acknowledged by ${nameOf(view, alert.acknowledgedBy)} on ${formatInstant(alert.acknowledgedAt, zone)}.`,
    );
  if (alert.assignedTo !== null) lines.push(`Assigned to ${nameOf(view, alert.assignedTo)}.`);
  if (alert.silencedUntil !== null)
    lines.push(
      `Snoozed by ${nameOf(view, alert.silencedBy)} until ${formatInstant(alert.silencedUntil, zone)}.`,
    );
  if (alert.snapshot.delivery.isFlapping)
    lines.push('It comes and goes; changes are shown here without a new message.');
  return lines;
}

/** Calls the owner, where the rule wants it. */
function mention(alert: Alert): readonly Inline[] {
  const { owner, rule } = alert.snapshot;
  // Once somebody has it, nobody else is called.
  const isTaken = alert.acknowledgedAt !== null || alert.assignedTo !== null;
  if (!rule.mentionOwner || owner === null || isTaken) return [];
  return [' ', { kind: 'person', ...owner }, ', this one is yours.'];
}

function nextStep({ alert, zone }: AlertView): Block | null {
  const { snapshot } = alert;
  const text = nextStepText(snapshot, zone);
  if (text === null) return null;
  const rule = snapshot.fired.facts['next_step_rule'];
  const by = typeof rule === 'string' && rule !== '' ? rule : alert.ruleId;
  return {
    kind: 'paragraph',
    content: [{ kind: 'strong', text: 'Suggested next step' }, ` (rule ${by}): ${text}`],
  };
}

function nextStepText(snapshot: AlertSnapshot, zone: string): string | null {
  const seen = shownFinding(snapshot);
  if (snapshot.rule.nextStep === null) return null;
  return fillTemplate(snapshot.rule.nextStep, snapshot.finding, seen, {
    zone,
    currency: typeof seen.facts['currency'] === 'string' ? seen.facts['currency'] : null,
    reference: new Date(seen.observedAt),
  });
}

function context({ alert, zone }: AlertView): Block {
  const asOf = formatInstant(new Date(shownFinding(alert.snapshot).observedAt), zone);
  return { kind: 'context', content: [`As of ${asOf} · `, ...ruleWords(alert)] };
}

function ruleWords(alert: Alert): readonly Inline[] {
  return [`${alert.snapshot.rule.title}, rule `, { kind: 'code', text: alert.ruleId }];
}

function paragraph(text: string): Block | null {
  return text === '' ? null : { kind: 'paragraph', content: [text] };
}
