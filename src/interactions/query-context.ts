import type { Asker } from '../access/asker.ts';
import type { QueryContext } from '../query/run-query.ts';
import type { AnswerDeps } from './answer-deps.ts';

/** Who asks, of what, when: the same for every plan of a question. */
export function queryContext(
  deps: Pick<AnswerDeps, 'store' | 'catalogue' | 'clock' | 'fiscalStartMonth' | 'cache' | 'costGate'>,
  asker: Asker,
): QueryContext {
  return {
    store: deps.store,
    catalogue: deps.catalogue,
    asker,
    clock: deps.clock,
    zone: asker.zone,
    ...(deps.cache !== undefined && { cache: deps.cache }),
    ...(deps.costGate !== undefined && { costGate: deps.costGate }),
    ...(deps.fiscalStartMonth !== undefined && { fiscalStartMonth: deps.fiscalStartMonth }),
  };
}
