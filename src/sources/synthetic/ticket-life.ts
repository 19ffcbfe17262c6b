import { upperFirst } from '../../toolkit/letter-case.ts';
import { endOf, type WorldAccount } from './accounts.ts';
import { aroundTheClock, createWorkingTime, type WorkingTime } from './business-time.ts';
import { fillIn } from './grammar.ts';
import type { WorldPerson } from './people.ts';
import type { Random } from './random.ts';
import { salesforceId } from './salesforce-id.ts';
import { mails, subjects, thing } from './ticket-words.ts';

export interface WorldTicket {
  readonly number: string;
  readonly id: string;
  readonly account: WorldAccount;
  readonly assignee: WorldPerson | null;
  readonly subject: string;
  readonly category: string;
  readonly type: 'Problem' | 'Question';
  /** Salesforce's word. */
  readonly priority: 'Critical' | 'High' | 'Medium' | 'Low';
  readonly origin: string;
  readonly openedAt: Date;
  readonly firstRepliedAt: Date | null;
  readonly closedAt: Date | null;
  readonly status: 'New' | 'Working' | 'Waiting on Customer' | 'Closed';
  /** Every change of status, oldest first. */
  readonly history: readonly { readonly at: Date; readonly from: string; readonly to: string }[];
  readonly mails: readonly { readonly at: Date; readonly incoming: boolean; readonly text: string }[];
  /** -1 to 1; negative exactly for the tickets that were drawn as negative. */
  readonly sentiment: number;
  readonly escalated: boolean;
}

/** A ticket that was opened, before anybody worked on it. */
export interface TicketDraft {
  readonly account: WorldAccount;
  readonly category: string;
  readonly priority: WorldTicket['priority'];
  /** Epoch milliseconds, whole seconds. */
  readonly openedAt: number;
  readonly plan: 'ordinary' | 'spike' | 'near-breach' | 'breached';
  readonly isNegative: boolean;
}

/** Working minutes until a first reply is due, as the shipped SLA policies promise; see catalogue/sla.yml. */
export const replyTarget = { Critical: 30, High: 240, Medium: 510, Low: 1020 } as const;
const solveTarget = { Critical: 480, High: 1020, Medium: 2550, Low: 5100 } as const;

const dayMs = 86_400_000;

/** The support desk of a world: who answers, and when it is open. */
export interface SupportDesk {
  readonly asOf: Date;
  readonly agents: Readonly<Record<WorldAccount['region'], readonly WorldPerson[]>>;
  readonly offices: Readonly<Record<WorldAccount['region'], WorkingTime>>;
}

export function openDesk(everybody: readonly WorldPerson[], asOf: Date, days: number): SupportDesk {
  const [from, to] = [new Date(asOf.getTime() - (days + 30) * dayMs), new Date(asOf.getTime() + 3 * dayMs)];
  const agentsIn = (region: WorldAccount['region']) =>
    everybody.filter((person) => person.role === 'agent' && person.region === region);
  return {
    asOf,
    agents: { EMEA: agentsIn('EMEA'), Americas: agentsIn('Americas') },
    offices: {
      EMEA: createWorkingTime('EMEA', from, to),
      Americas: createWorkingTime('Americas', from, to),
    },
  };
}

/** Which hours count: nobody waits for the morning with a critical ticket or an enterprise contract. */
export function hoursFor(
  desk: SupportDesk,
  account: WorldAccount,
  priority: WorldTicket['priority'],
): WorkingTime {
  if (priority === 'Critical' || account.tier === 'enterprise') return aroundTheClock;
  return desk.offices[account.region];
}

/** What becomes of a ticket until the end of the world. */
export function liveThrough(
  random: Random,
  draft: TicketDraft,
  sequence: number,
  desk: SupportDesk,
): WorldTicket {
  const { account, category, priority, plan } = draft;
  const number = String(10_000 + sequence).padStart(8, '0');
  const course = plan === 'near-breach' || plan === 'breached' ? untouched : work(random, draft, desk);
  const origin = random.weighted(origins);
  const isAnswered = course.repliedAt !== null;
  return {
    number,
    id: salesforceId('500', 10_000 + sequence),
    account,
    assignee: isAnswered || plan !== 'ordinary' ? random.pick(desk.agents[account.region]) : null,
    subject: subjectOf(random, draft),
    category,
    type: category === 'How-to' || category === 'Billing' ? 'Question' : 'Problem',
    priority,
    origin,
    openedAt: new Date(draft.openedAt),
    firstRepliedAt: asDate(course.repliedAt),
    closedAt: asDate(course.closedAt),
    status: course.status,
    history: course.history,
    mails: origin === 'Email' ? mailsOf(random, draft, course) : [],
    sentiment: toneOf(random, draft.isNegative),
    escalated: priority === 'Critical' && random.chance(0.3),
  };
}

const origins = [
  ['Email', 5],
  ['Web', 4],
  ['Phone', 1],
  ['Chat', 2],
] as const;

interface Course {
  readonly repliedAt: number | null;
  readonly closedAt: number | null;
  readonly status: WorldTicket['status'];
  readonly history: WorldTicket['history'];
}

const untouched: Course = { repliedAt: null, closedAt: null, status: 'New', history: [] };

const asDate = (epochMs: number | null): Date | null => (epochMs === null ? null : new Date(epochMs));

/** Reply, perhaps a question back, solution; in working minutes, and never after the end of the world. */
function work(random: Random, { account, openedAt, priority }: TicketDraft, desk: SupportDesk): Course {
  const hours = hoursFor(desk, account, priority);
  const end = desk.asOf.getTime();
  const after = (minutes: number, from: number): number | null => {
    const at = Math.round(hours.shift(from, Math.max(1, minutes)) / 1000) * 1000;
    return at < end ? at : null;
  };
  const history: { at: Date; from: string; to: string }[] = [];
  let status: WorldTicket['status'] = 'New';
  const move = (at: number, to: WorldTicket['status']): void => {
    history.push({ at: new Date(at), from: status, to });
    status = to;
  };
  const repliedAt = after(random.logNormal(replyTarget[priority] * 0.3, 0.7), openedAt);
  if (repliedAt === null) return { ...untouched, history };
  move(repliedAt, 'Working');
  let current: number | null = repliedAt;
  if (random.chance(0.18)) {
    const asked = after(random.logNormal(60, 0.5), repliedAt);
    if (asked !== null) {
      move(asked, 'Waiting on Customer');
      current = after(random.logNormal(300, 0.8), asked);
      if (current !== null) move(current, 'Working');
    }
  }
  const closedAt =
    current === null ? null : after(random.logNormal(solveTarget[priority] * 0.3, 0.75), current);
  if (closedAt !== null) move(closedAt, 'Closed');
  return { repliedAt, closedAt, status, history };
}

function subjectOf(random: Random, { category, priority }: TicketDraft): string {
  const filled = fillIn(random, random.pick(subjects[category] ?? []), thing);
  const subject = upperFirst(filled);
  if (priority === 'Critical' && random.chance(0.3))
    return `${random.pick(['URGENT:', '[PROD DOWN]', 'P1:'])} ${subject}`;
  return random.chance(0.04) ? `Re: ${subject}` : subject;
}

/** What is written by mail: the answer, and now and then a word back from the customer. */
function mailsOf(random: Random, draft: TicketDraft, course: Course): WorldTicket['mails'] {
  if (course.repliedAt === null) return [];
  const written: { at: Date; incoming: boolean; text: string }[] = [];
  const write = (at: number, incoming: boolean, words: readonly string[]): void => {
    written.push({ at: new Date(at), incoming, text: fillIn(random, random.pick(words), thing) });
  };
  write(course.repliedAt, false, mails.reply);
  if (course.closedAt !== null && random.chance(0.5)) {
    const between = course.repliedAt + Math.round((course.closedAt - course.repliedAt) * random.next());
    write(between, true, draft.isNegative ? mails.angry : mails.customer);
  }
  return written;
}

/** Most tickets are matter-of-fact or friendly; the negative ones are clearly so. */
function toneOf(random: Random, isNegative: boolean): number {
  const tone = isNegative
    ? -0.15 - 0.8 * Math.sqrt(random.next() * random.next())
    : 0.05 + 0.85 * random.next() * random.next();
  return Math.round(tone * 100) / 100;
}

/** True when the account is a customer at an instant. */
export function isCustomerAt(account: WorldAccount, epochMs: number, asOf: Date): boolean {
  return account.since.getTime() <= epochMs && epochMs < endOf(account, asOf);
}
