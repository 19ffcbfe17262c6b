import type { OpenEscalation } from './open-escalation.ts';

/** What to do next about a customer escalation, and the rule that says so. */
export interface NextStep {
  readonly rule: string;
  readonly text: string;
}

interface NextStepRule {
  readonly id: string;
  readonly applies: (escalation: OpenEscalation, ageSeconds: number) => boolean;
  readonly text: (escalation: OpenEscalation) => string;
}

const HOUR = 3_600;
/** After this long without a root cause somebody else should look, by priority. */
const causeExpectedSeconds = { urgent: 4 * HOUR, high: 24 * HOUR, normal: 72 * HOUR, low: 168 * HOUR };
/** A mean below this reads as an unhappy customer; scores run from -1 to 1. */
const UNHAPPY_BELOW = -0.3;
/** A shard with this many times the mean load is worth moving data for. */
const HOT_SHARD_RATIO = 2;

/** The first that applies is suggested; the order is from "nobody is on it" to "nearly done". */
export const nextStepRules: readonly NextStepRule[] = [
  {
    id: 'assign-an-owner',
    applies: (escalation) => escalation.ownerId === null,
    text: () => 'Assign an owner: nobody is named on this escalation.',
  },
  {
    id: 'confirm-and-resolve',
    applies: ({ status }) => status === 'mitigated' || status === 'monitoring',
    text: ({ account }) => `Ask ${account ?? 'the customer'} to confirm that it works, then resolve.`,
  },
  {
    id: 'start-investigating',
    applies: ({ status, priority }) => status === 'open' && (priority === 'urgent' || priority === 'high'),
    text: ({ owner }) => `Start the investigation now${owner === null ? '' : ` (${owner})`}.`,
  },
  {
    id: 'move-load-off-the-hot-shard',
    applies: ({ hotShard }) => (hotShard?.skewRatio ?? 0) >= HOT_SHARD_RATIO,
    text: ({ hotShard }) =>
      `Split or move ${[hotShard?.shard ?? 'the hot shard', hotShard?.table ? `of ${hotShard.table}` : ''].join(' ').trim()}: it carries ${hotShard?.skewRatio ?? '?'} times the mean load.`,
  },
  {
    id: 'find-the-root-cause',
    applies: ({ rootCause, priority }, ageSeconds) =>
      isBlank(rootCause) && ageSeconds >= causeExpectedSeconds[priority ?? 'normal'],
    text: ({ priority }) => `Bring in engineering: no root cause yet for ${priority ?? 'normal'} priority.`,
  },
  {
    id: 'call-the-customer',
    applies: ({ sentimentScore }) => sentimentScore !== null && sentimentScore <= UNHAPPY_BELOW,
    text: ({ account }) => `Call ${account ?? 'the customer'}: the tone of this escalation is negative.`,
  },
  {
    id: 'write-an-action-plan',
    applies: ({ actionPlan }) => isBlank(actionPlan),
    text: () => 'Write the action plan with a date for each step.',
  },
  {
    id: 'follow-the-action-plan',
    applies: () => true,
    text: ({ actionPlan }) => `Go on with the plan: ${firstLine(actionPlan ?? '')}`,
  },
];

/** The first rule that applies; there is always one. */
export function suggestNextStep(escalation: OpenEscalation, ageSeconds: number): NextStep {
  const rule = nextStepRules.find(({ applies }) => applies(escalation, ageSeconds)) ?? nextStepRules.at(-1)!;
  return { rule: rule.id, text: rule.text(escalation) };
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

function firstLine(text: string): string {
  const line =
    text
      .split('\n')
      .map((one) => one.replace(/^[\s*\-\d.)]+/, '').trim())
      .find((one) => one !== '') ?? '';
  return line.length <= 160 ? line : `${line.slice(0, 159)}…`;
}
