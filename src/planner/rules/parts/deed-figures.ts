/** What somebody does more than others, or than before, as the figure that tells it. */
const deeds: readonly (readonly [RegExp, string])[] = [
  [/^(?:pays?|paid|paying)$/i, 'MRR'],
  [/^(?:spends?|spent|buys?|bought|orders?|ordered)$/i, 'sales amount'],
  [/^(?:converts?|converted)$/i, 'conversion rate'],
  [/^(?:wins?|won)$/i, 'won deals'],
  [/^(?:closes?|closed?|sells?|sold)$/i, 'won amount'],
  [/^(?:solves?|solved|resolves?|resolved)$/i, 'tickets solved'],
  [/^(?:logs? in|logged in|logins?)$/i, 'logins'],
];

/** The verbs themselves, for a pattern. */
export const figureVerbs =
  'pays?|paid|spends?|spent|buys?|bought|orders?|ordered|converts?|converted|wins?|won|closes?|closed?|sells?|sold|solves?|solved|resolves?|resolved|logs? in|logged in';

/** "Sold more": of products what was ordered of them, of people what they won. */
export function figureOfDeed(verb: string, groups: string): string | null {
  if (/\bproducts?\b/i.test(groups) && /^s[eo]l/i.test(verb)) return 'sales amount';
  return deeds.find(([words]) => words.test(verb))?.[1] ?? null;
}

/** Groups behind "by": "my customers", "engineer for senior engineers", "engineers in my team". */
export function byGroups(groups: string): string {
  const isOne = !groups.includes(' ') || /^(?:my|our|the|all) \S+$/i.test(groups);
  if (isOne || /\b(?:in|of|at|from|on)\b/i.test(groups)) return `by ${groups}`;
  return `by ${groups.split(' ').at(-1) ?? groups} for ${groups}`;
}
