import type { WorldAccount } from './accounts.ts';
import type { Random } from './random.ts';
import type { WorldTicket } from './tickets.ts';

export interface WorldSignals {
  readonly usage: readonly (readonly [
    account: string,
    day: string,
    apiCalls: number,
    logins: number,
    activeUsers: number,
    seats: number,
    features: number,
    featuresAvailable: number,
  ])[];
  readonly incidents: readonly (readonly [
    id: string,
    account: string,
    severity: string,
    status: string,
    title: string,
    startedAt: string,
    resolvedAt: string,
  ])[];
  readonly surveys: readonly (readonly [
    id: string,
    account: string,
    ticket: string,
    kind: 'csat' | 'nps',
    score: number,
    comment: string,
    respondedAt: string,
  ])[];
}

const dayMs = 86_400_000;
const featuresAvailable = 12;

/** Usage per day, incidents and survey answers; the declining accounts lose most of their usage in the last days. */
export function buildSignals(
  random: Random,
  accounts: readonly WorldAccount[],
  tickets: readonly WorldTicket[],
  declining: ReadonlySet<string>,
  options: { readonly asOf: Date; readonly days: number },
): WorldSignals {
  const { asOf, days } = options;
  const today = Math.floor(asOf.getTime() / dayMs) * dayMs;
  const usage: WorldSignals['usage'][number][] = [];
  const incidents: WorldSignals['incidents'][number][] = [];
  const surveys: WorldSignals['surveys'][number][] = [];
  for (const account of accounts) {
    const own = random.fork(account.name);
    const falls = declining.has(account.name);
    const adopted = own.whole(5, 11);
    for (let back = days; back >= 1; back -= 1) {
      const at = new Date(today - back * dayMs);
      const weekend = [0, 6].includes(at.getUTCDay()) ? 0.3 : 1;
      const decline = falls && back <= 38 ? Math.max(0.03, (back - 13) / 26) : 1;
      const apiCalls = Math.round(account.usage.apiCalls * weekend * decline * Math.exp(own.normal() * 0.15));
      const logins = own.negativeBinomial(account.usage.logins * weekend * decline, 8);
      const activeUsers = Math.min(
        account.usage.seats,
        Math.round(account.usage.seats * 0.8 * weekend * decline),
      );
      usage.push([
        account.id,
        at.toISOString().slice(0, 10),
        apiCalls,
        logins,
        activeUsers,
        account.usage.seats,
        falls && back < 16 ? 2 : adopted,
        featuresAvailable,
      ]);
    }
    incidents.push(...incidentsOf(own, account, falls, asOf));
    surveys.push([
      '',
      account.id,
      '',
      'nps',
      falls ? own.whole(0, 3) : own.whole(5, 10),
      '',
      new Date(today - own.whole(3, 80) * dayMs).toISOString(),
    ]);
  }
  for (const ticket of tickets) {
    if (ticket.closedAt === null || !random.chance(0.28)) continue;
    const happy = ticket.sentiment > -0.3;
    const score = happy
      ? random.weighted([
          [5, 6],
          [4, 3],
          [3, 1],
        ])
      : random.weighted([
          [1, 4],
          [2, 4],
          [3, 2],
        ]);
    const comment = happy
      ? random.pick(['Quick and clear, thanks.', 'Solved at once.', ''])
      : random.pick(['Had to explain it three times.', 'Too slow for a production problem.', '']);
    surveys.push([
      '',
      ticket.account.id,
      ticket.id,
      'csat',
      score,
      comment,
      new Date(ticket.closedAt.getTime() + 3_600_000).toISOString(),
    ]);
  }
  return {
    usage,
    incidents,
    surveys: surveys
      .filter((survey) => survey[6] < asOf.toISOString())
      .map((survey, index) => [
        `SRV-${String(index + 1).padStart(5, '0')}`,
        survey[1],
        survey[2],
        survey[3],
        survey[4],
        survey[5],
        survey[6],
      ]),
  };
}

function incidentsOf(
  random: Random,
  account: WorldAccount,
  falls: boolean,
  asOf: Date,
): WorldSignals['incidents'][number][] {
  const count = falls
    ? random.whole(2, 4)
    : random.weighted([
        [0, 6],
        [1, 3],
        [2, 1],
      ]);
  return Array.from({ length: count }, (_, index) => {
    const startedAt =
      asOf.getTime() - random.whole(1, falls ? 12 : 80) * dayMs - random.whole(0, 20) * 3_600_000;
    const severity = falls
      ? random.pick(['critical', 'high'] as const)
      : random.weighted([
          ['high', 1],
          ['medium', 3],
          ['low', 3],
        ]);
    const resolvedAt = startedAt + random.logNormal(5, 0.8) * 3_600_000;
    const open = (falls && index === 0) || resolvedAt > asOf.getTime();
    const title = random.pick([
      'Elevated error rate',
      'Write stalls on one node',
      'Node replaced after disk failure',
      'API latency above target',
    ]);
    return [
      `INC-${account.id.slice(12, 15)}-${index + 1}`,
      account.id,
      severity,
      open ? 'open' : 'resolved',
      title,
      new Date(startedAt).toISOString(),
      open ? '' : new Date(resolvedAt).toISOString(),
    ];
  });
}
