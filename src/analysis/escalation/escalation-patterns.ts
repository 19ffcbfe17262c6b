import { chanceOfSoMany } from './exact-test.ts';

/** How many escalations fall to each group, and what would be usual for it. */
export interface EscalationCounts {
  readonly dimension: 'account' | 'category' | 'weekday';
  readonly groups: readonly EscalationGroup[];
}

export interface EscalationGroup {
  /** Id of the account, name of the category, `1`-`7` for Monday to Sunday. */
  readonly key: string;
  readonly label: string;
  readonly accountId: string | null;
  /** Customer escalations of the days that are looked at. */
  readonly escalations: number;
  /** What they are measured against: see `findPatterns`. */
  readonly base: number;
}

export interface EscalationPattern extends EscalationGroup {
  readonly dimension: EscalationCounts['dimension'];
  readonly expected: number;
  /** Escalations over expected. */
  readonly ratio: number;
  readonly chance: number;
  readonly isNotable: boolean;
}

/** Fewer escalations than this are a coincidence to anybody who looks. */
const LEAST_ESCALATIONS = 4;
/** A smaller surplus is not worth a word, however sure it is. */
const LEAST_RATIO = 1.5;
/** Of all groups of a dimension together, the chance that a single one is called notable by accident. */
const FALSE_ALARM = 0.05;

/**
 * Where escalations pile up. Each group is compared with its own base, the same way for every dimension:
 *
 * | dimension | base | question |
 * |---|---|---|
 * | account | tickets of the account in the same days | more escalations per ticket than others? |
 * | category | escalations of the category in the 270 days before | a larger share than before? |
 * | weekday | tickets opened on that weekday in the same days | more escalations per ticket than on other days? |
 *
 * With k escalations and b of the base in a group, and n and m in all: were the group like the others, each of its k + b
 * records would be an escalation with probability n / (n + m), so the chance of k or more is the upper tail of
 * Binomial(k + b, n / (n + m)). It is notable with at least 4 escalations, at least 1.5 times the expected n b / m, and a
 * chance of at most 0.05 divided by the number of groups (Bonferroni), so that noise is not called a pattern.
 *
 * @returns all groups with escalations, the notable ones first, then by chance; null when the base is too small to say
 *   anything (fewer than 20, or than half of the escalations)
 */
export function findPatterns({ dimension, groups }: EscalationCounts): readonly EscalationPattern[] | null {
  const total = sum(groups.map(({ escalations }) => escalations));
  const base = sum(groups.map((group) => group.base));
  if (base < 20 || base * 2 < total) return null;
  const share = total / (total + base);
  return groups
    .filter(({ escalations }) => escalations > 0)
    .map((group): EscalationPattern => {
      // A group without a base is expected to have what one record of the base would bring.
      const expected = (total * Math.max(group.base, 1)) / base;
      const ratio = group.escalations / expected;
      const chance = chanceOfSoMany(group.escalations, group.escalations + Math.max(group.base, 1), share);
      const isNotable =
        group.escalations >= LEAST_ESCALATIONS &&
        ratio >= LEAST_RATIO &&
        chance * groups.length <= FALSE_ALARM;
      return { ...group, dimension, expected, ratio, chance, isNotable };
    })
    .sort(
      (a, b) => Number(b.isNotable) - Number(a.isNotable) || a.chance - b.chance || (a.key < b.key ? -1 : 1),
    );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
