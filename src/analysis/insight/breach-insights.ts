import { writeNumber } from '../wording.ts';
import { keepDiscoveries, shareByChance } from './count-test.ts';
import type { Insight } from './insight.ts';
import { counted, importance, percent } from './insight-words.ts';

export interface CategoryBreaches {
  readonly category: string;
  readonly breaches: number;
  readonly decided: number;
}

export interface AccountBreaches {
  readonly accountId: string;
  readonly account: string;
  readonly ownerId: string | null;
  readonly breaches: number;
  readonly decided: number;
}

const FEWEST_BREACHES = 5;
const FEWEST_CLOCKS = 8;
const FALSE_DISCOVERIES = 0.01;
const MOST_ACCOUNTS = 2;
const EVIDENCE_ROWS = 10;

/**
 * The category with most SLA breaches of the last seven days, when it has at least five and more than any other.
 * Importance: 50, plus half a point per percent of all breaches that it makes up.
 */
export function findBreachCategory(categories: readonly CategoryBreaches[]): readonly Insight[] {
  const sorted = categories.toSorted((a, b) => b.breaches - a.breaches);
  const [most, second] = sorted;
  const all = sorted.reduce((sum, { breaches }) => sum + breaches, 0);
  if (!most || most.breaches < FEWEST_BREACHES || most.breaches === second?.breaches) return [];
  const share = most.breaches / all;
  return [
    {
      kind: 'breach-category',
      subject: { kind: 'series', id: `category=${most.category}`, label: most.category },
      accountId: null,
      ownerId: null,
      teamId: null,
      title: `Most SLA breaches in ${most.category}`,
      sentence: `${most.category} has the most missed SLA targets of the last seven days: ${writeNumber(most.breaches)} of ${writeNumber(all)}, which is ${percent(share)}.`,
      importance: importance(50 + share * 50),
      value: most.breaches,
      evidence: {
        caption: 'SLA clocks breached in the last seven days by the category of their ticket',
        columns: ['Category', 'Breaches', 'Clocks decided', 'Breached share'],
        rows: sorted
          .slice(0, EVIDENCE_ROWS)
          .map((one) => [one.category, one.breaches, one.decided, shareOf(one)]),
      },
    },
  ];
}

/**
 * Accounts whose share of breached SLA clocks is above that of all others together by more than chance: one-sided test
 * of two proportions, at least eight clocks, false discovery rate of 1 % over all accounts; the two worst.
 * Importance: 45, plus 40 times the share.
 */
export function findBreachAccounts(accounts: readonly AccountBreaches[]): readonly Insight[] {
  const hits = accounts.reduce((sum, { breaches }) => sum + breaches, 0);
  const n = accounts.reduce((sum, { decided }) => sum + decided, 0);
  const tests = accounts
    .filter(({ decided }) => decided >= FEWEST_CLOCKS)
    .map((one) => ({
      ...one,
      chance: shareByChance(one.breaches, one.decided, hits - one.breaches, n - one.decided),
    }));
  return keepDiscoveries(tests, FALSE_DISCOVERIES)
    .slice(0, MOST_ACCOUNTS)
    .map((one) => {
      const others = (hits - one.breaches) / (n - one.decided);
      return {
        kind: 'breach-account',
        subject: { kind: 'account', id: one.accountId, label: one.account },
        accountId: one.accountId,
        ownerId: one.ownerId,
        teamId: null,
        title: `${one.account} misses more SLA targets than others`,
        sentence: `${one.account} had ${percent(one.breaches / one.decided)} of its SLA targets missed in the last thirty days, ${writeNumber(one.breaches)} of ${counted(one.decided, 'clock')}, while it is ${percent(others)} for all others.`,
        importance: importance(45 + (40 * one.breaches) / one.decided),
        value: one.breaches / one.decided,
        evidence: {
          caption: 'SLA clocks decided in the last thirty days, tested against those of all other accounts',
          columns: ['Account', 'Breaches', 'Clocks decided', 'Breached share'],
          rows: [
            [one.account, one.breaches, one.decided, shareOf(one)],
            ['All others', hits - one.breaches, n - one.decided, Math.round(others * 1000) / 1000],
          ],
        },
      };
    });
}

const shareOf = ({
  breaches,
  decided,
}: {
  readonly breaches: number;
  readonly decided: number;
}): number | null => (decided === 0 ? null : Math.round((breaches / decided) * 1000) / 1000);
