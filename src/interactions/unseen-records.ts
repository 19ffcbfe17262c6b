import type { Asker } from '../access/asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { entityOf } from '../catalogue/lookup.ts';
import { vocabularyOf, wordsOf } from '../planner/rules/vocabulary.ts';
import type { ListPlan, QueryPlan, RefusePlan } from '../query/metric-query.ts';
import { relatedOf } from '../query/plan-conditions.ts';
import { runQuery } from '../query/run-query.ts';
import { whoSees } from '../query/scope/who-sees.ts';
import type { AnswerDeps } from './answer-deps.ts';
import { otherTeamIn } from './not-found.ts';
import { queryContext } from './query-context.ts';
import { entityOfPlan } from './repair-values.ts';

/** One row of an entity as the asker sees them, whatever else was asked. */
export const anyRowOf = (entity: string, subject: ListPlan['subject'] = 'none'): ListPlan => ({
  kind: 'list',
  entity,
  columns: [],
  time: null,
  where: [],
  orderBy: [],
  limit: 1,
  subject,
});

/**
 * Why nothing of a plan is the asker's to see, whatever its words name; null where some of it is. Nothing is looked up
 * beyond the asker's own rows, so it sounds the same whether what was named exists or not.
 */
export async function unseenOfPlan(
  deps: AnswerDeps,
  catalogue: Catalogue,
  asker: Asker,
  plan: QueryPlan,
): Promise<string | null> {
  const entities = [entityOfPlan(catalogue, plan), ...relatedOf(plan).map(({ entity }) => entity)];
  return await unseenOf(
    deps,
    asker,
    entities.filter((one) => one !== null),
  );
}

async function unseenOf(deps: AnswerDeps, asker: Asker, entities: readonly string[]): Promise<string | null> {
  for (const entity of new Set(entities)) {
    const result = await runQuery(queryContext(deps, asker), anyRowOf(entity));
    if (result.ok && result.value.provenance.unseen !== undefined) return result.value.provenance.unseen;
  }
  return null;
}

const unheard = /^(?:unknown_word|no_metric|no_field)$/;

/**
 * A question that was not understood, and speaks of records that are not for the asker: that is the reason to give, since
 * other words would not help. Null where its words are to blame.
 *
 * @param mine what the asker's role may ask of
 */
export async function unseenOfRefused(
  deps: AnswerDeps,
  all: Catalogue,
  mine: Catalogue,
  asker: Asker,
  { question, refusal }: { readonly question: string; readonly refusal: RefusePlan },
): Promise<string | null> {
  if (!unheard.test(refusal.reason)) return null;
  const [hidden] = hiddenNouns(all, mine, asker.role, { question, refusal });
  if (hidden !== undefined) return hidden;
  const team = await otherTeamIn(deps.store, asker, question);
  if (team !== null) return team;
  if (refusal.reason === 'unknown_word') return null;
  const near = refusal.nearestMetrics.flatMap((id) => mine.metrics.get(id) ?? []);
  return await unseenOf(
    deps,
    asker,
    near.slice(0, 1).flatMap((metric) => entityOf(mine, metric)?.id ?? []),
  );
}

const longestNoun = 3;

/** Kinds of records that a question names and that are not for the role; what it may see beside them is about something. */
function hiddenNouns(
  all: Catalogue,
  mine: Catalogue,
  role: Asker['role'],
  { question, refusal }: { readonly question: string; readonly refusal: RefusePlan },
): readonly string[] {
  if (mine.entities.size === all.entities.size) return [];
  const isHidden = (id: string): boolean => all.entities.has(id) && !mine.entities.has(id);
  const nouns = nounsIn(all, question);
  const seen = nouns.some(({ meanings }) =>
    meanings.some(
      ({ kind, id }) =>
        (kind === 'entity' && mine.entities.has(id)) || (kind === 'metric' && mine.metrics.has(id)),
    ),
  );
  const own = vocabularyOf(mine);
  // "Which customer gave me a 1": other words than the noun are to blame, and it may be a property of what is seen.
  const isBlamed = (words: readonly string[]): boolean =>
    refusal.reason !== 'unknown_word' ||
    words.some((word) => wordsOf(refusal.detail).map(own.keyOf).includes(own.keyOf(word)));
  const hidden = nouns.flatMap(({ words, meanings }) =>
    (seen || !isBlamed(words)) && own.phrases.has(words.map(own.keyOf).join(' '))
      ? []
      : meanings.flatMap(({ kind, id }) => (kind === 'entity' && isHidden(id) ? id : [])),
  );
  return [...(isHidden(refusal.detail) ? [refusal.detail] : []), ...hidden].flatMap((id) => {
    const entity = all.entities.get(id);
    return entity ? `${entity.label.many}; ${whoSees(entity.rowScope, role)}` : [];
  });
}

interface Noun {
  readonly words: readonly string[];
  readonly meanings: readonly { readonly kind: string; readonly id: string }[];
}

/** Phrases of a question that name records or figures, the longest first. */
function nounsIn(catalogue: Catalogue, question: string): readonly Noun[] {
  const words = wordsOf(question);
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const found: Noun[] = [];
  for (let size = longestNoun; size > 0; size -= 1)
    for (let from = 0; from + size <= words.length; from += 1) {
      const some = words.slice(from, from + size);
      const meanings = phrases.get(some.map(keyOf).join(' '))?.meanings ?? [];
      const named = meanings.flatMap((one) => (one.kind === 'value' ? [] : { kind: one.kind, id: one.id }));
      if (named.length > 0) found.push({ words: some, meanings: named });
    }
  return found;
}
