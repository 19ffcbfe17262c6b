import type { Asker } from '../access/asker.ts';
import { findAskerByName } from '../access/find-asker.ts';
import type { StoredAnswer } from '../interactions/answer-deps.ts';
import { answerQuestion } from '../interactions/answer-question.ts';
import { renderPlainText } from '../messages/fallback-text.ts';
import { newId } from '../toolkit/ids.ts';
import { UserError } from '../toolkit/issue.ts';
import { answerDeps } from './answer.ts';
import type { Heed } from './open-heed.ts';

export interface AskResult extends StoredAnswer {
  readonly askedBy: string;
  /** The whole message as plain text. */
  readonly page: string;
}

/** Whoever can run the command can read the database; the terminal sees what an administrator sees. */
const terminal = {
  personId: '00000000-0000-8000-8000-000000000000',
  name: 'the terminal',
  role: 'admin',
  teamId: null,
} as const;

/**
 * Asks as the command line does.
 *
 * @throws UserError when `as` names nobody, or several people
 */
export async function ask(
  heed: Heed,
  request: { readonly question: string; readonly as: string | undefined },
): Promise<AskResult> {
  const asker = await askerOf(heed, request.as);
  const surface = { platform: 'cli', conversation: null, threadId: null };
  const { message, answer } = await answerQuestion(answerDeps(heed), {
    asker,
    question: request.question,
    surface,
    requestId: newId(),
  });
  return { ...answer, askedBy: asker.name, page: renderPlainText(message) };
}

/**
 * Whoever types, or whom they name.
 *
 * @throws UserError when the name fits nobody, or several people
 */
export async function askerOf(heed: Heed, name: string | undefined): Promise<Asker> {
  if (name === undefined) return { ...terminal, zone: heed.config.HEED_TIME_ZONE };
  const found = await findAskerByName(heed.store, name, heed.config.HEED_TIME_ZONE);
  if (!found.ok) throw new UserError(found.issues);
  return found.value;
}
