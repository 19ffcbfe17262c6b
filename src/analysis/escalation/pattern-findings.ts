import type { HorizontalBarChart } from '../../domain/chart-data.ts';
import type { Finding } from '../../domain/finding.ts';
import { asOf, shorten } from '../wording.ts';
import type { EscalationPattern } from './escalation-patterns.ts';

/** The newest escalations of a group, as evidence. */
export interface PatternExample {
  readonly dimension: EscalationPattern['dimension'];
  readonly key: string;
  readonly ceNumber: string;
  readonly title: string;
  readonly account: string | null;
  readonly category: string | null;
  readonly openedAt: Date;
  readonly rootCause: string | null;
}

const BARS = 12;
const EVIDENCE_ROWS = 20;

const bases: Readonly<Record<EscalationPattern['dimension'], string>> = {
  account: 'its tickets of the same days',
  category: 'its share in the 270 days before',
  weekday: 'the tickets opened on that day of the week',
};

/** What to do about a pattern, and the rule that says so. */
const nextSteps: Readonly<
  Record<EscalationPattern['dimension'], { readonly rule: string; readonly text: (label: string) => string }>
> = {
  account: {
    rule: 'review-the-account',
    text: (label) =>
      `Review the open problems of ${label} with its owner, and agree on one plan with the customer.`,
  },
  category: {
    rule: 'find-the-common-cause',
    text: (label) =>
      `Read the root causes of the ${label} escalations together and look for one that they share.`,
  },
  weekday: {
    rule: 'compare-with-the-calendar',
    text: (label) => `Look for what happens on ${label}s: releases, batch jobs, maintenance, thin staffing.`,
  },
};

/**
 * One `escalation-pattern` finding for each notable pattern.
 *
 * @param patterns of one dimension, all of them: the others are the picture's background
 * @param days that were looked at
 */
export function buildPatternFindings(
  patterns: readonly EscalationPattern[],
  examples: readonly PatternExample[],
  { days, now, zone }: { readonly days: number; readonly now: Date; readonly zone: string },
): readonly Finding[] {
  return patterns
    .filter(({ isNotable }) => isNotable)
    .map((one): Finding => {
      const step = nextSteps[one.dimension];
      const name = one.dimension === 'weekday' ? `${one.label}s` : one.label;
      const times = `${one.ratio.toFixed(1)} times the expected ${writeExpected(one.expected)}`;
      return {
        kind: 'escalation-pattern',
        subject: {
          kind: 'series',
          id: `escalations by ${one.dimension}/${one.key}`,
          label: shorten(`Customer escalations: ${name}`, 100),
        },
        accountId: one.accountId,
        ownerId: null,
        teamId: null,
        value: Math.round(one.ratio * 100) / 100,
        observedAt: now,
        facts: {
          headline: shorten(`Customer escalations pile up: ${name}`, 140),
          sentence: `${one.escalations} customer escalations in ${days} days, ${times} (measured against ${bases[one.dimension]}); a chance of ${writeChance(one.chance)} by accident.`,
          dimension: one.dimension,
          group: one.label,
          account: one.dimension === 'account' ? one.label : null,
          escalations: one.escalations,
          expected: Math.round(one.expected * 10) / 10,
          chance: one.chance,
          days,
          next_step: step.text(one.label),
          next_step_rule: step.rule,
        },
        evidence: buildEvidence(one, examples, days),
        chart: buildChart(one, patterns, { days, now, zone }),
      };
    });
}

function buildEvidence(one: EscalationPattern, examples: readonly PatternExample[], days: number) {
  const own = examples
    .filter(({ dimension, key }) => dimension === one.dimension && key === one.key)
    .toSorted((a, b) => b.openedAt.getTime() - a.openedAt.getTime())
    .slice(0, EVIDENCE_ROWS);
  return {
    caption: `Newest customer escalations of ${days} days (${own.length} of ${one.escalations} shown); expected = all escalations x share of the base; chance = exact binomial test that so many or more fall here`,
    columns: ['CE', 'Title', 'Account', 'Category', 'Opened', 'Root cause'],
    rows: own.map(({ ceNumber, title, account, category, openedAt, rootCause }) => [
      ceNumber,
      shorten(title, 80),
      account,
      category,
      openedAt.toISOString().slice(0, 10),
      rootCause === null ? null : shorten(rootCause, 120),
    ]),
  };
}

function buildChart(
  one: EscalationPattern,
  patterns: readonly EscalationPattern[],
  { days, now, zone }: { readonly days: number; readonly now: Date; readonly zone: string },
): HorizontalBarChart {
  const largest = patterns.toSorted((a, b) => b.escalations - a.escalations);
  const top = largest.slice(0, BARS);
  const shown = top.includes(one) ? top : [...top.slice(0, BARS - 1), one];
  const bars = shown.map((pattern) => ({
    label: shorten(pattern.label, 40),
    value: pattern.escalations,
    note: `expected ${writeExpected(pattern.expected)}`,
    tone: pattern === one ? ('warning' as const) : ('neutral' as const),
  }));
  return {
    kind: 'horizontal-bar',
    title: `Customer escalations by ${one.dimension}`,
    subtitle: `${days} days, ${shorten(one.label, 40)} in colour, ${asOf(now, zone)}`,
    altText: shorten(
      `Customer escalations by ${one.dimension} in ${days} days: ${bars.map(({ label, value, note }) => `${label} ${value} (${note})`).join('; ')}.`,
      2_000,
    ),
    bars,
    format: { kind: 'number', decimals: 0 },
  };
}

function writeExpected(expected: number): string {
  return expected < 10 ? expected.toFixed(1) : String(Math.round(expected));
}

function writeChance(chance: number): string {
  return chance < 0.0001 ? 'less than 1 in 10,000' : `1 in ${Math.round(1 / chance).toLocaleString('en-US')}`;
}
