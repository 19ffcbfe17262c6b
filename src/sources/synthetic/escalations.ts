import type { WorldAccount } from './accounts.ts';
import { listedName } from './company-names.ts';
import { type EscalationFacts, type Quirk, writeEscalation } from './escalation-text.ts';
import { moods, stories } from './escalation-words.ts';
import { fillIn, type Vocabulary } from './grammar.ts';
import type { WorldPerson } from './people.ts';
import type { Random } from './random.ts';
import { isCustomerAt } from './ticket-life.ts';
import { thing } from './ticket-words.ts';

export interface WorldEscalation {
  readonly number: string;
  readonly status: string;
  readonly quirk: Quirk | null;
  readonly text: string;
}

/** The first twelve, so that even a small world holds every status and priority; more are drawn from the same lists. */
const statuses = [
  'Open',
  'Investigating',
  'Open',
  'Mitigated',
  'Investigating',
  'Resolved',
  'Open',
  'Resolved',
  'Monitoring',
  'Closed',
  'Investigating',
  'Resolved',
] as const;
const priorities = [
  'Critical',
  'High',
  'High',
  'Medium',
  'Critical',
  'High',
  'High',
  'Medium',
  'High',
  'Low',
  'Medium',
  'Critical',
] as const;
/** Texts that somebody wrote in a hurry, among the first twelve. */
const firstQuirks: Readonly<Record<number, Quirk>> = {
  5: 'missing',
  7: 'doubled',
  9: 'reordered',
  10: 'missing',
};
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const firstNumber = 1041;

export interface EscalationsRequest {
  readonly accounts: readonly WorldAccount[];
  readonly people: readonly WorldPerson[];
  readonly asOf: Date;
  readonly days: number;
  readonly count: number;
}

/** Customer escalations as different people would write them down: Markdown, plain, in their own order. */
export function* streamEscalations(random: Random, request: EscalationsRequest): Generator<WorldEscalation> {
  const declining = request.accounts.filter(({ traits }) => traits.planted === 'declining');
  const recent = request.accounts.filter((one) =>
    isCustomerAt(one, request.asOf.getTime() - 60 * dayMs, request.asOf),
  );
  const current = recent.filter(({ churnedOn }) => churnedOn === null);
  for (let index = 0; index < request.count; index += 1) {
    const own = random.fork(`escalation ${index}`);
    const account = declining[index < 4 ? index : -1] ?? own.pick(current);
    const status = index < statuses.length ? statuses[index] : own.weighted(laterStatuses);
    yield escalation(own, { account, index, status: status ?? 'Open' }, request);
  }
}

/** Most of many escalations are history. */
const laterStatuses = [
  ['Closed', 40],
  ['Resolved', 50],
  ['Monitoring', 2],
  ['Investigating', 3],
  ['Open', 2],
] as const;

interface Draft {
  readonly account: WorldAccount;
  readonly index: number;
  readonly status: string;
}

function escalation(random: Random, draft: Draft, request: EscalationsRequest): WorldEscalation {
  const { account, index, status } = draft;
  const asOf = request.asOf.getTime();
  const ended = ['Resolved', 'Closed'].includes(status);
  const longest = index < statuses.length ? 50 : Math.max(50, request.days - 10);
  const backDays = ended ? random.whole(12, longest) : random.whole(1, 9);
  const opened = asOf - backDays * dayMs - random.whole(0, 9) * hourMs;
  const leads = request.people.filter(
    (person) => person.role === 'supervisor' && person.team.startsWith('Support'),
  );
  const number = `CE-${String(firstNumber + index)}`;
  const quirk = index < statuses.length ? (firstQuirks[index] ?? null) : drawQuirk(random);
  const facts: EscalationFacts = {
    ...tell(random, index, account, ended),
    number,
    account: index % 4 === 3 ? listedName(random, account.name) : account.name,
    priority: index < priorities.length ? (priorities[index] ?? 'High') : random.pick(priorities),
    status,
    opened: new Date(opened),
    resolved: ended ? new Date(opened + random.whole(2, 9) * dayMs) : null,
    owner: random.pick(leads).name,
  };
  return { number, status, quirk, text: writeEscalation(index % 3, facts, quirk) };
}

function drawQuirk(random: Random): Quirk | null {
  return random.weighted<Quirk | null>([
    [null, 85],
    ['missing', 6],
    ['doubled', 4],
    ['reordered', 5],
  ]);
}

/** A story with its tables, nodes and days drawn once, so that its parts speak of the same things. */
function tell(random: Random, index: number, account: WorldAccount, ended: boolean) {
  const story = stories[index % stories.length];
  if (story === undefined) throw new Error('no story');
  const drawn: Vocabulary = Object.fromEntries(
    Object.keys(thing).map((name) => [name, [fillIn(random, `{${name}}`, thing)]]),
  );
  const say = (sentence: string): string => fillIn(random, sentence, drawn);
  const isBad = !ended && (account.traits.planted !== null || random.chance(0.4));
  return {
    title: say(story.title),
    category: story.category,
    issue: say(story.issue),
    rootCause: say(story.rootCause),
    details: say(story.details),
    impact: say(story.impact),
    plan: story.plan.map((step, place) => `${place + 1}. ${say(step)}`).join('\n'),
    sentiment: random.pick(isBad ? moods.bad : moods.fair),
  };
}
