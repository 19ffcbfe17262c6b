import type { WorldAccount } from './accounts.ts';
import type { WorldPerson } from './people.ts';
import type { Random } from './random.ts';
import { salesforceId } from './salesforce-id.ts';
import { deals, requirements } from './words.ts';

export interface WorldDeal {
  readonly id: string;
  readonly account: WorldAccount;
  readonly owner: WorldPerson;
  readonly name: string;
  readonly stage: string;
  readonly amount: number;
  readonly probability: number;
  readonly createdAt: Date;
  /** `YYYY-MM-DD` */
  readonly closeDate: string;
  readonly isClosed: boolean;
  readonly isWon: boolean;
  readonly leadSource: string;
  readonly nextStep: string;
  readonly requirements: string;
  readonly history: readonly {
    readonly at: Date;
    readonly stage: string;
    readonly closeDate: string;
    readonly amount: number;
  }[];
}

const stages: readonly (readonly [stage: string, probability: number])[] = [
  ['Prospecting', 10],
  ['Qualification', 20],
  ['Needs Analysis', 35],
  ['Proposal/Price Quote', 60],
  ['Negotiation/Review', 80],
];
const dayMs = 86_400_000;
const day = (at: Date): string => at.toISOString().slice(0, 10);
const plusDays = (at: Date, days: number): Date => new Date(at.getTime() + days * dayMs);

export function buildDeals(
  random: Random,
  accounts: readonly WorldAccount[],
  options: { readonly asOf: Date; readonly count: number },
): {
  readonly deals: readonly WorldDeal[];
  readonly planted: { readonly overdue: readonly string[]; readonly pushed: readonly string[] };
} {
  const turns = new Map<string, number>();
  const built = Array.from({ length: options.count }, (_, index) => {
    const account = accounts[index % accounts.length] ?? random.pick(accounts);
    const turn = turns.get(account.owner.id) ?? 0;
    turns.set(account.owner.id, turn + 1);
    return buildDeal(random.fork(`deal ${index}`), account, index, planFor(turn), options.asOf);
  });
  return {
    deals: built.map(({ deal }) => deal),
    planted: {
      overdue: built.filter(({ plan }) => plan === 'overdue').map(({ deal }) => deal.name),
      pushed: built.filter(({ plan }) => plan === 'pushed').map(({ deal }) => deal.name),
    },
  };
}

type DealPlan = 'closed' | 'overdue' | 'pushed' | 'open';

/** Every rep has closed, open, overdue and pushed deals, in this order of turns. */
function planFor(turn: number): DealPlan {
  if (turn % 2 === 0) return 'closed';
  return turn % 10 === 3 ? 'overdue' : turn % 10 === 7 ? 'pushed' : 'open';
}

function buildDeal(
  random: Random,
  account: WorldAccount,
  index: number,
  plan: DealPlan,
  asOf: Date,
): { readonly deal: WorldDeal; readonly plan: DealPlan } {
  const amount = Math.round(random.logNormal(plan === 'closed' ? 55_000 : 80_000, 0.6) / 500) * 500;
  const isWon = plan === 'closed' && random.chance(0.58);
  const createdAt = plusDays(asOf, -random.whole(plan === 'closed' ? 60 : 25, plan === 'closed' ? 300 : 110));
  const cycle = Math.round(random.logNormal(48, 0.35));
  const closing = closingDay(random, plan, createdAt, cycle, asOf);
  const reached =
    plan === 'closed'
      ? isWon
        ? stages.length
        : random.whole(2, stages.length)
      : random.whole(2, stages.length);
  const steps = stages.slice(0, reached).map(([stage], step) => ({
    at: plusDays(
      createdAt,
      Math.round(
        (step * Math.max(1, (Math.min(closing.getTime(), asOf.getTime()) - createdAt.getTime()) / dayMs)) /
          (reached + 1),
      ),
    ),
    stage,
    // A pushed deal was planned for an earlier quarter until its last change.
    closeDate: day(plan === 'pushed' && step < reached - 1 ? plusDays(closing, -95) : closing),
    amount: step === 0 ? Math.round(amount * 0.8) : amount,
  }));
  if (plan === 'pushed') {
    const last = steps.at(-1);
    if (last !== undefined)
      steps.push({ ...last, at: plusDays(asOf, -random.whole(1, 4)), closeDate: day(closing) });
    const before = steps.at(-2);
    if (before !== undefined) steps[steps.length - 2] = { ...before, closeDate: day(plusDays(closing, -95)) };
  }
  if (plan === 'closed')
    steps.push({ at: closing, stage: isWon ? 'Closed Won' : 'Closed Lost', closeDate: day(closing), amount });
  const last = steps.at(-1);
  const probability = plan === 'closed' ? (isWon ? 100 : 0) : (stages[reached - 1]?.[1] ?? 10);
  const deal: WorldDeal = {
    id: salesforceId('006', index + 1),
    account,
    owner: account.owner,
    name: `${account.name}: ${deals[index % deals.length] ?? 'Expansion'}`,
    stage: last?.stage ?? 'Prospecting',
    amount,
    probability,
    createdAt,
    closeDate: day(closing),
    isClosed: plan === 'closed',
    isWon,
    leadSource: random.pick(['Partner', 'Web', 'Referral', 'Event', 'Outbound']),
    nextStep:
      plan === 'closed'
        ? ''
        : random.pick([
            'Security review',
            'Send revised quote',
            'Workshop with the platform team',
            'Legal redlines',
            'Reference call',
          ]),
    requirements: random.pick(requirements),
    history: steps,
  };
  return { deal, plan };
}

function closingDay(random: Random, plan: DealPlan, createdAt: Date, cycle: number, asOf: Date): Date {
  switch (plan) {
    case 'closed':
      return new Date(Math.min(plusDays(createdAt, cycle).getTime(), plusDays(asOf, -1).getTime()));
    case 'overdue':
      return plusDays(asOf, -random.whole(2, 34));
    case 'pushed':
      return plusDays(asOf, random.whole(50, 100));
    case 'open':
      return plusDays(asOf, random.whole(8, 110));
  }
}
