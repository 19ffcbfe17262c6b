import { endOf, type WorldAccount } from './accounts.ts';
import { fillIn } from './grammar.ts';
import type { Random } from './random.ts';
import { thing } from './ticket-words.ts';
import type { Cell } from './world.ts';

export const incidentHeader = [
  'incident_id',
  'account_id',
  'severity',
  'status',
  'title',
  'started_at',
  'resolved_at',
] as const;

const titles = [
  'Elevated error rate on {cluster}',
  'Write stalls on {node}',
  '{node} replaced after disk failure',
  'API latency above target in {region}',
  'Leader elections on {cluster}',
  'Backups of {cluster} delayed',
  'Network partition between {zone} and {zone}',
  'Control plane unreachable in {region}',
];
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const periodDays = 90;

/** As many incidents as the account's traits say, in its last 90 days as a customer. */
export function incidentRows(
  random: Random,
  account: WorldAccount,
  asOf: Date,
): readonly (readonly Cell[])[] {
  const declines = account.traits.planted === 'declining';
  const end = endOf(account, asOf);
  return Array.from({ length: account.traits.incidents }, (_, index) => {
    const back = declines ? random.whole(1, 12) * dayMs - hourMs : random.next() * periodDays * dayMs;
    const startedAt = end - Math.max(hourMs, Math.floor(back / 1000) * 1000);
    const severity = declines
      ? random.pick(['critical', 'high'] as const)
      : random.weighted([
          ['high', 1],
          ['medium', 3],
          ['low', 3],
        ] as const);
    const resolvedAt = startedAt + Math.round(random.logNormal(5, 0.8) * 3600) * 1000;
    const isOpen = (declines && index === 0) || resolvedAt >= asOf.getTime();
    return [
      `INC-${String(Number(account.id.slice(5, 15))).padStart(5, '0')}-${index + 1}`,
      account.id,
      severity,
      isOpen ? 'open' : 'resolved',
      fillIn(random, random.pick(titles), thing),
      new Date(startedAt).toISOString(),
      isOpen ? '' : new Date(resolvedAt).toISOString(),
    ];
  });
}
