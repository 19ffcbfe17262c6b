import type { Asker } from '../access/asker.ts';
import { findAskerByName } from '../access/find-asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { entityOf } from '../catalogue/lookup.ts';
import type { QueryPlan, RefusePlan } from '../query/metric-query.ts';
import type { Store } from '../store/database.ts';
import { lowerFirst } from '../toolkit/letter-case.ts';

/** Roles whose view ends at themselves or their team; the others see everybody's rows. */
const boundRoles: ReadonlySet<Asker['role']> = new Set(['agent', 'rep', 'supervisor']);

/**
 * Why a name led nowhere: a colleague whose rows the asker's role does not reach, or nothing of that name that they can
 * see. Who works here is no secret; whether a customer exists is one, so of those both cases sound the same.
 *
 * @param word the name as it was typed
 */
export async function refusalOfName(
  store: Pick<Store, 'db'>,
  asker: Asker,
  word: string,
): Promise<Pick<RefusePlan, 'reason' | 'detail'>> {
  const isBound = boundRoles.has(asker.role);
  const team = isBound ? await otherTeam(store, asker, word) : null;
  if (team !== null) return { reason: 'not_allowed', detail: `figures and records of ${team}` };
  const colleague = isBound ? await colleagueOf(store, word) : null;
  const isBeyond =
    colleague !== null &&
    colleague.personId !== asker.personId &&
    (asker.role !== 'supervisor' || colleague.teamId !== asker.teamId);
  if (isBeyond) return { reason: 'not_allowed', detail: `figures and records of ${colleague.name}` };
  return { reason: 'unclear', detail: lowerFirst(notFoundWords(word)) };
}

/** One sentence for what does not exist and for what is hidden. */
export const notFoundWords = (word: string): string => `Nothing that you can see is called “${word}”`;

/** A team, or the region of teams, that the asker is not in. */
async function otherTeam(store: Pick<Store, 'db'>, { teamId }: Asker, word: string): Promise<string | null> {
  const isWord = (text: string | null): boolean => text?.toLowerCase() === word.trim().toLowerCase();
  const named = (await teamsOf(store)).filter(({ name, region }) => isWord(name) || isWord(region));
  if (named.length === 0 || named.some(({ id }) => id === teamId)) return null;
  return named.find(({ name }) => isWord(name))?.name ?? named[0]?.region ?? null;
}

/** A question that names a team beyond the asker's by its whole name, in words for a refusal. */
export async function otherTeamIn(
  store: Pick<Store, 'db'>,
  { role, teamId }: Asker,
  question: string,
): Promise<string | null> {
  if (!boundRoles.has(role)) return null;
  const text = ` ${question.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const named = (await teamsOf(store)).find(
    ({ id, name }) => id !== teamId && text.includes(` ${name.toLowerCase()} `),
  );
  return named ? `figures and records of ${named.name}` : null;
}

const teamsOf = ({ db }: Pick<Store, 'db'>) =>
  db.selectFrom('team').select(['id', 'name', 'region']).where('deleted_at', 'is', null).execute();

/** "karens" is Karen's, without the mark. */
async function colleagueOf(store: Pick<Store, 'db'>, word: string): Promise<Asker | null> {
  for (const name of [word, word.replace(/['’]?s$/i, '')]) {
    const found = await findAskerByName(store, name);
    if (found.ok) return found.value;
  }
  return null;
}

const mostNear = 3;

/** Figures about the records of a plan, to name others than those that were asked for. */
export function metricsNear(catalogue: Catalogue, plan: QueryPlan): string[] {
  if (plan.kind === 'metric') return plan.metrics.slice(0, mostNear);
  return [...catalogue.metrics.values()]
    .filter(
      (metric) => metric.verifiedQuestions.length > 0 && entityOf(catalogue, metric)?.id === plan.entity,
    )
    .slice(0, mostNear)
    .map(({ id }) => id);
}
