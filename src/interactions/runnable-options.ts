import type { Asker } from '../access/asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { AnswerData } from '../query/answer-data.ts';
import type { PlanOption } from '../query/metric-query.ts';
import type { AnswerDeps } from './answer-deps.ts';
import { type PlanResult, runPlan } from './run-plan.ts';

/** What a question back can offer. */
const mostButtons = 4;
/** Each option costs a query. */
const mostTried = 8;

/**
 * A question back offers what answers: every option is run under the asker's scope, and those with rows come first. An
 * option whose name nobody has is left out; where one alone is left it is the answer, and that is said.
 *
 * @param options at least two, likeliest first
 */
export async function runnableOptions(
  deps: AnswerDeps,
  catalogue: Catalogue,
  asker: Asker,
  question: string,
  options: readonly PlanOption[],
): Promise<PlanResult> {
  const full: (PlanOption & { readonly result: PlanResult })[] = [];
  const empty: (PlanOption & { readonly result: PlanResult })[] = [];
  let first: PlanResult | null = null;
  for (const { label, plan } of options.slice(0, mostTried)) {
    const result = await runPlan(deps, catalogue, asker, plan);
    if (result.kind === 'rows')
      (hasFigures(result.data) ? full : empty).push({ label, plan: result.plan, result });
    else first ??= result;
    if (full.length === mostButtons) break;
  }
  const offered = full.length >= 2 ? full : [...full, ...empty].slice(0, mostButtons);
  const [only, another] = offered;
  if (only && !another && only.result.kind === 'rows')
    return {
      ...only.result,
      notes: [...only.result.notes, `Heard as “${only.label}”: nothing is found for what else it may mean.`],
    };
  if (only) return { kind: 'ask', question, options: offered.map(({ label, plan }) => ({ label, plan })) };
  return first ?? { kind: 'ask', question, options };
}

/** Something else than nothing and nought. */
function hasFigures({ columns, rows }: AnswerData): boolean {
  const figures = columns.flatMap((column, index) => (column.role === 'metric' ? [index] : []));
  return rows.some((row) => figures.length === 0 || figures.some((index) => (row[index] ?? 0) !== 0));
}
