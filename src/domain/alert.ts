import { z } from 'zod';
import { conditionSchema } from './alert-condition.ts';
import { alertButtons } from './alert-rule.ts';
import type { ChartSpec } from './chart-data.ts';
import type { FindingKind, FindingSubject } from './finding.ts';
import { findingKinds } from './finding-facts.ts';
import { type Severity, severities } from './priority.ts';

/** `ok` has no row: an alert begins with the first finding that matches. */
export const alertStates = ['pending', 'firing', 'recovering', 'resolved'] as const;
export type AlertState = (typeof alertStates)[number];

/** One problem of one subject under one rule. Acknowledged, assigned and silenced are orthogonal to the state. */
export interface Alert {
  readonly id: string;
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly state: AlertState;
  /** Never falls while the alert is open. */
  readonly severity: Severity;
  readonly subject: FindingSubject;
  readonly accountId: string | null;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** The finding's number when it was last seen. */
  readonly value: number;
  readonly snapshot: AlertSnapshot;
  readonly pendingAt: Date;
  readonly firedAt: Date | null;
  readonly recoveringAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly resolveReason: string | null;
  readonly lastSeenAt: Date;
  /** Evaluations in a row in which the condition was clear. */
  readonly misses: number;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly assignedTo: string | null;
  readonly silencedUntil: Date | null;
  readonly silencedBy: string | null;
  /** Counts every change that people can see; buttons carry it. */
  readonly version: number;
}

export type AlertEventKind =
  | 'pending'
  | 'fired'
  | 'recovering'
  | 'resolved'
  | 'severity-raised'
  | 'acknowledged'
  | 'snoozed'
  | 'unsnoozed'
  | 'assigned';

/** One line of an alert's history. */
export interface AlertEvent {
  readonly at: Date;
  readonly kind: AlertEventKind;
  readonly actorId: string | null;
  /** Kebab-case name of why. */
  readonly reason: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const chartKinds: readonly ChartSpec['kind'][] = [
  'line',
  'stacked-bar',
  'gauge',
  'horizontal-bar',
  'kpi-strip',
];
// The full check of a picture belongs to whoever draws it; here it only must be one.
const chartSchema = z.custom<ChartSpec>(
  (given) =>
    typeof given === 'object' &&
    given !== null &&
    'kind' in given &&
    (chartKinds as readonly unknown[]).includes(given.kind),
  'is not a chart',
);

export const evidenceSchema = z.object({
  caption: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});

const personSchema = z.object({ name: z.string(), chatUserId: z.string().nullable() });
const seenSchema = z.object({
  /** ISO instant of the finding. */
  observedAt: z.string(),
  value: z.number(),
  facts: factsSchema,
  chart: chartSchema.nullable(),
});

/**
 * Everything an alert's message and its "Why?" need, as it was: the finding when the alert fired, what was known about
 * the account and the owner, the words of the rule, and where its message went.
 */
export const alertSnapshotSchema = z.object({
  finding: z.enum(Object.keys(findingKinds) as [FindingKind, ...FindingKind[]]),
  /** As of firing (while pending: as of the newest match). */
  fired: seenSchema.extend({ evidence: evidenceSchema }),
  /** As of the newest visible change; null: nothing since it fired. */
  latest: seenSchema.nullable(),
  account: z
    .object({
      name: z.string(),
      arr: z.number().nullable(),
      currency: z.string().nullable(),
      tier: z.string().nullable(),
    })
    .nullable(),
  owner: personSchema.nullable(),
  rule: z.object({
    title: z.string(),
    when: conditionSchema,
    clearWhen: conditionSchema.nullable(),
    nextStep: z.string().nullable(),
    buttons: z.array(z.enum(alertButtons)),
    mentionOwner: z.boolean(),
  }),
  delivery: z.object({
    conversations: z.array(z.string()),
    /** Why no message was posted; null: it was. */
    held: z.string().nullable(),
    /** The alert whose message this one writes to: its own id, or the one it flaps with. */
    messageOf: z.string(),
    isFlapping: z.boolean(),
  }),
  /** The analyser run that was counted last, and matches in a row while pending. */
  evaluation: z.object({ runId: z.string(), hits: z.number() }),
  raisedFrom: z.enum(severities).nullable(),
});
export type AlertSnapshot = z.infer<typeof alertSnapshotSchema>;
export type SeenFinding = z.infer<typeof seenSchema>;

/** What the message shows: the newest visible state, else the one that fired. */
export function shownFinding(snapshot: AlertSnapshot): SeenFinding {
  return snapshot.latest ?? snapshot.fired;
}

const rank: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1 };

/** Negative when `a` is less severe than `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return rank[a] - rank[b];
}
