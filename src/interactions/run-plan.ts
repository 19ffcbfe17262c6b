import type { Asker } from '../access/asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { isNaming } from '../planner/rules/compose/name-neighbours.ts';
import type { AnswerData } from '../query/answer-data.ts';
import type { PlanOption, QueryPlan, RefusePlan } from '../query/metric-query.ts';
import { type QueryContext, runQuery } from '../query/run-query.ts';
import type { SeenNames } from '../query/seen-names.ts';
import type { Issue, Result } from '../toolkit/issue.ts';
import type { AnswerDeps } from './answer-deps.ts';
import { namesRecord, optionsForValue } from './ask-value.ts';
import { likeliestPerson, onlyWithRows } from './likeliest-fit.ts';
import { noChangeKnown } from './no-change-known.ts';
import { noneNamed } from './none-named.ts';
import { metricsNear, notFoundWords, otherTeamIn, refusalOfName } from './not-found.ts';
import { queryContext } from './query-context.ts';
import {
  entityOfPlan,
  plansWithOtherDimensions,
  plansWithSuggestions,
  planWithHeadline,
  planWithTiedName,
  valueAt,
} from './repair-values.ts';
import { withoutUnseenExclusions } from './spared-values.ts';
import { unseenOfPlan } from './unseen-records.ts';
import { inWiderPeriod } from './wider-period.ts';
import { withTies } from './with-ties.ts';
import { withoutUnnamed } from './without-unnamed.ts';

/** What became of a plan: rows, a question back, or the reason why neither. */
export type PlanResult =
  | {
      readonly kind: 'rows';
      readonly plan: QueryPlan;
      readonly data: AnswerData;
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'ask';
      readonly question: string;
      readonly options: readonly PlanOption[];
    }
  | { readonly kind: 'refuse'; readonly refusal: Omit<RefusePlan, 'kind'> };

/**
 * Runs a plan for somebody. A name that was not found where it was looked for is tried as the other things it may be
 * (all under the asker's scope); a name that fits several values comes back as a question with buttons.
 *
 * @param catalogue as the asker's role sees it
 * @param isFollowUp the name takes the place of another one of its kind: "what about GTX Pro?" after "for GTX Basic"
 */
export async function runPlan(
  deps: AnswerDeps,
  catalogue: Catalogue,
  asker: Asker,
  plan: QueryPlan,
  {
    isFollowUp = false,
    ...options
  }: Pick<QueryContext, 'withRowIds' | 'wholeNames'> & { readonly isFollowUp?: boolean } = {},
): Promise<PlanResult> {
  const run = (one: QueryPlan): Promise<Result<AnswerData>> =>
    runQuery({ ...queryContext(deps, asker), ...options }, one);
  const result = await run(plan);
  const unseen = result.ok ? result.value.provenance.unseen : undefined;
  if (unseen !== undefined) return refuseUnseen(catalogue, plan, unseen);
  if (result.ok) {
    const unknown = await noChangeKnown(catalogue, plan, result.value, run);
    if (unknown !== null) {
      const nearestMetrics = metricsNear(catalogue, plan);
      return { kind: 'refuse', refusal: { reason: 'unclear', detail: unknown, nearestMetrics } };
    }
    const whole = { plan, data: result.value };
    const wider = await inWiderPeriod(catalogue, whole, run);
    const named = await withoutUnnamed(catalogue, wider ?? whole, run);
    const tied = await withTies(named ?? wider ?? whole, run);
    const { plan: ran, data } = tied ?? named ?? wider ?? whole;
    const notes = [wider?.note, named?.note, tied?.note, noneNamed(catalogue, ran, data)];
    return { kind: 'rows', plan: ran, data, notes: notes.flatMap((note) => note ?? []) };
  }
  const [issue] = result.issues;
  const ask = async (one: QueryPlan, about: Issue): Promise<PlanResult | null> => {
    const found = await optionsForValue(catalogue, run, one, about);
    if (found.length === 0) return null;
    const what = found.length > 1 ? 'one of these' : 'this';
    const question =
      about.code === 'unknown-value'
        ? `${notFoundWords(valueAt(one, about))}. Do you mean ${what}?`
        : about.message;
    return { kind: 'ask', question, options: found };
  };
  if (issue?.code === 'ambiguous-value')
    return (
      (await settleByRows(catalogue, plan, issue, run)) ??
      (await ask(plan, issue)) ??
      refuseIssues(catalogue, plan, result.issues)
    );
  if (issue?.code !== 'unknown-value') return refuseIssues(catalogue, plan, result.issues);
  const spared = withoutUnseenExclusions(plan, valueAt(plan, issue), await deps.values?.read());
  if (spared !== null) return runPlan(deps, catalogue, asker, spared, { isFollowUp, ...options });
  const hidden =
    (await otherTeamIn(deps.store, asker, valueAt(plan, issue))) ??
    (await unseenOfPlan(deps, catalogue, asker, plan));
  if (hidden !== null) return refuseUnseen(catalogue, plan, hidden);
  const fits: { dimension: string; value: string; plan: QueryPlan; data: AnswerData }[] = [];
  let several: { readonly plan: QueryPlan; readonly issue: Issue } | null = null;
  const others = plansWithOtherDimensions(catalogue, plan, issue, isFollowUp);
  for (const other of others) {
    // A guessed name is a name: the beginning of a text is none.
    if (options.wholeNames && !isNaming(catalogue.dimensions.get(other.dimension))) continue;
    const tried = await run(other.plan);
    if (tried.ok) fits.push({ ...other, data: tried.value });
    else several ??= severalNamed(catalogue, other, tried.issues);
  }
  if (fits.length === 0 && several)
    return (
      (await settleByRows(catalogue, several.plan, several.issue, run)) ??
      (await ask(several.plan, several.issue)) ??
      refuseIssues(catalogue, plan, result.issues)
    );
  const entity = entityOfPlan(catalogue, plan);
  const person = fits.length > 1 && entity !== null ? likeliestPerson(catalogue, entity, fits) : null;
  const [only, second] = person ? [person] : fits;
  if (only && !second) {
    const label = catalogue.dimensions.get(only.dimension)?.label ?? only.dimension;
    return { kind: 'rows', plan: only.plan, data: only.data, notes: [`I took “${only.value}” as ${label}.`] };
  }
  if (only) {
    const options = fits.slice(0, 4).map((fit) => ({
      label: `${catalogue.dimensions.get(fit.dimension)?.label ?? fit.dimension}: ${fit.value}`.slice(0, 70),
      plan: fit.plan,
    }));
    return { kind: 'ask', question: `What is “${only.value}”?`, options };
  }
  const asked = (await ask(plan, issue)) ?? (await inHeadlines(catalogue, plan, issue, run));
  if (asked) return asked;
  // A closed list of values has no names, unless what was typed can be nothing else.
  const word = valueAt(plan, issue);
  if (others.length === 0 && !/\d{3}/.test(word)) return refuseIssues(catalogue, plan, result.issues);
  const seen = seenAsOf(await deps.names?.read(asker), word);
  const tied = seen === null ? null : planWithTiedName(catalogue, plan, issue, seen);
  const ofTied = tied === null ? null : await run(tied);
  if (tied !== null && ofTied?.ok) return { kind: 'rows', plan: tied, data: ofTied.value, notes: [] };
  const seenAs = catalogue.dimensions.get(seen ?? '')?.label ?? null;
  const refusal =
    seenAs === null
      ? await refusalOfName(deps.store, asker, word)
      : ({
          reason: 'no_field',
          detail: `${seenAs.toLowerCase()}, so “${word}” picks out none of them`,
        } as const);
  return { kind: 'refuse', refusal: { ...refusal, nearestMetrics: metricsNear(catalogue, plan) } };
}

/** What else is called so among what the asker sees, where these rows have nothing of that kind. */
function seenAsOf(names: SeenNames | undefined, word: string): string | null {
  const said = word.toLowerCase();
  for (const [id, some] of names ?? [])
    if (some.some((name) => name.toLowerCase() === said || name.toLowerCase().split(/\s+/).includes(said)))
      return id;
  return null;
}

/** Records with the word in their headline, said as what it is; none at all is no answer. */
async function inHeadlines(
  catalogue: Catalogue,
  plan: QueryPlan,
  issue: Issue,
  run: (plan: QueryPlan) => Promise<Result<AnswerData>>,
): Promise<PlanResult | null> {
  const found = planWithHeadline(catalogue, plan, issue);
  const result = found && (await run(found.plan));
  if (!found || !result?.ok || isNothing(result.value)) return null;
  const notes = [`I took “${found.word}” as a word of the ${found.label}.`];
  return { kind: 'rows', plan: found.plan, data: result.value, notes };
}

/** No record at all, or none counted. */
export const isNothing = ({ rows }: AnswerData): boolean =>
  rows.every((row) => row.every((cell) => cell === null || cell === 0));

const mostProbed = 4;

/** "The americas team" of tickets is the one of two teams that has any. */
async function settleByRows(
  catalogue: Catalogue,
  plan: QueryPlan,
  issue: Issue,
  run: (plan: QueryPlan) => Promise<Result<AnswerData>>,
): Promise<PlanResult | null> {
  const options = plansWithSuggestions(plan, issue);
  // Two customers of a name stay two, whichever of them has something.
  if (namesRecord(catalogue, options[0]?.filter.dimension ?? '')) return null;
  if (options.length < 2 || options.length > mostProbed || (issue.suggestions ?? []).length > mostProbed)
    return null;
  const tried: { label: string; plan: QueryPlan; data: AnswerData }[] = [];
  for (const option of options) {
    const result = await run(option.plan);
    if (result.ok) tried.push({ ...option, data: result.value });
  }
  const only = tried.length === options.length ? onlyWithRows(tried) : null;
  if (!only) return null;
  const typed = valueAt(plan, issue);
  return { kind: 'rows', plan: only.plan, data: only.data, notes: [`I took “${typed}” as ${only.label}.`] };
}

/** Several people or records are called so; several texts that begin so are no names. */
function severalNamed(
  catalogue: Catalogue,
  { dimension, plan }: { readonly dimension: string; readonly plan: QueryPlan },
  [issue]: readonly Issue[],
): { readonly plan: QueryPlan; readonly issue: Issue } | null {
  const isOfNames = isNaming(catalogue.dimensions.get(dimension));
  return issue?.code === 'ambiguous-value' && isOfNames ? { plan, issue } : null;
}

/** What the asker sees nothing of is neither "none" nor "0". */
function refuseUnseen(catalogue: Catalogue, plan: QueryPlan, detail: string): PlanResult {
  return {
    kind: 'refuse',
    refusal: { reason: 'not_allowed', detail, nearestMetrics: metricsNear(catalogue, plan) },
  };
}

function refuseIssues(catalogue: Catalogue, plan: QueryPlan, issues: readonly Issue[]): PlanResult {
  const detail = issues.map(({ message }) => message.replace(/[.]$/, '')).join('; ');
  return {
    kind: 'refuse',
    refusal: {
      reason: reasonOf(issues[0]?.code ?? ''),
      detail: detail.slice(0, 300),
      nearestMetrics: metricsNear(catalogue, plan),
    },
  };
}

function reasonOf(code: string): RefusePlan['reason'] {
  switch (code) {
    case 'not-allowed':
    case 'scope-empty':
    case 'small-group':
      return 'not_allowed';
    case 'unknown-metric':
    case 'unknown-entity':
      return 'no_metric';
    case 'unknown-dimension':
    case 'incompatible-dimension':
    case 'not-groupable':
    case 'not-filterable':
      return 'no_field';
    case 'query-timeout':
    case 'too-expensive':
      return 'unavailable';
    default:
      return 'unclear';
  }
}
