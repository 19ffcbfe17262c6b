import { drawWinRates, streamDeals, type WorldDeal } from './deals.ts';
import type { WorldBasis } from './world.ts';

/** The same deals as in the Salesforce export, drawn once more: what partners and reps did must fit to them. */
export function dealsOfWorld(basis: WorldBasis): Generator<WorldDeal> {
  const { accounts, asOf, people, scale, size } = basis;
  const random = basis.random('deals');
  const reps = people.filter(({ role }) => role === 'rep');
  const winRates = drawWinRates(random.fork('win rates'), reps);
  const closedDays = Math.max(300, scale.days - 30);
  return streamDeals(
    random,
    { accounts, asOf, count: scale.deals, closedDays, byTurns: size !== 'large' },
    winRates,
  );
}
