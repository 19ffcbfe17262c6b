import type { Asker } from '../../access/asker.ts';
import { shortAnswerId } from '../../messages/answer-actions.ts';
import { formatInstant, shorten } from '../../messages/format.ts';
import type { Block, Message } from '../../messages/message.ts';
import { buildNotice } from '../../messages/notice-message.ts';
import { queryPlanSchema } from '../../query/metric-query.ts';
import {
  countFeedback,
  type FeedbackCount,
  type ListedFeedback,
  listFeedback,
} from '../../store/answer-store.ts';
import type { AnswerDeps } from '../answer-deps.ts';
import { feedbackReasons } from './give-feedback.ts';

const mostListed = 15;
const longestQuestion = 120;

/** `/heed feedback`: what people found wrong, with question, plan and reason; for managers and administrators. */
export async function showFeedback(deps: Pick<AnswerDeps, 'store'>, asker: Asker): Promise<Message> {
  if (asker.role !== 'manager' && asker.role !== 'admin')
    return buildNotice('Feedback quotes the questions of others; only managers and administrators see it.');
  const { db } = deps.store;
  const listed = await listFeedback(db, { which: 'unhelpful', limit: mostListed });
  return buildFeedbackMessage(listed, await countFeedback(db), asker.zone);
}

function buildFeedbackMessage(
  listed: readonly ListedFeedback[],
  counts: readonly FeedbackCount[],
  zone: string,
): Message {
  const unhelpful = counts.reduce((sum, count) => sum + count.unhelpful, 0);
  const helpful = counts.reduce((sum, count) => sum + count.helpful, 0);
  const text =
    unhelpful + helpful === 0
      ? 'Nobody has said yet whether an answer helped.'
      : `${helpful} ${helpful === 1 ? 'answer' : 'answers'} helped, ${unhelpful} did not.`;
  const blocks: Block[] = [{ kind: 'headline', text, tone: unhelpful > helpful ? 'warning' : 'neutral' }];
  for (const feedback of listed) blocks.push({ kind: 'paragraph', content: [feedbackLine(feedback, zone)] });
  if (counts.length > 0)
    blocks.push({
      kind: 'table',
      caption: 'By who understood the question',
      columns: [
        { label: 'Planner' },
        { label: 'Prompt' },
        ...['Answers', 'Helped', 'Did not'].map((label) => ({ label, align: 'right' as const })),
        { label: 'Why' },
      ],
      rows: counts.map((count) => [
        count.planner,
        count.promptVersion ?? '–',
        String(count.answers),
        String(count.helpful),
        String(count.unhelpful),
        reasonsOf(count),
      ]),
    });
  return { text, blocks };
}

function feedbackLine(feedback: ListedFeedback, zone: string): string {
  const reason = feedback.reason === null ? 'no reason given' : feedbackReasons[feedback.reason];
  const comment = feedback.comment === null ? '' : `: ${shorten(feedback.comment, 300)}`;
  const who = feedback.personName ?? 'somebody';
  return `• “${shorten(feedback.question, longestQuestion)}” – ${reason}${comment}\n   ${who}, ${formatInstant(feedback.at, zone)}; ${planWords(feedback.plan)}; answer ${shortAnswerId(feedback.answerId)}`;
}

/** The plan in a few words; `/heed answer <id>` has it whole. */
export function planWords(plan: unknown): string {
  const parsed = queryPlanSchema.safeParse(plan);
  if (!parsed.success) return 'no plan';
  if (parsed.data.kind === 'list') return `list of ${parsed.data.entity}`;
  const { metrics, groupBy } = parsed.data;
  const by = groupBy.length === 0 ? '' : ` by ${groupBy.map(({ dimension }) => dimension).join(', ')}`;
  return `${metrics.join(', ')}${by}`;
}

function reasonsOf({ reasons }: FeedbackCount): string {
  return Object.entries(reasons)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');
}
