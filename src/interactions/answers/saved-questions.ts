import type { Asker } from '../../access/asker.ts';
import { filterCatalogue } from '../../catalogue/filter-catalogue.ts';
import { buildHeadline } from '../../messages/answer-headline.ts';
import { answerTable } from '../../messages/answer-table.ts';
import type { Form } from '../../messages/form.ts';
import { shorten } from '../../messages/format.ts';
import type { Block, Message } from '../../messages/message.ts';
import { buildNotice } from '../../messages/notice-message.ts';
import { queryPlanSchema } from '../../query/metric-query.ts';
import { runQuery } from '../../query/run-query.ts';
import {
  listSavedQuestions,
  removeSavedQuestion,
  type SavedQuestion,
  saveQuestion,
} from '../../store/saved-question-store.ts';
import { newId } from '../../toolkit/ids.ts';
import type { AnswerDeps } from '../answer-deps.ts';
import { answerViewOf } from '../answer-view-of.ts';
import { queryContext } from '../query-context.ts';
import { findAnswer } from './find-answer.ts';

/** Name of the form that names a question for one's board. */
export const saveForm = 'save-question';

/** A board is read at a glance, and each question costs a query whenever it is opened. */
const mostSaved = 8;
const longestName = 60;
const shownRows = 5;

/** The dialog behind "Save to my board". */
export function buildSaveForm(answerId: string, question: string): Form {
  return {
    form: saveForm,
    title: 'Save to my board',
    submit: 'Save',
    intro: ['Computed anew whenever you open your Heed Home or type /heed board, with your rights.'],
    fields: [{ kind: 'text', id: 'name', label: 'Name', initial: shorten(question, longestName) }],
    state: answerId,
  };
}

/** @param answerId null: the newest answer of the asker */
export async function addToBoard(
  deps: AnswerDeps,
  asker: Asker,
  answerId: string | null,
  name: string,
): Promise<Message> {
  const found = await findAnswer(deps, asker, answerId);
  if (!found.ok) return found.message;
  const { kept, plan } = found.value;
  const wanted = shorten(name, longestName);
  if (wanted === '')
    return buildNotice('What should it be called? For example: /heed board add My urgent tickets');
  const saved = await listSavedQuestions(deps.store.db, asker.personId);
  const isKnown = saved.some((one) => one.name.toLowerCase() === wanted.toLowerCase());
  if (!isKnown && saved.length >= mostSaved)
    return buildNotice(
      `Your board holds ${mostSaved} questions already; remove one first: /heed board remove <name>`,
    );
  const now = deps.clock.now();
  const { personId } = asker;
  const question = { id: newId(now.getTime()), personId, name: wanted, question: kept.question, plan };
  await deps.store.transaction((trx) => saveQuestion(trx, question, now));
  return buildNotice(`“${wanted}” is on your board; see it in your Heed Home or with /heed board.`);
}

export async function removeFromBoard(deps: AnswerDeps, asker: Asker, name: string): Promise<Message> {
  const isGone = await deps.store.transaction((trx) => removeSavedQuestion(trx, asker.personId, name.trim()));
  return buildNotice(
    isGone
      ? `“${name.trim()}” is off your board.`
      : `Your board has nothing called “${shorten(name, longestName)}”.`,
  );
}

/** `/heed board`: every saved question, computed now under the rights of whoever looks. */
export async function showOwnBoard(deps: AnswerDeps, asker: Asker): Promise<Message> {
  const blocks = await ownBoardBlocks(deps, asker);
  if (blocks.length === 0)
    return buildNotice(
      'Your board is empty. Choose “Save to my board …” under an answer, or type /heed board add <name> after one.',
    );
  return { text: 'Your board', blocks };
}

/** The board as a part of another message; empty when nothing was saved. */
export async function ownBoardBlocks(deps: AnswerDeps, asker: Asker): Promise<readonly Block[]> {
  const saved = await listSavedQuestions(deps.store.db, asker.personId);
  if (saved.length === 0) return [];
  const blocks: Block[] = [{ kind: 'headline', text: 'Your board', tone: 'neutral' }];
  for (const one of saved) blocks.push(...(await tileOf(deps, asker, one)));
  return blocks;
}

async function tileOf(deps: AnswerDeps, asker: Asker, saved: SavedQuestion): Promise<readonly Block[]> {
  const title = { kind: 'strong' as const, text: saved.name };
  const plan = queryPlanSchema.safeParse(saved.plan);
  if (!plan.success)
    return [{ kind: 'paragraph', content: [title, ': made by an older version; ask and save it again.'] }];
  const result = await runQuery(queryContext(deps, asker), plan.data);
  if (!result.ok)
    return [
      { kind: 'paragraph', content: [title, `: ${result.issues.map(({ message }) => message).join(' ')}`] },
    ];
  const view = answerViewOf(filterCatalogue(deps.catalogue, asker.role), result.value, {
    question: saved.question,
    plan: plan.data,
    planner: 'your board',
    notes: [],
    answerId: saved.id,
    zone: asker.zone,
  });
  const headline: Block = { kind: 'paragraph', content: [title, `\n${buildHeadline(view).text}`] };
  const isFigure = view.rows.length < 2 && view.columns.every(({ role }) => role !== 'dimension');
  if (isFigure || view.rows.length === 0) return [headline];
  const table = answerTable(view);
  const more = table.rows.length - shownRows + (table.omittedRows ?? 0);
  return [
    headline,
    {
      ...table,
      caption: '',
      rows: table.rows.slice(0, shownRows),
      ...(more > 0 ? { omittedRows: more } : {}),
    },
  ];
}
