import { writeFileSync } from 'node:fs';
import { type ExportFormat, exportAnswer } from '../interactions/answers/export/export-answer.ts';
import { rerunAnswer } from '../interactions/answers/rerun-answer.ts';
import { readOwnAnswer, showAnswer } from '../interactions/answers/show-answer.ts';
import { showFeedback } from '../interactions/answers/show-feedback.ts';
import { renderPlainText } from '../messages/fallback-text.ts';
import type { Message } from '../messages/message.ts';
import { countFeedback, listFeedback } from '../store/answer-store.ts';
import { newId } from '../toolkit/ids.ts';
import { UserError } from '../toolkit/issue.ts';
import { answerDeps } from './answer.ts';
import { askerOf } from './ask.ts';
import type { Heed } from './open-heed.ts';

export interface KeptAnswerRequest {
  /** Whole, or the last eight characters. */
  readonly id: string;
  /** Name or e-mail; undefined: the terminal. */
  readonly as: string | undefined;
}

/** What the terminal prints, and the same for scripts. */
export interface Printed {
  readonly page: string;
  readonly json: unknown;
}

const surface = { platform: 'cli', conversation: null, threadId: null };

/** `heed answer <id>`. */
export async function describeAnswer(heed: Heed, { id, as }: KeptAnswerRequest): Promise<Printed> {
  const asker = await askerOf(heed, as);
  const deps = answerDeps(heed);
  const kept = await readOwnAnswer(deps, asker, id);
  if (kept === null) throw unknown(id);
  const { result: _digest, ...json } = kept;
  return { page: renderPlainText(await showAnswer(deps, asker, id)), json };
}

/** `heed answer <id> --again`. */
export async function repeatAnswer(heed: Heed, { id, as }: KeptAnswerRequest): Promise<Printed> {
  const asker = await askerOf(heed, as);
  const again = await rerunAnswer(answerDeps(heed), { asker, surface, requestId: newId() }, id);
  if (!again.ok) throw refused(id, again.message);
  const { message, answer } = again.value;
  return { page: renderPlainText(message), json: answer };
}

/** `heed answer <id> --csv FILE` and its likes; returns a sentence about the file. */
export async function writeAnswerFile(
  heed: Heed,
  { id, as }: KeptAnswerRequest,
  target: { readonly format: ExportFormat; readonly file: string },
): Promise<string> {
  const asker = await askerOf(heed, as);
  const exported = await exportAnswer(answerDeps(heed), {
    asker,
    surface,
    answerId: id,
    format: target.format,
  });
  switch (exported.kind) {
    case 'refused':
      throw refused(id, exported.message);
    case 'chart': {
      const image = await heed.draw(exported.spec);
      if (image === null) throw new Error('the chart could not be drawn; the log says why');
      writeFileSync(target.file, image.png);
      return `${target.file}: ${exported.words}`;
    }
    case 'file':
      writeFileSync(target.file, exported.content);
      return `${target.file}: ${exported.words}`;
  }
}

/** `heed feedback`. */
export async function describeFeedback(heed: Heed): Promise<Printed> {
  const { db } = heed.store;
  const json = {
    feedback: await listFeedback(db, { which: 'all', limit: 500 }),
    counts: await countFeedback(db),
  };
  return {
    page: renderPlainText(await showFeedback(answerDeps(heed), await askerOf(heed, undefined))),
    json,
  };
}

const unknown = (id: string): UserError =>
  new UserError([
    { code: 'unknown-answer', path: id, message: 'There is no answer with this id that you may see.' },
  ]);

const refused = (id: string, message: Message): UserError =>
  new UserError([{ code: 'answer-refused', path: id, message: message.text }]);
