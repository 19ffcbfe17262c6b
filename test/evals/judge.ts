import type { Heed } from '../../src/app/open-heed.ts';
import type { RefusePlan } from '../../src/query/metric-query.ts';
import { exhaustive } from '../../src/toolkit/exhaustive.ts';
import { askWorld, type Conversation } from './ask-world.ts';
import { judgeRange } from './judge-range.ts';
import { judgeChain, judgeTurn } from './judge-rows.ts';
import { planLine, rowsLine } from './lines.ts';
import type { Question, QuestionOf, refusalWhys } from './question.ts';
import type { Judged } from './verdict.ts';
import { findWorldAsker, worldNow } from './world.ts';

/**
 * Asks one question of a file and judges what came.
 *
 * @throws UserError when nobody of that name is there; the database's error when the expected SQL is wrong
 */
export async function judgeQuestion(heed: Heed, question: Question, file: string): Promise<Judged> {
  const person = await findWorldAsker(heed, question.as);
  const conversation: Conversation = {
    asker: question.zone === undefined ? person : { ...person, zone: question.zone },
    now: question.now ?? worldNow,
    fiscalStartMonth: question.fiscal_start,
    thread: `${file}:${question.id}`,
  };
  switch (question.expect) {
    case 'rows':
      return judgeTurn(heed, conversation, question);
    case 'chain':
      return judgeChain(heed, conversation, question.turns);
    case 'range':
      return judgeRange(heed, conversation, question);
    case 'clarify':
    case 'refuse':
      return judgeUnanswered(heed, conversation, question);
    default:
      return exhaustive(question);
  }
}

/** A question that has no rows: it must come back as a question, or as a no. */
async function judgeUnanswered(
  heed: Heed,
  conversation: Conversation,
  question: QuestionOf<'clarify'> | QuestionOf<'refuse'>,
): Promise<Judged> {
  const answer = await askWorld(heed, conversation, question.ask);
  const { outcome, plan } = answer;
  const common = {
    plan: planLine(answer),
    expected: `${question.expect}${question.why === undefined ? '' : ` (${question.why})`}`,
    got: outcome === 'answered' ? rowsLine(answer.rows) : (answer.reason ?? outcome),
    latencies: outcome === 'answered' ? [answer.latencyMs] : [],
  };
  if (outcome === 'answered') return { ...common, verdict: 'silent-wrong' };
  if (question.expect === 'clarify')
    return { ...common, verdict: outcome === 'clarified' ? 'right' : outcome };
  if (outcome !== 'refused') return { ...common, verdict: outcome };
  const reason = plan?.kind === 'refuse' ? plan.reason : null;
  return {
    ...common,
    verdict: 'right',
    isReasonRight: reason !== null && reasons[question.why].includes(reason),
  };
}

/** The reasons of a refusal that fit what the question's author gives as the kind. */
const reasons: Readonly<Record<(typeof refusalWhys)[number], readonly RefusePlan['reason'][]>> = {
  no_data: ['no_metric', 'no_field', 'unknown_word'],
  action: ['action'],
  prediction: ['prediction'],
  opinion: ['needs_text', 'no_metric', 'unknown_word'],
  not_allowed: ['not_allowed'],
};
