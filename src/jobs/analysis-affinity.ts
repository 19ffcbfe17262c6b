import { findProductPairs, leastPairBaskets } from '../analysis/affinity/product-pairs.ts';
import {
  countBaskets,
  hasSalesChangedSince,
  replaceCrossSell,
  replaceProductPairs,
} from '../store/analysis-affinity.ts';
import type { AnalysisStep } from './analysis-step.ts';

/** Sales of two years: what was sold together long ago may be withdrawn by now. */
const WINDOW_DAYS = 730;
const SUGGESTIONS_PER_ACCOUNT = 3;

/** Products that are bought together, and what that suggests to each customer. Nothing to do while no sale is new. */
export const affinityStep: AnalysisStep = {
  name: 'product-affinity',
  async run(context) {
    const { store, asOf, zone, changedSince } = context;
    if (changedSince !== null && !(await hasSalesChangedSince(store.db, changedSince)))
      return { rowsRead: 0, rowsWritten: 0, findings: 0, notes: [] };
    const since = new Date(asOf.getTime() - WINDOW_DAYS * 86_400_000);
    const counts = await countBaskets(store.db, { since, asOf, zone }, leastPairBaskets);
    const pairs = findProductPairs(counts);
    const suggestions = await context.write(async (trx) => {
      await replaceProductPairs(trx, pairs, { since, asOf });
      return replaceCrossSell(trx, { since, asOf, atMost: SUGGESTIONS_PER_ACCOUNT });
    });
    const tooFew =
      counts.allBaskets > 0 && pairs.length === 0
        ? [`products: no two are in ${leastPairBaskets(counts.allBaskets)} baskets together yet`]
        : [];
    return {
      rowsRead: counts.allBaskets,
      rowsWritten: pairs.length + suggestions,
      findings: 0,
      notes: tooFew,
    };
  },
};
