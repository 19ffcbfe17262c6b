import { type Draft, isAfter } from './draft.ts';

/**
 * "Tickets of my accounts" are those of the accounts the asker owns, whoever works on them. Of accounts themselves the
 * asker's own are meant already.
 */
export function settleAccounts(draft: Draft): void {
  const { accountsAt, spans } = draft.understood;
  if (accountsAt === null) return;
  for (const span of spans) if (span.indexes.includes(accountsAt)) draft.used.add(span);
  const owner = draft.catalogue.entities.get(draft.entity)?.rowScope.ownerPath ?? '';
  if (draft.entity === 'account' || owner.startsWith('account.')) return;
  if (draft.subject === 'me') draft.subject = 'my_accounts';
  if (draft.subject === 'my_team') draft.subject = 'my_teams_accounts';
}

const partitive = /^(?:which|who|many|any|some|all|each|one|none|few|most)$/;

/** "subscriptions of my accounts": whose they are, not what is asked for. */
export function isWhose(
  draft: Draft,
  span: Parameters<typeof isAfter>[1] & { readonly to: number },
): boolean {
  const { accountsAt, reading } = draft.understood;
  if (accountsAt === null || accountsAt < span.from || accountsAt >= span.to) return false;
  // "Which of my customers" asks for the customers.
  const of = reading.tokens.findLast(({ index, word }) => index < span.from && word === 'of');
  const isPart = of && span.from - of.index <= 3 && partitive.test(reading.tokens[of.index - 1]?.word ?? '');
  if (isPart) return false;
  // "which of my accounts have …": they are what is asked for.
  const lead = reading.tokens
    .slice(0, span.from)
    .map(({ word }) => word)
    .join(' ');
  if (/(?:^|\s)(?:which|who|what) (?:of )?(?:my|our)?(?: team)?$/.test(lead.trim())) return false;
  return (
    reading.tokens[accountsAt]?.possessive === true ||
    isAfter(draft, span, /^(?:on|of|for|from|in|at|by|to|with|across)$/, 4)
  );
}
