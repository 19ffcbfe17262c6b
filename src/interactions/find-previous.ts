import type { QueryPlan } from '../query/metric-query.ts';
import { planSchema, queryPlanSchema } from '../query/metric-query.ts';
import type { AnswerDeps, QuestionRequest } from './answer-deps.ts';

/** What a follow-up continues. */
export interface Previous {
  readonly plan: QueryPlan;
  readonly question: string;
  /** What was asked since then and not understood; whoever goes on may mean that. Null where nothing was. */
  readonly unanswered: string | null;
}

const dayMs = 86_400_000;
/** A thread is about one thing and is read again after a weekend. */
const threadMs = 7 * dayMs;
/** Outside of threads one subject follows another; later than this, nobody means the last one. */
const conversationMs = 30 * 60_000;
/** Whoever asked in vain more often than this is no longer at the answer before. */
const mostInVain = 8;

/**
 * The last plan that was answered where this question was asked: in its thread, whoever asked it; outside of threads
 * (a direct message, the slash command) the same person's last one there within half an hour. Other threads and
 * conversations are never looked at. The plan carries no rights: it runs anew under those of whoever asks now.
 */
export async function findPrevious(
  deps: Pick<AnswerDeps, 'store' | 'clock'>,
  request: Pick<QuestionRequest, 'asker' | 'surface'>,
): Promise<Previous | null> {
  const rows = await latestHere(deps, request, mostInVain + 1);
  const at = rows.findIndex(({ outcome }) => outcome === 'answered');
  const row = rows[at];
  const plan = queryPlanSchema.safeParse(row?.plan);
  if (!row || !plan.success) return null;
  const inVain = rows.slice(0, at).find((one) => isOpen(one.plan));
  return { plan: plan.data, question: row.question, unanswered: inVain?.question ?? null };
}

/** What was asked last where this question is asked, newest first. */
export async function latestHere(
  { store, clock }: Pick<AnswerDeps, 'store' | 'clock'>,
  { asker, surface }: Pick<QuestionRequest, 'asker' | 'surface'>,
  most: number,
): Promise<readonly { readonly plan: unknown; readonly question: string; readonly outcome: string }[]> {
  const { platform, conversation, threadId } = surface;
  if (conversation === null) return [];
  const now = clock.now().getTime();
  const since = new Date(now - (threadId === null ? conversationMs : threadMs));
  const base = store.db
    .selectFrom('answer')
    .select(['plan', 'question', 'outcome'])
    .where('platform', '=', platform)
    .where('conversation', '=', conversation)
    .where('outcome', 'in', ['answered', 'refused', 'clarified'])
    .where('asked_at', '>=', since);
  const here =
    threadId === null
      ? base.where('thread_id', 'is', null).where('person_id', '=', asker.personId)
      : base.where('thread_id', '=', threadId);
  return here.orderBy('position', 'desc').limit(most).execute();
}

/** Wishes that no figure answers ("assign this to Bob") leave a thread where it was. */
function isOpen(plan: unknown): boolean {
  const { data } = planSchema.safeParse(plan);
  return data?.kind !== 'refuse' || !/^(?:action|needs_text|prediction|unavailable)$/.test(data.reason);
}
