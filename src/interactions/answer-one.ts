import type { Asker } from '../access/asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { MeantOne } from '../planner/rules/compose/problem.ts';
import type { ListPlan, QueryPlan } from '../query/metric-query.ts';
import { runQuery } from '../query/run-query.ts';
import type { AnswerDeps } from './answer-deps.ts';
import { queryContext } from './query-context.ts';
import { entityOfPlan } from './repair-values.ts';
import { type PlanResult, runPlan } from './run-plan.ts';

const mostButtons = 4;
const mostRows = 25;
const longestLabel = 70;

/**
 * "the energy customer": the one that the asker may see is taken, and named; of several each becomes a button, and of
 * more than there are buttons one is to be named.
 */
export async function answerOne(
  deps: AnswerDeps,
  catalogue: Catalogue,
  asker: Asker,
  plan: QueryPlan,
  one: MeantOne,
): Promise<PlanResult> {
  const rest = plan.where.filter(({ any }) => JSON.stringify(any) !== JSON.stringify([one.filter]));
  const found = one.headline === undefined ? null : await recordsFor(deps, catalogue, asker, plan, one, rest);
  const names = found?.map(({ name }) => name) ?? (await namesOf(deps, catalogue, asker, plan, one));
  const exact = (name: string): QueryPlan => ({
    ...plan,
    where: [...rest, { any: [{ dimension: one.dimension, op: 'eq', values: [name] }] }],
  });
  const [only, another] = names;
  if (only !== undefined && another === undefined) {
    const result = await runPlan(deps, catalogue, asker, exact(only));
    if (result.kind !== 'rows') return result;
    return { ...result, notes: [...result.notes, `I took “${one.words}” as ${found?.[0]?.label ?? only}.`] };
  }
  if (found !== null && found.length > 0) {
    const isMore = found.length > mostButtons;
    const count = found.length === mostRows ? `${mostRows} or more` : String(found.length);
    const several = isMore ? ` ${count} have these words in their headline; the newest are here.` : '';
    return {
      kind: 'ask',
      question: `Which one is “${one.words}”?${several}`,
      options: found.slice(0, mostButtons).map(({ name, label }) => ({ label, plan: exact(name) })),
    };
  }
  if (names.length === 0 || names.length > mostButtons) {
    const detail =
      found === null
        ? `“${one.words}” may be several; say which by name`
        : `nothing that you can see has “${one.headline?.words.join(' ') ?? ''}” in its headline`;
    return { kind: 'refuse', refusal: { reason: 'unclear', detail, nearestMetrics: [] } };
  }
  const options = names.map((name) => ({ label: name.slice(0, longestLabel), plan: exact(name) }));
  return { kind: 'ask', question: `Which one is “${one.words}”?`, options };
}

interface Found {
  readonly name: string;
  readonly label: string;
}

/** "The hot shard escalation of Umbra": of that customer, where it has one; else any that is called so. */
async function recordsFor(
  deps: AnswerDeps,
  catalogue: Catalogue,
  asker: Asker,
  plan: QueryPlan,
  one: MeantOne,
  rest: QueryPlan['where'],
): Promise<readonly Found[]> {
  const isOwn = plan.kind === 'list' && plan.entity === catalogue.dimensions.get(one.dimension)?.entity;
  const narrow = isOwn && rest.length > 0 ? await recordsOf(deps, catalogue, asker, one, rest) : [];
  return narrow.length > 0 ? narrow : recordsOf(deps, catalogue, asker, one, []);
}

/** Records that the asker sees with all of these words in their headline, newest first. */
async function recordsOf(
  deps: AnswerDeps,
  catalogue: Catalogue,
  asker: Asker,
  { dimension, headline }: MeantOne,
  rest: QueryPlan['where'],
): Promise<readonly Found[]> {
  const entity = catalogue.dimensions.get(dimension)?.entity ?? '';
  if (headline === undefined || !catalogue.entities.has(entity)) return [];
  const list: ListPlan = {
    kind: 'list',
    entity,
    columns: [dimension, headline.dimension],
    time: null,
    where: [
      ...rest,
      ...headline.words.map((word) => ({
        any: [{ dimension: headline.dimension, op: 'contains' as const, values: [word] }],
      })),
    ],
    orderBy: [],
    limit: mostRows,
    subject: 'none',
  };
  const result = await runQuery(queryContext(deps, asker), list);
  if (!result.ok) return [];
  const at = (id: string): number => result.value.columns.findIndex((column) => column.id === id);
  const [number, text] = [at(dimension), at(headline.dimension)];
  return result.value.rows.flatMap((row) => {
    const name = row[number];
    return typeof name === 'string'
      ? [{ name, label: `${name}: ${String(row[text] ?? '')}`.slice(0, longestLabel) }]
      : [];
  });
}

/** Whom it may be among the records that the asker may list, or among the rows of the question where there is no list. */
async function namesOf(
  deps: AnswerDeps,
  catalogue: Catalogue,
  asker: Asker,
  plan: QueryPlan,
  { dimension, filter }: MeantOne,
): Promise<readonly string[]> {
  const home = catalogue.dimensions.get(dimension)?.entity ?? '';
  const isListed = catalogue.entities.has(home);
  const list: ListPlan = {
    kind: 'list',
    entity: isListed ? home : (entityOfPlan(catalogue, plan) ?? ''),
    columns: [dimension],
    time: null,
    where: [{ any: [filter] }],
    orderBy: [],
    limit: mostRows,
    subject: isListed ? plan.subject : 'none',
  };
  const result = await runQuery(queryContext(deps, asker), list);
  if (!result.ok) return [];
  const column = result.value.columns.findIndex(({ id }) => id === dimension);
  return [
    ...new Set(result.value.rows.flatMap((row) => (typeof row[column] === 'string' ? [row[column]] : []))),
  ];
}
