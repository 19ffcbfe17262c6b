import type { Catalogue } from '../../catalogue/catalogue.ts';
import { entityById } from '../../catalogue/paths.ts';
import type { SummaryView } from '../../messages/summary-message.ts';
import { plainWords } from '../../planner/bedrock/plain-words.ts';
import type { SummaryRecord } from '../../planner/summariser.ts';
import type { AnswerData } from '../../query/answer-data.ts';
import type { SummaryPlan } from '../../query/metric-query.ts';
import {
  listNamesNear,
  listRecordTexts,
  type RecordText,
  type TextEntity,
  textEntities,
} from '../../store/record-texts.ts';
import type { AnswerDeps, QuestionRequest } from '../answer-deps.ts';
import { type PlanResult, runPlan } from '../run-plan.ts';
import { type CheckedPoints, checkPoints, type DropReason } from './check-points.ts';
import { createTextMask } from './mask-records.ts';

/** Records that are read for one summary. */
export const mostRecords = 20;
const mostQuotes = 8;
const longestQuote = 220;

export type SummaryResult =
  | {
      readonly kind: 'summary';
      readonly data: AnswerData;
      /** All but who understood the question. */
      readonly view: Omit<SummaryView, 'planner' | 'freshness'>;
    }
  | {
      readonly kind: 'ask';
      readonly question: string;
      readonly options: readonly { readonly label: string; readonly plan: SummaryPlan }[];
    }
  | Extract<PlanResult, { readonly kind: 'refuse' }>;

/**
 * Answers from texts: finds at most 20 records under the asker's scope through the list lane, reads what was written
 * in them, and has it summarised by a model that can do nothing else; without one, or when it fails, the newest lines
 * are quoted. What comes out is shown and goes nowhere else: not to the planner, not into the stored plan.
 */
export async function answerSummary(
  deps: AnswerDeps,
  catalogue: Catalogue,
  request: QuestionRequest,
  plan: SummaryPlan,
  signal: AbortSignal,
): Promise<SummaryResult> {
  const { asker } = request;
  const kind = textEntities.find((entity) => entity === plan.list.entity);
  if (kind === undefined) return refuseEntity(catalogue, plan);
  const list = { ...plan.list, limit: Math.min(plan.list.limit, mostRecords) };
  const found = await runPlan(deps, catalogue, asker, list, { withRowIds: true });
  if (found.kind === 'refuse') return found;
  if (found.kind === 'ask') {
    const options = found.options.flatMap((option) =>
      option.plan.kind === 'list' ? [{ label: option.label, plan: { ...plan, list: option.plan } }] : [],
    );
    return { kind: 'ask', question: found.question, options };
  }
  const texts = await readTexts(deps, kind, found.data);
  const summed = await summarise(deps, request, plan, texts, signal);
  const { provenance } = found.data;
  const view = {
    ...summed,
    noun: entityById(catalogue, kind)?.label ?? { one: 'record', many: 'records' },
    recordsRead: texts.length,
    truncated: found.data.truncated,
    filters: provenance.filters,
    rangeWords: provenance.time?.words ?? null,
    scope: provenance.scope,
    notes: [...found.notes, ...summed.notes],
  };
  return { kind: 'summary', data: found.data, view };
}

function refuseEntity(catalogue: Catalogue, { list }: SummaryPlan): SummaryResult {
  const label = entityById(catalogue, list.entity)?.label.many ?? list.entity;
  const detail = `texts are read of tickets and customer escalations, not of ${label}`;
  return { kind: 'refuse', refusal: { reason: 'needs_text', detail, nearestMetrics: [] } };
}

/** By ids alone: whoever may see a row may read what was written in it. */
function readTexts(
  deps: AnswerDeps,
  kind: TextEntity,
  { rowIds = [] }: AnswerData,
): Promise<readonly RecordText[]> {
  return deps.store.readOnly(textLimitMs, (trx) => listRecordTexts(trx, kind, rowIds));
}

const textLimitMs = 3000;

type Summed = Pick<SummaryView, 'shape' | 'points' | 'summariser' | 'notes'>;

async function summarise(
  deps: AnswerDeps,
  request: QuestionRequest,
  plan: SummaryPlan,
  texts: readonly RecordText[],
  signal: AbortSignal,
): Promise<Summed> {
  const { summariser } = deps;
  if (texts.length === 0) return { shape: 'quotes', points: [], summariser: null, notes: [] };
  if (summariser === undefined) {
    return quoted(texts, 'No model is configured, so these are the newest lines themselves and no summary.');
  }
  const accountIds = [...new Set(texts.flatMap(({ accountId }) => accountId ?? []))];
  const names = await deps.store.readOnly(textLimitMs, (trx) => listNamesNear(trx, accountIds));
  const mask = createTextMask(names);
  const records = texts.map((text, index) => recordOf(mask.record(text), index));
  const reply = await summariser.summarise({
    question: mask.text(plan.question),
    records,
    zone: request.asker.zone,
    personId: request.asker.personId,
    requestId: request.requestId,
    signal,
  });
  if (reply.kind === 'failed') {
    return quoted(
      texts,
      `The model could not be asked (${reply.why}), so these are the newest lines themselves.`,
    );
  }
  const checked = checkPoints(reply.points, records);
  if (checked.points.length === 0 && checked.dropped.length > 0) {
    return quoted(texts, `${droppedNote(checked)} So these are the newest lines themselves.`);
  }
  const numbers = new Map(records.map(({ handle }, index) => [handle, numberOf(texts[index], index)]));
  return {
    shape: 'points',
    points: checked.points.map(({ text, handles }) => ({
      text,
      sources: handles.map((handle) => numbers.get(handle) ?? handle),
    })),
    summariser: `${summariser.name}, prompt ${reply.promptVersion}`,
    notes: checked.dropped.length > 0 ? [droppedNote(checked)] : [],
  };
}

function recordOf(text: RecordText, index: number): SummaryRecord {
  return {
    handle: `r${index + 1}`,
    title: text.title,
    openedOn: text.openedAt.toISOString().slice(0, 10),
    status: text.status,
    lines: text.lines.map(({ label, text: words }) => ({ label, text: words })),
  };
}

const reasonWords: Readonly<Record<DropReason, string>> = {
  'no-record': 'no record for it was named',
  number: 'a number in it is in none of its records',
  address: 'it held an address',
  empty: 'it said nothing',
};

function droppedNote({ dropped }: CheckedPoints): string {
  const reasons = [...new Set(dropped)].map((reason) => reasonWords[reason]).join('; ');
  return dropped.length === 1
    ? `One point of the model was left out: ${reasons}.`
    : `${dropped.length} points of the model were left out: ${reasons}.`;
}

/** The newest line of each record; who asks may read it in the source, so nothing is masked. */
function quoted(texts: readonly RecordText[], note: string): Summed {
  const points = texts.slice(0, mostQuotes).map((text, index) => {
    const line = text.lines[0]?.text ?? '';
    const title = text.title.trim();
    const words = line === '' || line.startsWith(title) ? line || title : `${title}: ${line}`;
    return { text: plainWords(words, longestQuote), sources: [numberOf(text, index)] };
  });
  const left = texts.length - points.length;
  const notes = left > 0 ? [note, `${left} more were read and are not quoted.`] : [note];
  return { shape: 'quotes', points: points.filter(({ text }) => text !== ''), summariser: null, notes };
}

/** `#1043`, `CE-1043`; a record without a number is named by its place. */
function numberOf(text: RecordText | undefined, index: number): string {
  const number = plainWords(text?.number ?? '', 40);
  if (number === '') return `record ${index + 1}`;
  return /^\d+$/.test(number) ? `#${number}` : number;
}
