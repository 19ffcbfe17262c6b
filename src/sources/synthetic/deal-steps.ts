import type { DealPlan } from './deals.ts';
import type { Random } from './random.ts';

/** What was true of a deal from an instant on: a row of OpportunityHistory. */
export interface DealStep {
  readonly at: Date;
  readonly stage: string;
  /** `YYYY-MM-DD` */
  readonly closeDate: string;
  readonly amount: number;
}

/** Stages of open deals: percent of probability, and their usual share of the time that a deal takes. */
export const openStages = [
  { stage: 'Prospecting', probability: 10, share: 0.16 },
  { stage: 'Qualification', probability: 20, share: 0.18 },
  { stage: 'Needs Analysis', probability: 35, share: 0.24 },
  { stage: 'Proposal/Price Quote', probability: 60, share: 0.22 },
  { stage: 'Negotiation/Review', probability: 80, share: 0.2 },
] as const;

const dayMs = 86_400_000;
/** A pushed deal was planned for an earlier quarter until its last change. */
const pushDays = 95;
const day = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

export interface StepsRequest {
  readonly plan: DealPlan;
  readonly isWon: boolean;
  readonly amount: number;
  /** How many of the open stages it came through. */
  readonly reached: number;
  readonly createdAt: number;
  readonly closing: number;
  readonly asOf: Date;
}

/** The history of a deal, ascending and never after the end of the world. */
export function buildSteps(random: Random, request: StepsRequest): readonly DealStep[] {
  const { plan, amount, reached, createdAt, closing } = request;
  const end = request.asOf.getTime();
  const until = plan === 'closed' ? closing : plan === 'stale' ? createdAt + (end - createdAt) * 0.3 : end;
  const planned = plannedDates(random, plan, closing);
  const entered = stageStarts(random, reached, createdAt, until);
  const steps = entered.map(
    (at, index): DealStep => ({
      at: new Date(at),
      stage: openStages[index]?.stage ?? 'Prospecting',
      closeDate: day(index < reached - 1 ? planned.before : planned.after),
      amount: index === 0 ? Math.round((amount * random.pick([0.7, 0.8, 0.9, 1])) / 500) * 500 : amount,
    }),
  );
  const last = steps.at(-1);
  if (last === undefined) return steps;
  if (plan === 'pushed') {
    const pushedAt = Math.max(last.at.getTime() + 3_600_000, end - random.whole(1, 4) * dayMs);
    steps[steps.length - 1] = { ...last, closeDate: day(planned.before) };
    steps.push({ ...last, at: new Date(Math.min(pushedAt, end - 60_000)), closeDate: day(closing) });
  } else if (plan === 'closed') {
    const stage = request.isWon ? 'Closed Won' : 'Closed Lost';
    steps.push({ at: new Date(closing), stage, closeDate: day(closing), amount });
  }
  return steps;
}

/** Close dates before and after the last change: a third of the closed deals slipped by some weeks before they closed. */
function plannedDates(
  random: Random,
  plan: DealPlan,
  closing: number,
): { readonly before: number; readonly after: number } {
  if (plan === 'pushed') return { before: closing - pushDays * dayMs, after: closing };
  if (plan !== 'closed' || !random.chance(0.35)) return { before: closing, after: closing };
  return { before: closing - random.whole(10, 45) * dayMs, after: closing };
}

/** When each stage began; shares of the whole time with a spread of their own. */
function stageStarts(random: Random, reached: number, from: number, until: number): readonly number[] {
  const shares = openStages.slice(0, reached).map(({ share }) => share * random.logNormal(1, 0.45));
  const total = shares.reduce((sum, share) => sum + share, 0);
  let passed = 0;
  return shares.map((share) => {
    const at = from + ((until - from) * passed) / total;
    passed += share;
    return Math.floor(at / 1000) * 1000;
  });
}
