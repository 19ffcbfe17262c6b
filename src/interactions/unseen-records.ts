import type { Asker } from '../access/asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { entityOf } from '../catalogue/lookup.ts';
import { vocabularyOf, wordsOf } from '../planner/rules/vocabulary.ts';
import type { ListPlan, QueryPlan, RefusePlan } from '../query/metric-query.ts';
import { relatedOf } from '../query/plan-conditions.ts';
import { runQuery } from '../query/run-query.ts';
import type { AnswerDeps } from './answer-deps.ts';
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
  const [hidden] = hiddenNouns(all, mine, question);
  if (hidden !== undefined) return hidden;
  if (refusal.reason === 'unknown_word') return null;
  const near = refusal.nearestMetrics.flatMap((id) => mine.metrics.get(id) ?? []);
  return await unseenOf(
    deps,
    asker,
    near.slice(0, 1).flatMap((metric) => entityOf(mine, metric)?.id ?? []),
  );
}

const longestNoun = 3;

/** Kinds of records that a question names and that the role knows by no word. */
function hiddenNouns(all: Catalogue, mine: Catalogue, question: string): readonly string[] {
  if (mine.entities.size === all.entities.size) return [];
  const words = wordsOf(question);
  const [known, own] = [vocabularyOf(all), vocabularyOf(mine)];
  const found: string[] = [];
  for (let size = longestNoun; size > 0; size -= 1)
    for (let from = 0; from + size <= words.length; from += 1) {
      const some = words.slice(from, from + size);
      if (own.phrases.has(some.map(own.keyOf).join(' '))) continue;
      for (const meaning of known.phrases.get(some.map(known.keyOf).join(' '))?.meanings ?? []) {
        const entity = meaning.kind === 'entity' ? all.entities.get(meaning.id) : undefined;
        if (entity && !mine.entities.has(entity.id)) found.push(entity.label.many);
      }
    }
  return found;
}
