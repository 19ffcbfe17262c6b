import type { Asker } from '../access/asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { entityById } from '../catalogue/paths.ts';
import type { MetricPlan, QueryPlan } from '../query/metric-query.ts';
import { runQuery } from '../query/run-query.ts';
import type { AnswerDeps, QuestionRequest } from './answer-deps.ts';
import { nounOf } from './answer-view-of.ts';
import { queryContext } from './query-context.ts';
import { entityOfPlan } from './repair-values.ts';
import { type PlanResult, runPlan } from './run-plan.ts';
import { anyRowOf } from './unseen-records.ts';

/** What "my" means for somebody who leads others and owns no such record. */
type TeamAsMine =
  | { readonly kind: 'team'; readonly plan: QueryPlan; readonly whose: string }
  | { readonly kind: 'ask'; readonly question: string; readonly label: string; readonly plan: QueryPlan };

const leads: ReadonlySet<Asker['role']> = new Set(['supervisor', 'manager', 'executive', 'admin']);

/** Their own doings stay their own: "how many calls did I log". */
const owns = /\b(?:my|mine|our|ours|i have|i own|do i have)\b/i;

/**
 * "My accounts" of whoever leads a team and owns none are the team's; where the team owns none either, everybody's may be
 * meant, which is asked. Null where the asker owns some, or nothing is said of owning.
 */
async function teamAsMine(
  deps: AnswerDeps,
  catalogue: Catalogue,
  asker: Asker,
  question: string,
  plan: QueryPlan,
): Promise<TeamAsMine | null> {
  if (!leads.has(asker.role) || !isMine(plan.subject) || !owns.test(question)) return null;
  const entity = entityById(catalogue, entityOfPlan(catalogue, plan) ?? '');
  if (entity === undefined) return null;
  const hasAny = async (subject: MetricPlan['subject']): Promise<boolean | null> => {
    const result = await runQuery(queryContext(deps, asker), anyRowOf(entity.id, subject));
    return result.ok ? result.value.rows.length > 0 : null;
  };
  if ((await hasAny(plan.subject)) !== false) return null;
  const rows = nounOf(catalogue, entity).many;
  const many = plan.subject === 'my_accounts' ? 'accounts' : rows;
  const subject = plan.subject === 'me' ? 'my_team' : 'my_teams_accounts';
  if (asker.teamId !== null && (asker.role === 'supervisor' || (await hasAny(subject)) === true))
    return { kind: 'team', plan: { ...plan, subject }, whose: `your team’s ${many}; you own none yourself` };
  return {
    kind: 'ask',
    question: `No ${many} are yours or your team’s. Do you mean everybody’s?`,
    label: `All ${rows}, whoever owns them`,
    plan: { ...plan, subject: 'none' },
  };
}

/** Runs a plan with "my" as whoever asks means it. */
export async function runMine(
  deps: AnswerDeps,
  catalogue: Catalogue,
  { asker, question }: QuestionRequest,
  plan: QueryPlan,
  options: Parameters<typeof runPlan>[4],
): Promise<PlanResult> {
  const mine = await teamAsMine(deps, catalogue, asker, question, plan);
  if (mine === null) return runPlan(deps, catalogue, asker, plan, options);
  if (mine.kind === 'ask') {
    const result = await runPlan(deps, catalogue, asker, mine.plan, options);
    if (result.kind !== 'rows') return result;
    return { kind: 'ask', question: mine.question, options: [{ label: mine.label, plan: result.plan }] };
  }
  const result = await runPlan(deps, catalogue, asker, mine.plan, options);
  if (result.kind !== 'rows') return result;
  const provenance = { ...result.data.provenance, whose: mine.whose };
  return { ...result, data: { ...result.data, provenance } };
}

const isMine = (subject: MetricPlan['subject']): boolean => subject === 'me' || subject === 'my_accounts';
