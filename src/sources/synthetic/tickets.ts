import type { WorldAccount } from './accounts.ts';
import { berlin, newYork, type Office, shiftWorking } from './business-time.ts';
import { people, type WorldPerson } from './people.ts';
import type { Random } from './random.ts';
import { salesforceId } from './salesforce-id.ts';
import { subjects } from './words.ts';

export interface WorldTicket {
  readonly number: string;
  readonly id: string;
  readonly account: WorldAccount;
  readonly assignee: WorldPerson | null;
  readonly subject: string;
  readonly category: string;
  /** Salesforce's word. */
  readonly priority: 'Critical' | 'High' | 'Medium' | 'Low';
  readonly origin: string;
  readonly openedAt: Date;
  readonly firstRepliedAt: Date | null;
  readonly closedAt: Date | null;
  readonly status: 'New' | 'Working' | 'Waiting on Customer' | 'Closed';
  /** Every change of status, oldest first. */
  readonly history: readonly { readonly at: Date; readonly from: string; readonly to: string }[];
  /** -1 to 1. */
  readonly sentiment: number;
  readonly escalated: boolean;
}

/** Planted facts that a test can look for. */
export interface PlantedTickets {
  readonly spike: {
    readonly from: string;
    readonly to: string;
    readonly tickets: number;
    readonly category: string;
  };
  readonly nearBreach: readonly string[];
  readonly breached: readonly string[];
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Tickets per hour of the local working day, relative. */
const hourShape = [
  0.02, 0.02, 0.02, 0.02, 0.03, 0.06, 0.15, 0.4, 0.9, 1.5, 1.6, 1.3, 0.9, 1.2, 1.4, 1.2, 0.9, 0.5, 0.25, 0.15,
  0.1, 0.08, 0.05, 0.03,
];
/** Monday to Sunday. */
const weekShape = [1.25, 1.1, 1.05, 1, 0.95, 0.22, 0.18];

/** Working minutes until a first reply is due, as the shipped SLA policies promise; see catalogue/sla.yml. */
const replyTarget = { Critical: 30, High: 240, Medium: 510, Low: 1020 } as const;
const solveTarget = { Critical: 480, High: 1020, Medium: 2550, Low: 5100 } as const;

export function buildTickets(
  random: Random,
  accounts: readonly WorldAccount[],
  declining: ReadonlySet<string>,
  options: { readonly asOf: Date; readonly days: number; readonly perDay: number },
): { readonly tickets: readonly WorldTicket[]; readonly planted: PlantedTickets } {
  const { asOf } = options;
  const opened: Omit<Draft, 'number'>[] = [];
  const firstHour = Math.floor((asOf.getTime() - options.days * dayMs) / hourMs) * hourMs;
  const shapeSum = hourShape.reduce((sum, weight) => sum + weight, 0);
  for (let hour = firstHour; hour < asOf.getTime() - hourMs; hour += hourMs) {
    const at = new Date(hour);
    // Europe's working day, with the Americas' five hours later.
    const utcHour = at.getUTCHours();
    const profile = (hourShape[(utcHour + 1) % 24] ?? 0) * 0.6 + (hourShape[(utcHour + 19) % 24] ?? 0) * 0.4;
    const weekday = weekShape[(at.getUTCDay() + 6) % 7] ?? 1;
    const count = random.negativeBinomial((options.perDay * profile * weekday) / shapeSum, 6);
    for (let index = 0; index < count; index += 1) {
      opened.push(draft(random, accounts, declining, new Date(hour + random.whole(0, 3599) * 1000)));
    }
  }
  const spike = plantSpike(random, accounts, asOf, opened);
  const risky = plantClocks(random, accounts, asOf);
  const drafts = [...opened, ...risky.drafts].sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime());
  const tickets = drafts.map((item, index) =>
    finish(random, { ...item, number: String(10_001 + index).padStart(8, '0') }, asOf),
  );
  const numbersOf = (kind: Draft['plan']) =>
    tickets.filter((_, index) => drafts[index]?.plan === kind).map(({ number }) => number);
  return {
    tickets,
    planted: { spike, nearBreach: numbersOf('near-breach'), breached: numbersOf('breached') },
  };
}

interface Draft {
  readonly number: string;
  readonly account: WorldAccount;
  readonly category: string;
  readonly priority: WorldTicket['priority'];
  readonly openedAt: Date;
  readonly plan: 'ordinary' | 'spike' | 'near-breach' | 'breached';
  readonly unhappy: boolean;
}

function draft(
  random: Random,
  accounts: readonly WorldAccount[],
  declining: ReadonlySet<string>,
  openedAt: Date,
): Omit<Draft, 'number'> {
  const account = random.weighted(
    accounts.map((item) => [item, Math.sqrt(item.arr) * (declining.has(item.name) ? 1.8 : 1)] as const),
  );
  const unhappy = declining.has(account.name) && random.chance(0.6);
  return {
    account,
    category: random.weighted([
      ['Performance', 26],
      ['Connectivity', 18],
      ['Replication', 12],
      ['Backup', 12],
      ['Billing', 9],
      ['Access', 11],
      ['How-to', 12],
    ]),
    priority: random.weighted([
      ['Critical', 4],
      ['High', 20],
      ['Medium', 54],
      ['Low', 22],
    ]),
    openedAt,
    plan: 'ordinary',
    unhappy,
  };
}

/** Many tickets about one thing in the last complete hours, as after a network change that went wrong. */
function plantSpike(
  random: Random,
  accounts: readonly WorldAccount[],
  asOf: Date,
  into: Omit<Draft, 'number'>[],
): PlantedTickets['spike'] {
  const end = Math.floor(asOf.getTime() / hourMs) * hourMs;
  const start = end - hourMs;
  const count = 24;
  for (let index = 0; index < count; index += 1) {
    into.push({
      account: random.pick(accounts),
      category: 'Connectivity',
      priority: random.weighted([
        ['High', 3],
        ['Medium', 5],
      ]),
      openedAt: new Date(start + random.whole(60, 3500) * 1000),
      plan: 'spike',
      unhappy: random.chance(0.3),
    });
  }
  return {
    from: new Date(start).toISOString(),
    to: new Date(end).toISOString(),
    tickets: count,
    category: 'Connectivity',
  };
}

/** Tickets without a reply whose first-response clock stands at a chosen share of its target right now. */
function plantClocks(
  random: Random,
  accounts: readonly WorldAccount[],
  asOf: Date,
): { readonly drafts: Omit<Draft, 'number'>[] } {
  const plans = [
    ['Critical', 0.8, 'near-breach'],
    ['High', 0.93, 'near-breach'],
    ['High', 0.78, 'near-breach'],
    ['Medium', 0.95, 'near-breach'],
    ['Critical', 1.6, 'breached'],
    ['High', 1.1, 'breached'],
    ['Medium', 1.04, 'breached'],
  ] as const;
  // Enterprise clocks run day and night, so they read the same at any hour of the demo.
  const roundTheClock = accounts.filter(({ tier }) => tier === 'enterprise');
  const drafts = plans.map(([priority, share, plan], index) => {
    const account = roundTheClock[index % Math.max(1, roundTheClock.length)] ?? random.pick(accounts);
    const target =
      priority === 'High' && account.tier === 'enterprise'
        ? 120
        : priority === 'Medium' && account.tier === 'enterprise'
          ? 480
          : replyTarget[priority];
    const openedAt = shiftWorking(asOf, -target * share, officeOf(account, priority));
    return {
      account,
      category: random.pick(['Performance', 'Connectivity', 'Replication']),
      priority,
      openedAt,
      plan,
      unhappy: true,
    };
  });
  return { drafts };
}

/** Which hours count for an account: nobody waits for the morning with a critical ticket or an enterprise contract. */
function officeOf(account: WorldAccount, priority: WorldTicket['priority']): Office | null {
  if (priority === 'Critical' || account.tier === 'enterprise') return null;
  return account.region === 'EMEA' ? berlin : newYork;
}

function finish(random: Random, draft: Draft, asOf: Date): WorldTicket {
  const { account, openedAt, priority, plan } = draft;
  const office = officeOf(account, priority);
  const agents = people.filter((person) => person.role === 'agent' && person.region === account.region);
  const planted = plan === 'near-breach' || plan === 'breached';
  const after = (minutes: number, from: Date): Date | null => {
    const at = shiftWorking(from, Math.max(1, minutes), office);
    return at.getTime() < asOf.getTime() ? at : null;
  };
  const firstRepliedAt = planted ? null : after(random.logNormal(replyTarget[priority] * 0.3, 0.7), openedAt);
  const history: { at: Date; from: string; to: string }[] = [];
  let status: WorldTicket['status'] = 'New';
  const move = (at: Date, to: WorldTicket['status']): void => {
    history.push({ at, from: status, to });
    status = to;
  };
  let closedAt: Date | null = null;
  if (firstRepliedAt !== null) {
    move(firstRepliedAt, 'Working');
    let current: Date | null = firstRepliedAt;
    if (random.chance(0.35)) {
      const asked: Date | null = after(random.logNormal(60, 0.5), current);
      if (asked !== null) {
        move(asked, 'Waiting on Customer');
        current = after(random.logNormal(300, 0.8), asked);
        if (current !== null) move(current, 'Working');
      }
    }
    closedAt = current === null ? null : after(random.logNormal(solveTarget[priority] * 0.3, 0.75), current);
    if (closedAt !== null) move(closedAt, 'Closed');
  }
  const template = random.pick(subjects[draft.category] ?? ['Question']);
  const mood = draft.unhappy ? -0.55 : 0.15;
  return {
    number: draft.number,
    id: salesforceId('500', Number(draft.number)),
    account,
    assignee: firstRepliedAt === null && !planted ? null : random.pick(agents),
    subject: template.replace('{n}', String(random.whole(2, 60))),
    category: draft.category,
    priority,
    origin: random.weighted([
      ['Email', 5],
      ['Web', 4],
      ['Phone', 1],
      ['Chat', 2],
    ]),
    openedAt,
    firstRepliedAt,
    closedAt,
    status,
    history,
    sentiment: Math.max(-1, Math.min(1, Math.round((mood + random.normal() * 0.3) * 100) / 100)),
    escalated: priority === 'Critical' && random.chance(0.3),
  };
}
