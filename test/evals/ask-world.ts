import type { Asker } from '../../src/access/asker.ts';
import { answerDeps } from '../../src/app/answer.ts';
import type { Heed } from '../../src/app/open-heed.ts';
import { dimensionsOf } from '../../src/catalogue/lookup.ts';
import type { AnswerDeps, StoredAnswer } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import type { AnswerColumn } from '../../src/query/answer-data.ts';
import type { QueryPlan } from '../../src/query/metric-query.ts';
import { runQuery } from '../../src/query/run-query.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import type { UnitColumn } from './same-number.ts';
import type { AnswerTable } from './same-rows.ts';

/** Somebody who asks at a moment; questions with one `thread` follow up on each other. */
export interface Conversation {
  readonly asker: Asker;
  readonly now: Date;
  readonly fiscalStartMonth: number | undefined;
  readonly thread: string;
}

/** Asks on the path that every platform takes, from the words to the stored answer. */
export async function askWorld(
  heed: Heed,
  { thread, ...conversation }: Conversation,
  question: string,
): Promise<StoredAnswer> {
  const surface = { platform: 'cli', conversation: 'evaluation', threadId: thread };
  const request = { asker: conversation.asker, question, surface, requestId: thread };
  return (await answerQuestion(depsAt(heed, conversation), request)).answer;
}

export function depsAt(
  heed: Heed,
  { now, fiscalStartMonth }: Pick<Conversation, 'now' | 'fiscalStartMonth'>,
): AnswerDeps {
  const deps = { ...answerDeps(heed), clock: fixedClock(now) };
  return fiscalStartMonth === undefined ? deps : { ...deps, fiscalStartMonth };
}

const enough = 5000;

/**
 * The rows of an answer as they are compared: a list with every column of its records, so that one is recognised by
 * its number as well as by its name, and an answer that was cut at the usual length as a whole. What is looked at is
 * always what the answer's own plan gives.
 *
 * @param options `mayBeLonger`: the asker named no number at which to stop; `isStrict`: only what was shown counts
 */
export async function comparedTable(
  heed: Heed,
  conversation: Conversation,
  answer: StoredAnswer,
  { mayBeLonger, isStrict }: { readonly mayBeLonger: boolean; readonly isStrict: boolean },
): Promise<AnswerTable> {
  const shown = { columns: withUnits(heed, answer.columns), rows: answer.rows };
  const plan = answer.plan;
  if (plan?.kind !== 'metric' && plan?.kind !== 'list') return shown;
  const isCut = mayBeLonger && answer.rows.length >= plan.limit;
  const isWidened = plan.kind === 'list' && !isStrict;
  if (!isWidened && !isCut) return shown;
  const limit = isCut ? enough : plan.limit;
  const whole: QueryPlan = isWidened
    ? { ...plan, limit, columns: recordColumns(heed, answer, plan.entity) }
    : { ...plan, limit };
  const { asker } = conversation;
  const { store, catalogue, clock, fiscalStartMonth } = depsAt(heed, conversation);
  const fiscal = fiscalStartMonth === undefined ? {} : { fiscalStartMonth };
  const result = await runQuery({ store, catalogue, asker, clock, zone: asker.zone, ...fiscal }, whole);
  return result.ok ? { columns: withUnits(heed, result.value.columns), rows: result.value.rows } : shown;
}

/** What was shown, and whatever else is a record's own. */
function recordColumns({ catalogue }: Heed, { columns }: StoredAnswer, entityId: string): string[] {
  const own = dimensionsOf(catalogue, entityId).filter(
    ({ entity, path, also }) =>
      (entity === entityId && !path.includes('.')) ||
      also?.some((one) => one.entity === entityId && !one.path.includes('.')),
  );
  return [...new Set([...columns.map(({ id }) => id), ...own.map(({ id }) => id)])];
}

function withUnits({ catalogue }: Heed, columns: readonly AnswerColumn[]): readonly UnitColumn[] {
  return columns.map((column) => ({
    ...column,
    unit: catalogue.metrics.get(column.id.replace(/__\w+$/, ''))?.unit ?? null,
  }));
}
