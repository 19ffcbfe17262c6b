import { endOf, type WorldAccount } from './accounts.ts';
import { buildSteps, type DealStep, openStages } from './deal-steps.ts';
import {
  dealKinds,
  nextSteps,
  productNames,
  requirements,
  people as salesWords,
  squeezed,
} from './deal-words.ts';
import { fillIn } from './grammar.ts';
import type { WorldPerson } from './people.ts';
import { drawCloseDay } from './quarter-end.ts';
import type { Random } from './random.ts';
import { salesforceId } from './salesforce-id.ts';

/** `overdue`: past its close date; `pushed`: put off into a later quarter; `stale`: nobody has touched it for long. */
export type DealPlan = 'closed' | 'overdue' | 'pushed' | 'stale' | 'open';

export interface WorldDeal {
  readonly id: string;
  /** Null: the rep forgot it. */
  readonly account: WorldAccount | null;
  readonly owner: WorldPerson;
  readonly name: string;
  readonly plan: DealPlan;
  readonly stage: string;
  readonly amount: number;
  readonly currency: 'USD' | 'EUR';
  /** Percent. */
  readonly probability: number;
  readonly createdAt: Date;
  /** `YYYY-MM-DD` */
  readonly closeDate: string;
  readonly isClosed: boolean;
  readonly isWon: boolean;
  readonly type: string;
  readonly leadSource: string;
  readonly nextStep: string;
  readonly requirements: string;
  /** Set when the name writes a product in another way than the price list. */
  readonly productVariant: { readonly name: string; readonly variant: string } | null;
  readonly history: readonly DealStep[];
}

export interface DealsRequest {
  readonly accounts: readonly WorldAccount[];
  readonly asOf: Date;
  readonly count: number;
  /** Closed deals closed within so many days before the end. */
  readonly closedDays: number;
  /** Reps of a small world get every plan in turn, those of a large one by chance. */
  readonly byTurns: boolean;
}

const dayMs = 86_400_000;
const missingAccountShare = 0.025;
const plusDays = (epochMs: number, days: number): number => epochMs + days * dayMs;

/** True chance of winning a deal, by rep. */
export function drawWinRates(random: Random, reps: readonly WorldPerson[]): ReadonlyMap<string, number> {
  return new Map(
    reps.map(({ id }) => [id, Math.round(100 / (1 + Math.exp(-(0.35 + 0.3 * random.normal())))) / 100]),
  );
}

/** Deals one after another; a rep's deals are those of the accounts that the rep owns. */
export function* streamDeals(
  random: Random,
  request: DealsRequest,
  winRates: ReadonlyMap<string, number>,
): Generator<WorldDeal> {
  const turns = new Map<string, number>();
  const nameless = drawNameless(random.fork('nameless'), request.count);
  for (let index = 0; index < request.count; index += 1) {
    const own = random.fork(`deal ${index}`);
    const place = index % request.accounts.length;
    const round = Math.floor(index / request.accounts.length);
    const account = request.accounts[place];
    if (account === undefined) return;
    const turn = turns.get(account.owner.id) ?? 0;
    const plan =
      account.churnedOn !== null ? 'closed' : request.byTurns ? planByTurn(turn) : own.weighted(plans);
    if (account.churnedOn === null) turns.set(account.owner.id, turn + 1);
    const isNameless = nameless.has(index) && plan !== 'overdue' && plan !== 'pushed';
    yield buildDeal(
      own,
      { account, place, round, plan, index, isNameless, winRate: winRates.get(account.owner.id) ?? 0.5 },
      request,
    );
  }
}

const plans = [
  ['closed', 80],
  ['open', 14],
  ['overdue', 2.5],
  ['pushed', 2],
  ['stale', 1.5],
] as const;

/** Every rep has closed, open, overdue, pushed and stale deals, in this order of turns. */
function planByTurn(turn: number): DealPlan {
  if (turn % 2 === 0) return 'closed';
  const plan: Readonly<Record<number, DealPlan>> = { 3: 'overdue', 7: 'pushed', 9: 'stale' };
  return plan[turn % 10] ?? 'open';
}

/** Which deals lack their account: a share of all, at least one. */
function drawNameless(random: Random, count: number): ReadonlySet<number> {
  const wanted = Math.max(1, Math.round(count * missingAccountShare));
  const chosen = new Set<number>();
  // Even places are the closed deals of the first rep's turns as often as not; any place will do.
  while (chosen.size < wanted) chosen.add(random.whole(0, count - 1));
  return chosen;
}

interface DealDraft {
  readonly account: WorldAccount;
  /** Of the account in the list, and how many deals it had before. */
  readonly place: number;
  readonly round: number;
  readonly plan: DealPlan;
  readonly index: number;
  readonly isNameless: boolean;
  readonly winRate: number;
}

function buildDeal(random: Random, draft: DealDraft, request: DealsRequest): WorldDeal {
  const { account, plan, index } = draft;
  const isClosed = plan === 'closed';
  const isWon = isClosed && random.chance(draft.winRate);
  const amount = Math.round(random.logNormal(isClosed ? 55_000 : 80_000, 0.6) / 500) * 500;
  const dates = drawDates(random, draft, isWon, request);
  const reached = isWon ? openStages.length : random.whole(isClosed ? 1 : 2, openStages.length);
  const history = buildSteps(random, { plan, isWon, amount, reached, ...dates, asOf: request.asOf });
  const stage = history.at(-1)?.stage ?? 'Prospecting';
  const { name, productVariant } = nameOf(random, draft);
  return {
    id: salesforceId('006', index + 1),
    account: draft.isNameless ? null : account,
    owner: account.owner,
    name,
    plan,
    stage,
    amount,
    currency: account.currency,
    probability: isClosed ? (isWon ? 100 : 0) : (openStages[reached - 1]?.probability ?? 10),
    createdAt: new Date(dates.createdAt),
    closeDate: new Date(dates.closing).toISOString().slice(0, 10),
    isClosed,
    isWon,
    type: /renewal/.test(name) ? 'Renewal' : random.chance(0.35) ? 'New Business' : 'Existing Business',
    leadSource: random.pick(['Partner', 'Web', 'Referral', 'Event', 'Outbound']),
    nextStep: isClosed ? '' : fillIn(random, random.pick(nextSteps[stage] ?? ['']), salesWords),
    requirements: random.pick(requirements),
    productVariant,
    history,
  };
}

/** Days from the first talk to the signature, or to the refusal, which comes sooner. */
const cycleDays = { won: 57, lost: 25 } as const;

function drawDates(
  random: Random,
  { account, plan }: DealDraft,
  isWon: boolean,
  { asOf, closedDays }: DealsRequest,
): { readonly createdAt: number; readonly closing: number } {
  const end = asOf.getTime();
  const today = Math.floor(end / dayMs) * dayMs;
  const cycle = Math.max(3, Math.round(random.logNormal(isWon ? cycleDays.won : cycleDays.lost, 0.4)));
  const dayTime = random.whole(7 * 3600, 18 * 3600) * 1000;
  switch (plan) {
    case 'closed': {
      const last = Math.min(today, Math.floor(endOf(account, asOf) / dayMs) * dayMs) - dayMs;
      const closing = drawCloseDay(random, plusDays(last, -closedDays), last) + dayTime;
      return { closing, createdAt: plusDays(closing, -cycle) };
    }
    case 'overdue':
      return {
        createdAt: plusDays(end, -random.whole(45, 120)),
        closing: plusDays(today, -random.whole(2, 34)),
      };
    case 'pushed':
      return {
        createdAt: plusDays(end, -random.whole(60, 130)),
        closing: drawCloseDay(random, plusDays(today, 50), plusDays(today, 110)),
      };
    case 'stale':
      return {
        createdAt: plusDays(end, -random.whole(230, 420)),
        closing: drawCloseDay(random, plusDays(today, 10), plusDays(today, 150)),
      };
    case 'open':
      return {
        createdAt: plusDays(end, -random.whole(6, 100)),
        closing: drawCloseDay(random, plusDays(today, 8), plusDays(today, 120)),
      };
  }
}

/** Unique by account and turn; some name the product, and some of those write it as one word. */
function nameOf(
  random: Random,
  { account, index, place, round, isNameless }: DealDraft,
): Pick<WorldDeal, 'name' | 'productVariant'> {
  // Five and sixteen share no factor: the deals of one account are all of different kinds, up to sixteen.
  const kind = dealKinds[(place * 7 + round * 5) % dealKinds.length] ?? 'expansion';
  const product = random.chance(0.3) ? random.pick(productNames) : null;
  const written = product !== null && random.chance(0.4) ? squeezed(product) : product;
  const what = written === null ? `${kind[0]?.toUpperCase()}${kind.slice(1)}` : `${written} ${kind}`;
  const productVariant =
    product === null || written === null || written === product ? null : { name: product, variant: written };
  return { name: isNameless ? `Inbound: ${what} #${index + 1}` : `${account.name}: ${what}`, productVariant };
}
