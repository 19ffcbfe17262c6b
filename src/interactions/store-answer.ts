import { audit } from '../access/audit.ts';
import { cleanText, toJson } from '../store/json.ts';
import type { AnswerDeps, QuestionRequest, StoredAnswer } from './answer-deps.ts';
import { digestResult } from './answers/result-digest.ts';
import { restrictedMetrics } from './audience-of.ts';

/** Keeps an answer with all that is needed to run it again, and its audit line, in one transaction. */
export async function storeAnswer(
  deps: AnswerDeps,
  request: QuestionRequest,
  answer: StoredAnswer,
): Promise<void> {
  const { provenance } = answer;
  const result = provenance === null ? null : digestResult(answer.id, answer);
  const at = deps.clock.now();
  const restricted = restrictedMetrics(deps.catalogue, answer.plan);
  await deps.store.transaction(async (trx) => {
    await trx
      .insertInto('answer')
      .values({
        id: answer.id,
        asked_at: at,
        person_id: request.asker.personId,
        platform: request.surface.platform,
        conversation: request.surface.conversation,
        thread_id: request.surface.threadId,
        question: cleanText(request.question),
        outcome: answer.outcome,
        planner: answer.planner,
        plan: answer.plan === null ? null : toJson(answer.plan),
        sql_text: provenance?.sql ?? null,
        sql_parameters: provenance === null ? null : toJson(provenance.parameters),
        provenance: provenance === null ? null : toJson(provenance),
        row_count: provenance === null ? null : answer.rows.length,
        reason: answer.reason,
        latency_ms: answer.latencyMs,
        data_version: answer.dataVersion,
        prompt_version: answer.promptVersion,
        parent_id: answer.parentId,
        result: result === null ? null : toJson(result),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    await audit(trx, {
      actorId: request.asker.personId,
      action: 'answer',
      subject: answer.id,
      at,
      detail: {
        outcome: answer.outcome,
        planner: answer.planner,
        scope: provenance?.scope ?? null,
        rows: answer.rows.length,
        platform: request.surface.platform,
        requestId: request.requestId,
        ...(restricted.length > 0 && { restricted }),
      },
    });
  });
}
