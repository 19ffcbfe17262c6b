import type { Asker } from '../../access/asker.ts';
import { audit } from '../../access/audit.ts';
import type { Form, FormAnswers } from '../../messages/form.ts';
import type { Message } from '../../messages/message.ts';
import { buildNotice } from '../../messages/notice-message.ts';
import { type FeedbackReason, readAnswer, saveFeedback } from '../../store/answer-store.ts';
import type { AnswerDeps } from '../answer-deps.ts';

/** Name of the form that asks what was wrong. */
export const feedbackForm = 'answer-feedback';

export const feedbackReasons: Readonly<Record<FeedbackReason, string>> = {
  'wrong-number': 'The number is wrong',
  misunderstood: 'The question was understood differently',
  'too-slow': 'It took too long',
  other: 'Something else',
};

/** The dialog behind the thumb that points down. */
export function buildFeedbackForm(answerId: string): Form {
  return {
    form: feedbackForm,
    title: 'What was wrong?',
    submit: 'Send',
    intro: [
      'Kept with the question and its plan, for the people who look after Heed. It is never shown to a model.',
    ],
    fields: [
      {
        kind: 'choice',
        id: 'reason',
        label: 'What was wrong',
        options: Object.entries(feedbackReasons).map(([value, label]) => ({ value, label })),
      },
      {
        kind: 'text',
        id: 'comment',
        label: 'What should it have been',
        isMultiline: true,
        isOptional: true,
        placeholder: '41 escalations were open; two of them are duplicates',
      },
    ],
    state: answerId,
  };
}

const longestComment = 1000;

/**
 * Keeps what somebody thinks of an answer. Whoever saw the answer may say so; the last word of each person counts.
 *
 * @param answers null: it helped
 */
export async function giveFeedback(
  deps: Pick<AnswerDeps, 'store' | 'clock'>,
  asker: Asker,
  answerId: string,
  answers: FormAnswers | null,
): Promise<Message> {
  const kept = await readAnswer(deps.store.db, answerId);
  if (kept === null) return gone;
  const at = deps.clock.now();
  const reason = answers === null ? null : readReason(answers['reason']);
  const comment = answers?.['comment']?.trim().slice(0, longestComment) ?? '';
  await deps.store.transaction(async (trx) => {
    await saveFeedback(trx, {
      answerId: kept.id,
      personId: asker.personId,
      at,
      helpful: answers === null,
      reason,
      comment: comment === '' ? null : comment,
    });
    await audit(trx, {
      at,
      actorId: asker.personId,
      action: 'feedback',
      subject: kept.id,
      detail: { helpful: answers === null, reason },
    });
  });
  return answers === null ? thanks : noted;
}

const readReason = (word: string | undefined): FeedbackReason =>
  (Object.keys(feedbackReasons) as FeedbackReason[]).find((reason) => reason === word) ?? 'other';

const thanks = buildNotice('Thank you; noted that this answer helped.');
const noted = buildNotice(
  'Thank you; this was noted with the question and its plan. Until somebody has looked at it, do not rely on the number.',
);
const gone = buildNotice('This answer is not kept any more, so there is nothing to note.');
