import { portfolioReference } from '../analysis/health/contributions.ts';
import type { HealthScore } from '../analysis/health/health-score.ts';
import { localDay } from '../analysis/wording.ts';
import type { Finding } from '../domain/finding.ts';
import { listChangedAccounts } from '../store/analysis-churn.ts';
import { listHealthAccountIds, listScoredOn, saveHealthScores } from '../store/analysis-health.ts';
import { refreshFindings } from '../store/finding-refresh.ts';
import { replaceFindings } from '../store/finding-store.ts';
import {
  findHealth,
  listHealthFeedDays,
  loadReference,
  type ScoredHealth,
  scoreHealth,
} from './analysis-health-look.ts';
import type { AnalysisStep, StepContext, StepResult } from './analysis-step.ts';

/**
 * Health of every account today, by every profile. Accounts without any past score get one for each of the last 29
 * days as well; later runs add one row a day. Between two runs of a day only accounts are scored again of which
 * something was stored.
 */
export const healthStep: AnalysisStep = { name: 'account-health', run: runHealthStep };

/** Accounts that are read at once: about 70 days of usage each. */
const PAGE = 500;

async function runHealthStep(context: StepContext): Promise<StepResult> {
  const { store } = context;
  const { ids, isPartial } = await chooseAccounts(context);
  const scored = await scorePages(context, ids);
  const reference = isPartial
    ? await loadReference(store.db, context, scored.active)
    : portfolioReference(scored.active);
  const findings: Finding[] = [];
  for (const page of pagesOf(scored.accounts)) {
    const some = new Set(page.map(({ id }) => id));
    const active = scored.active.filter(({ accountId }) => some.has(accountId));
    const given = { accounts: page, active, scoresBefore: [] };
    findings.push(...(await findHealth(store.db, context, given, reference)));
  }
  await context.write(async (trx) => {
    if (isPartial) await refreshFindings(trx, 'account-health', findings, ids, context.run);
    else await replaceFindings(trx, 'account-health', findings, context.run);
  });
  const unscored = scored.active.filter(({ score }) => score === null).length;
  return {
    rowsRead: scored.rowsRead,
    rowsWritten: scored.rowsWritten + findings.length,
    findings: findings.length,
    notes:
      unscored > 0
        ? [`health: ${unscored} of ${scored.active.length} accounts have too little data for a score`]
        : [],
  };
}

/** Everybody, or between two runs of a day those of which something was stored and those that have no score yet. */
async function chooseAccounts({
  store,
  asOf,
  zone,
  health,
  changedSince,
}: StepContext): Promise<{ readonly ids: readonly string[]; readonly isPartial: boolean }> {
  const today = localDay(asOf, zone);
  const all = await listHealthAccountIds(store.db, today);
  if (changedSince === null) return { ids: all, isPartial: false };
  const scored = await listScoredOn(store.db, health.activeProfile.id, today);
  const missing = all.filter((id) => !scored.has(id));
  // On a new day everything moves on.
  if (missing.length > all.length / 2) return { ids: all, isPartial: false };
  const changed = await listChangedAccounts(store.db, changedSince);
  return { ids: [...new Set([...changed, ...missing])].sort(), isPartial: true };
}

interface Scored extends Pick<ScoredHealth, 'accounts' | 'active' | 'rowsRead'> {
  readonly rowsWritten: number;
}

/** Scores and stores page by page; what is kept is today's score of each account. */
async function scorePages(context: StepContext, ids: readonly string[]): Promise<Scored> {
  const { store, asOf } = context;
  const feedDays = await listHealthFeedDays(store.db, context);
  const accounts: ScoredHealth['accounts'][number][] = [];
  const active: HealthScore[] = [];
  let [rowsRead, rowsWritten] = [0, 0];
  for (const page of pagesOf(ids)) {
    const scored = await scoreHealth(store.db, context, page, feedDays);
    const scores = [...scored.scoresBefore, ...scored.scoresToday];
    await context.write((trx) => saveHealthScores(trx, scores, asOf));
    accounts.push(...scored.accounts);
    active.push(...scored.active);
    rowsRead += scored.rowsRead;
    rowsWritten += scores.length;
    context.say(`${accounts.length} of ${ids.length} accounts`);
  }
  return { accounts, active, rowsRead, rowsWritten };
}

function pagesOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / PAGE) }, (_, page) =>
    items.slice(page * PAGE, (page + 1) * PAGE),
  );
}
