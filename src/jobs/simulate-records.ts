/** What a simulation adds or changes, as records of an importer. Pure: the same facts and seed give the same records. */
import { groupBy } from '../analysis/group-by.ts';
import { addDays } from '../analysis/wording.ts';
import type { AnyRecord, RecordOf } from '../domain/records.ts';
import { recordId } from '../sources/identity.ts';
import type { Random } from '../sources/synthetic/random.ts';
import { type SimulationUsage, simulationSource } from '../store/simulation-store.ts';

const MINUTE_MS = 60_000;
const HOURS_OF_A_DAY = 24;

const base = <E extends AnyRecord['entity']>(entity: E, key: string) => ({
  entity,
  id: recordId(entity, simulationSource, key),
  source: simulationSource,
  sourceId: key,
});

/** What is broken, as the status page says it; all of it began within a quarter of an hour. */
const incidents = [
  { title: 'Cluster unreachable: no quorum', impact: 'all reads and writes fail', minutesAgo: 12 },
  { title: 'Failover did not complete', impact: 'no leader for a third of the data', minutesAgo: 10 },
  {
    title: 'Backups and change streams stopped',
    impact: 'no restore point since the outage',
    minutesAgo: 5,
  },
] as const;

const urgentTickets = [
  { subject: 'Production is down, every query fails', tone: -0.95, minutesAgo: 9 },
  { subject: 'Checkout rejects all orders since the failover', tone: -0.9, minutesAgo: 7 },
  { subject: 'We need somebody on a call now', tone: -0.85, minutesAgo: 4 },
  { subject: 'Is our data safe? No answer on the status page', tone: -0.8, minutesAgo: 2 },
] as const;

/** Of what an account used, so much is left; at most `MOST_CALLS_A_DAY`, because baselines may be far below. */
const LEFT_OVER = 0.02;
const MOST_CALLS_A_DAY = 5;

export interface OutageFacts {
  readonly accountId: string;
  readonly now: Date;
  /** Days that the health score reads, and today. */
  readonly usage: readonly SimulationUsage[];
}

/** Critical incidents and urgent tickets of now, and usage that has all but stopped. */
export function outageRecords({ accountId, now, usage }: OutageFacts): readonly AnyRecord[] {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * MINUTE_MS);
  const broken = incidents.map(
    ({ title, impact, minutesAgo }, index): RecordOf<'incident'> => ({
      ...base('incident', `outage/${accountId}/${index + 1}`),
      accountId,
      severity: 'critical',
      status: 'open',
      title,
      impact,
      startedAt: ago(minutesAgo),
    }),
  );
  const tickets = urgentTickets.map(
    ({ subject, tone, minutesAgo }, index): RecordOf<'ticket'> => ({
      ...base('ticket', `outage/${accountId}/${index + 1}`),
      number: `SIM-${accountId.slice(0, 4)}-${index + 1}`,
      accountId,
      subject,
      status: 'open',
      priority: 'urgent',
      category: 'Connectivity',
      channel: 'email',
      openedAt: ago(minutesAgo),
      sentimentScore: tone,
    }),
  );
  return [...broken, ...tickets, ...usage.map(brokenDay)];
}

function brokenDay(row: SimulationUsage): RecordOf<'usage_daily'> {
  const rest = (count: number) => Math.floor(count * LEFT_OVER);
  return {
    ...sameDay(row),
    apiCalls: Math.min(MOST_CALLS_A_DAY, rest(row.apiCalls)),
    logins: rest(row.logins),
    activeUsers: row.activeUsers === null ? null : rest(row.activeUsers),
    featuresUsed: row.featuresUsed === null ? null : Math.min(1, row.featuresUsed),
  };
}

/** A stored day keeps its id, source and day: it is changed, not added. */
const sameDay = ({ id, source, sourceId, accountId, day }: SimulationUsage) =>
  ({ entity: 'usage_daily', id, source, sourceId, accountId, day }) as const;

export interface PulseFacts {
  readonly number: number;
  readonly now: Date;
  /** Local day. */
  readonly today: string;
  /** The last days of every account, and today where it is stored; ordered by account and day. */
  readonly usage: readonly SimulationUsage[];
  /** An ordinary hour's. */
  readonly ticketsPerHour: number;
  readonly surveysPerHour: number;
}

/**
 * One more hour of ordinary life: of every account that uses the product, a 24th of what it did on this day of last
 * week; tickets that were answered at once, and satisfied customers. Nothing that an alert rule would speak of.
 */
export function pulseRecords(facts: PulseFacts, world: Random): readonly AnyRecord[] {
  const random = world.fork(`pulse/${facts.number}`);
  const usage = byAccount(facts.usage).flatMap((days) => ordinaryHour(days, facts, random) ?? []);
  const accountIds = usage.map(({ accountId }) => accountId);
  if (accountIds.length === 0) return [];
  const tickets = Array.from({ length: someOf(facts.ticketsPerHour, random) }, (_, index) =>
    answeredTicket(facts, index + 1, random.pick(accountIds), random),
  );
  const surveys = Array.from({ length: someOf(facts.surveysPerHour, random) }, (_, index) =>
    goodAnswer(facts, index + 1, random.pick(accountIds), random),
  );
  return [...usage, ...tickets, ...surveys];
}

function byAccount(usage: readonly SimulationUsage[]): readonly (readonly SimulationUsage[])[] {
  return [...groupBy(usage, ({ accountId }) => accountId).values()];
}

/** Null for an account that has stopped. */
function ordinaryHour(
  days: readonly SimulationUsage[],
  { today }: PulseFacts,
  random: Random,
): RecordOf<'usage_daily'> | null {
  const before = days.filter(({ day }) => day < today);
  const like = before.find(({ day }) => day === addDays(today, -7)) ?? before.at(-1);
  if (like === undefined) return null;
  const hour = (count: number) => Math.round((count / HOURS_OF_A_DAY) * Math.exp(random.normal() * 0.1));
  const apiCalls = hour(like.apiCalls);
  const logins = hour(like.logins) + (random.chance(0.3) && like.logins > 0 ? 1 : 0);
  const { accountId, activeUsers, seatsEntitled, featuresUsed, featuresAvailable } = like;
  const stored = days.find(({ day }) => day === today);
  if (stored === undefined)
    return {
      ...base('usage_daily', `${accountId}/${today}`),
      ...{
        accountId,
        day: today,
        apiCalls,
        logins,
        activeUsers,
        seatsEntitled,
        featuresUsed,
        featuresAvailable,
      },
    };
  return { ...sameDay(stored), apiCalls: stored.apiCalls + apiCalls, logins: stored.logins + logins };
}

/** At least one, so that there is something to see; never so many that the hour stands out. */
const someOf = (perHour: number, random: Random): number =>
  Math.min(Math.ceil(perHour * 2), random.negativeBinomial(perHour, 8)) || 1;

const everydaySubjects = [
  'How long are snapshots kept?',
  'New colleague needs a read-only role',
  'Which driver version do you recommend?',
  'Please add our purchase order number to the invoice',
  'Size of nodes for the next quarter',
  'Question about the maintenance window',
] as const;

function answeredTicket(
  { number, now }: PulseFacts,
  index: number,
  accountId: string,
  random: Random,
): RecordOf<'ticket'> {
  const openedAt = new Date(now.getTime() - random.whole(40, 58) * MINUTE_MS);
  const after = (from: Date, minutes: number) => new Date(from.getTime() + minutes * MINUTE_MS);
  const firstRepliedAt = after(openedAt, random.whole(4, 12));
  return {
    ...base('ticket', `pulse/${number}/${index}`),
    number: `SIM-P${number}-${index}`,
    accountId,
    subject: random.pick(everydaySubjects),
    status: 'solved',
    priority: random.weighted([
      ['normal', 2],
      ['low', 1],
    ]),
    category: 'How-to',
    channel: random.pick(['email', 'web', 'chat']),
    openedAt,
    firstRepliedAt,
    solvedAt: after(firstRepliedAt, random.whole(5, 25)),
    replies: 1,
    sentimentScore: Math.round(random.whole(10, 60)) / 100,
  };
}

function goodAnswer(
  { number, now }: PulseFacts,
  index: number,
  accountId: string,
  random: Random,
): RecordOf<'survey_response'> {
  return {
    ...base('survey_response', `pulse/${number}/${index}`),
    accountId,
    kind: 'csat',
    score: random.weighted([
      [5, 3],
      [4, 2],
    ]),
    respondedAt: new Date(now.getTime() - random.whole(1, 50) * MINUTE_MS),
  };
}
