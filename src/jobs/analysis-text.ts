import { buildQuestionFindings } from '../analysis/text/questions/question-findings.ts';
import {
  findRepeatedQuestions,
  type RepeatedQuestion,
} from '../analysis/text/questions/repeated-questions.ts';
import { type TextReading, textReader, toneOfSurvey } from '../analysis/text/read-text.ts';
import { replaceFindings } from '../store/finding-store.ts';
import {
  listAskedTickets,
  listChangedTexts,
  listTextRecords,
  type TextKind,
  type TextPage,
  type TextRow,
} from '../store/text-records.ts';
import {
  deleteOrphanedTextScores,
  deleteTextScores,
  replaceFaqCandidates,
  saveTextScores,
  type TextScoreRow,
} from '../store/text-store.ts';
import { stableId } from '../toolkit/ids.ts';
import type { AnalysisStep, StepContext, StepResult } from './analysis-step.ts';
import { currentTextModels } from './text-models.ts';

const PAGE = 2_000;
/** When more records than this have changed, everything is looked at. */
const CHANGED_AT_MOST = 100_000;
/** Of the tickets in the window of repeated questions the newest so many are compared. */
const ASKED_AT_MOST = 20_000;
const kinds: readonly TextKind[] = ['ticket', 'customer_escalation', 'survey_response'];

/** Tone and topic of tickets, customer escalations and survey comments, and questions that are asked again and again. */
export const textStep: AnalysisStep = { name: 'text', run: runTextStep };

async function runTextStep(context: StepContext): Promise<StepResult> {
  const models = await currentTextModels(context);
  const read = textReader(models.readers);
  const since = models.isChanged ? null : context.changedSince;
  const rows = { read: 0, written: 0, unread: 0 };
  let hasNewTickets = since === null;
  for (const kind of kinds) {
    const changed =
      since === null ? null : await listChangedTexts(context.store.db, kind, since, CHANGED_AT_MOST);
    if (kind === 'ticket' && (changed === null || changed.length > 0)) hasNewTickets = true;
    for await (const page of pagesOf(context, kind, changed)) {
      const gone = page.filter(({ isDeleted }) => isDeleted).map(({ id }) => id);
      const scores = page
        .filter(({ isDeleted }) => !isDeleted)
        .map((row) => toScore(kind, row, read(recordOf(row)), context.asOf));
      await context.write(async (trx) => {
        await saveTextScores(trx, scores);
        await deleteTextScores(trx, gone);
      });
      rows.read += page.length;
      rows.written += scores.length;
      rows.unread += scores.filter(({ tone }) => tone === 'not scored').length;
      context.say(`${rows.written} texts`);
    }
    if (changed === null) await context.write((trx) => deleteOrphanedTextScores(trx, kind));
  }
  const questions = hasNewTickets ? await refreshQuestions(context) : null;
  return {
    rowsRead: rows.read + (questions?.read ?? 0),
    rowsWritten: rows.written + (questions?.written ?? 0),
    findings: questions?.findings ?? 0,
    notes: [
      ...models.notes,
      ...(rows.unread > 0
        ? [`text: ${rows.unread} of ${rows.written} texts are not scored: too short, or not English`]
        : []),
      ...(questions?.notes ?? []),
    ],
  };
}

async function* pagesOf(
  { store }: StepContext,
  kind: TextKind,
  changed: readonly string[] | null,
): AsyncGenerator<readonly TextRow[]> {
  if (changed !== null) {
    for (let from = 0; from < changed.length; from += PAGE)
      yield await listTextRecords(store.db, kind, { kind: 'ids', ids: changed.slice(from, from + PAGE) });
    return;
  }
  let id: string | null = null;
  for (;;) {
    const part: TextPage = { kind: 'after', id, limit: PAGE };
    const page: readonly TextRow[] = await listTextRecords(store.db, kind, part);
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    id = page.at(-1)!.id;
  }
}

function recordOf({ text, category, givenTone, surveyKind, surveyScore }: TextRow) {
  const hasSurvey = surveyKind !== null && surveyScore !== null;
  return {
    text,
    category,
    givenTone,
    surveyTone: hasSurvey ? toneOfSurvey(surveyKind, surveyScore) : null,
  };
}

function toScore(kind: TextKind, row: TextRow, reading: TextReading, computedAt: Date): TextScoreRow {
  const [topic, second, third] = reading.topics;
  return {
    id: row.id,
    kind,
    ticket_id: row.ticketId,
    account_id: row.accountId,
    owner_id: row.ownerId,
    team_id: row.teamId,
    said_at: row.saidAt,
    sentiment: reading.sentiment,
    tone: reading.tone,
    sentiment_source: reading.sentimentSource,
    sentiment_version: reading.sentimentVersion,
    topic: topic ?? null,
    second_topic: second ?? null,
    third_topic: third ?? null,
    topic_source: reading.topicSource,
    topic_version: reading.topicVersion,
    is_topic_sure: reading.isTopicSure,
    computed_at: computedAt,
  };
}

async function refreshQuestions(context: StepContext) {
  const { store, asOf, settings, run } = context;
  const { questions: wanted } = settings.text;
  context.say('repeated questions');
  const from = new Date(asOf.getTime() - wanted.days * 86_400_000);
  const tickets = await listAskedTickets(store.db, from, asOf, ASKED_AT_MOST);
  const found = findRepeatedQuestions(tickets, wanted);
  const topics = await loadTopics(store, found);
  const rows = found.map((one) => toFaqRow(one, topics.get(one.typical.id) ?? null, asOf));
  const findings = buildQuestionFindings(found, { topics, days: wanted.days, now: asOf });
  await context.write(async (trx) => {
    await replaceFaqCandidates(trx, rows);
    await replaceFindings(trx, 'faq-candidate', findings, run);
  });
  const notes =
    tickets.length === ASKED_AT_MOST
      ? [
          `text: only the newest ${ASKED_AT_MOST} tickets of ${wanted.days} days are compared for repeated questions`,
        ]
      : [];
  return {
    read: tickets.length,
    written: rows.length + findings.length,
    findings: findings.length,
    notes,
  };
}

async function loadTopics(
  { db }: StepContext['store'],
  questions: readonly RepeatedQuestion[],
): Promise<ReadonlyMap<string, string | null>> {
  if (questions.length === 0) return new Map();
  const rows = await db
    .selectFrom('text_score')
    .select(['id', 'topic'])
    .where(
      'id',
      'in',
      questions.map(({ typical }) => typical.id),
    )
    .execute();
  return new Map(rows.map(({ id, topic }) => [id, topic]));
}

function toFaqRow(question: RepeatedQuestion, topic: string | null, computedAt: Date) {
  const { typical, tickets, newestAnswered } = question;
  return {
    id: stableId('faq', tickets.at(-1)!.id),
    ticket_id: typical.id,
    question: typical.subject,
    topic,
    tickets: tickets.length,
    accounts: question.accounts,
    answered: question.answered,
    first_asked_at: tickets.at(-1)!.openedAt,
    last_asked_at: tickets[0]!.openedAt,
    examples: tickets.slice(0, 5).map(({ id, number, subject }) => ({ id, number, subject })),
    answered_ticket_id: newestAnswered?.id ?? null,
    computed_at: computedAt,
  };
}
