import type { Asker } from '../../access/asker.ts';
import { audit } from '../../access/audit.ts';
import { buildAnswerReport } from '../../messages/answer-report.ts';
import type { Message } from '../../messages/message.ts';
import { type KeptAnswer, readAnswer } from '../../store/answer-store.ts';
import type { AnswerDeps } from '../answer-deps.ts';
import { maySeeAnswer, unknownAnswer } from './find-answer.ts';
import { provenanceOf } from './kept-provenance.ts';

/** How an answer was computed; null where there is none that the asker may see. */
export async function readOwnAnswer(
  deps: Pick<AnswerDeps, 'store' | 'clock'>,
  asker: Asker,
  id: string,
): Promise<KeptAnswer | null> {
  const kept = await readAnswer(deps.store.db, id);
  if (kept === null || !maySeeAnswer(asker, kept)) return null;
  // Looking at the answers of others is an act that others may want to know of.
  if (kept.personId !== asker.personId)
    await deps.store.transaction((trx) =>
      audit(trx, {
        at: deps.clock.now(),
        actorId: asker.personId,
        action: 'answer-seen',
        subject: kept.id,
        detail: { askedBy: kept.personId },
      }),
    );
  return kept;
}

/** `/heed answer <id>`: plan, statement with its values apart, data version, provenance, who asked. */
export async function showAnswer(
  deps: Pick<AnswerDeps, 'store' | 'clock'>,
  asker: Asker,
  id: string,
): Promise<Message> {
  const kept = await readOwnAnswer(deps, asker, id);
  if (kept === null) return unknownAnswer;
  const provenance = provenanceOf(kept);
  return buildAnswerReport({
    id: kept.id,
    question: kept.question,
    outcome: kept.outcome,
    askedAt: kept.askedAt,
    askedBy: kept.personName ?? (kept.personId === null ? 'somebody erased since' : 'the terminal'),
    zone: asker.zone,
    planner: kept.planner ?? 'nobody',
    promptVersion: kept.promptVersion,
    plan: kept.plan,
    sql: kept.sql,
    parameters: Array.isArray(kept.parameters) ? kept.parameters : [],
    dataVersion: kept.dataVersion,
    freshness: provenance?.freshness ?? [],
    range: provenance?.time?.words ?? null,
    filters: provenance?.filters ?? [],
    scope: provenance?.scope ?? null,
    catalogueVersion: provenance?.catalogueVersion ?? null,
    rowsRead: provenance?.rowsRead ?? null,
    rowCount: kept.rowCount,
    latencyMs: kept.latencyMs,
    reason: kept.reason,
    canRunAgain: provenance !== null,
  });
}
