import { z } from 'zod';
import { type Condition, conditionSchema } from './alert-condition.ts';
import { durationSchema, noWait, type Wait, waitSchema } from './alert-timing.ts';
import type { FindingKind } from './finding.ts';
import { findingKinds } from './finding-facts.ts';
import { type Severity, severities } from './priority.ts';

/** When to tell somebody: a condition over the findings of one kind, how long, how bad, to whom, and what to do. */
export interface AlertRule {
  /** Kebab-case, unique; shown in every message. */
  readonly id: string;
  readonly title: string;
  readonly finding: FindingKind;
  readonly when: Condition;
  /** Ends a firing alert; absent: `when` no longer holds. Between the two the alert stays as it is (hysteresis). */
  readonly clearWhen: Condition | null;
  /** The condition must hold this long before the alert fires. */
  readonly for: Wait;
  /** It must be clear this long before the alert resolves. */
  readonly keepFiringFor: Wait;
  readonly severity: SeverityLadder;
  /** What makes two findings the same alert: `subject` or names of facts, never the measured value. */
  readonly fingerprint: readonly string[];
  /** Fixed words, or texts with {fact} placeholders; routes match on them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Wins over routes.yml. */
  readonly channels: readonly string[] | null;
  readonly mentionOwner: boolean;
  /** Sentence with {fact} placeholders. */
  readonly nextStep: string | null;
  /** After this long the alert is dismissed even if the condition holds; null: never. */
  readonly ttlSeconds: number | null;
  readonly buttons: readonly AlertButton[];
  /** While an alert of one of these rules is open for the same subject, this rule stays quiet about it. */
  readonly inhibitedBy: readonly string[];
  /** Facts whose change edits the message in place, without a notification. */
  readonly refreshOn: readonly string[];
  /** Which alerts come first when there are too many to post. */
  readonly worstFirst: { readonly field: string; readonly direction: 'asc' | 'desc' };
  /** New messages per evaluation and conversation; the rest is one summary line. */
  readonly postAtMost: number | null;
}

export const alertButtons = ['acknowledge', 'snooze', 'assign', 'why'] as const;
export type AlertButton = (typeof alertButtons)[number];

/** The first step that matches gives the severity; otherwise the last word. */
export interface SeverityLadder {
  readonly steps: readonly { readonly when: Condition; readonly severity: Severity }[];
  readonly otherwise: Severity;
}

const severity = z.enum(severities);
const ruleId = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, such as sla-at-risk');
const channel = z.string().regex(/^(#[a-z0-9_-]{1,79}|[CGD][A-Z0-9]{6,}|@[UW][A-Z0-9]{6,}|owner)$/, {
  error: 'must be a #channel, a channel id, @<user id>, or owner',
});
const inList = (given: unknown): unknown => (typeof given === 'string' ? [given] : given);
/** One conversation or several; `owner` is the direct message with the owner of the subject. */
const channelsSchema = z.preprocess(inList, z.array(channel).min(1).readonly());
const kinds = Object.keys(findingKinds) as [FindingKind, ...FindingKind[]];

/** A severity word, or steps with conditions and `otherwise`. */
const ladder = z.preprocess(
  (given) => (typeof given === 'string' ? { otherwise: given } : given),
  z.strictObject({
    steps: z.array(z.strictObject({ when: conditionSchema, severity })).default([]),
    otherwise: severity,
  }),
);

const writtenRule = z.strictObject({
  id: ruleId,
  title: z.string().min(3).max(80),
  finding: z.enum(kinds),
  when: conditionSchema,
  clear_when: conditionSchema.optional(),
  for: waitSchema.default(noWait),
  keep_firing_for: waitSchema.default(noWait),
  severity: ladder,
  fingerprint: z.array(z.string()).min(1).default(['subject']),
  labels: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.string()).default({}),
  channel: channelsSchema.optional(),
  mention_owner: z.boolean().default(false),
  next_step: z.string().max(300).optional(),
  ttl: durationSchema.optional(),
  buttons: z.array(z.enum(alertButtons)).default(['acknowledge', 'snooze', 'why']),
  inhibited_by: z.array(ruleId).default([]),
  refresh_on: z.array(z.string()).default([]),
  worst_first: z
    .strictObject({ field: z.string(), direction: z.enum(['asc', 'desc']) })
    .default({ field: 'value', direction: 'desc' }),
  post_at_most: z.int().min(1).max(100).optional(),
});

/** Every key a rule may have. */
export const alertRuleKeys: readonly string[] = Object.keys(writtenRule.shape);

/** A rule as it is written in `catalogue/alerts/*.yml`; facts and texts are linted by `src/catalogue/alert-rules.ts`. */
export const alertRuleSchema = writtenRule.transform(
  (written): AlertRule => ({
    id: written.id,
    title: written.title,
    finding: written.finding,
    when: written.when,
    clearWhen: written.clear_when ?? null,
    for: written.for,
    keepFiringFor: written.keep_firing_for,
    severity: written.severity,
    fingerprint: written.fingerprint,
    labels: written.labels,
    channels: written.channel ?? null,
    mentionOwner: written.mention_owner,
    nextStep: written.next_step ?? null,
    ttlSeconds: written.ttl ?? null,
    buttons: written.buttons,
    inhibitedBy: written.inhibited_by,
    refreshOn: written.refresh_on,
    worstFirst: written.worst_first,
    postAtMost: written.post_at_most ?? null,
  }),
);

/** Where an alert goes: the first route whose labels all match, else the default. */
export interface AlertRoutes {
  readonly routes: readonly {
    /** Label -> the values that match. */
    readonly match: Readonly<Record<string, readonly string[]>>;
    readonly channels: readonly string[];
  }[];
  readonly defaultChannels: readonly string[];
}

const oneOrMore = z.preprocess(inList, z.array(z.string()).min(1).readonly());

/** `catalogue/routes.yml`. */
export const alertRoutesSchema = z
  .strictObject({
    default: channelsSchema,
    routes: z
      .array(z.strictObject({ match: z.record(z.string(), oneOrMore), channel: channelsSchema }))
      .default([]),
  })
  .transform(
    (written): AlertRoutes => ({
      defaultChannels: written.default,
      routes: written.routes.map(({ match, channel: channels }) => ({ match, channels })),
    }),
  );
