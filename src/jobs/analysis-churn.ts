import { z } from 'zod';
import { ece10, populationStability } from '../analysis/churn/calibration.ts';
import {
  buildChurnFinding,
  driversOf,
  type PastChurn,
  scoreOfMonthAgo,
} from '../analysis/churn/churn-findings.ts';
import { type ChurnModel, churnModelSchema, writeState } from '../analysis/churn/churn-model.ts';
import { type ChurnScore, type ChurnView, scoreChurn, viewAccount } from '../analysis/churn/score-account.ts';
import { groupBy } from '../analysis/group-by.ts';
import type { HealthMoment } from '../analysis/health/account-signals.ts';
import { addDays, localDay } from '../analysis/wording.ts';
import type { Finding } from '../domain/finding.ts';
import {
  findChurnModel,
  listChangedAccounts,
  listFeedDays,
  replaceChurnedCustomers,
  replaceChurnMonths,
  saveChurnModel,
} from '../store/analysis-churn.ts';
import {
  type ChurnScoreRow,
  deleteChurnScores,
  findScoredDay,
  listPastChurn,
  listProbabilities,
  saveChurnScores,
} from '../store/churn-scores.ts';
import { type CustomerSpan, listCustomerSpans } from '../store/customer-spans.ts';
import { refreshFindings } from '../store/finding-refresh.ts';
import { replaceFindings } from '../store/finding-store.ts';
import { newId } from '../toolkit/ids.ts';
import { buildChurnMonths } from './analysis-churn-months.ts';
import { beginningOf, loadChurnSignals, pageSize, pagesOf, usageDays } from './analysis-churn-signals.ts';
import { isCustomerOn, monthsUntil, trainChurn } from './analysis-churn-training.ts';
import type { AnalysisStep, StepContext, StepResult } from './analysis-step.ts';

/**
 * Who may leave: one score per customer and day by the model in use, which is fitted anew once a month. Between two runs
 * of a day only customers are scored again of whom something was stored.
 */
export const churnStep: AnalysisStep = { name: 'churn', run: runChurnStep };

const PAST_MONTHS = 6;

async function runChurnStep(context: StepContext): Promise<StepResult> {
  const { store, asOf, zone } = context;
  const today = localDay(asOf, zone);
  const everybody = await listCustomerSpans(store.db, today);
  const customers = everybody.filter((one) => isCustomerOn(one, today));
  const kept = await loadModel(context, today, everybody);
  const scoredDay = await findScoredDay(store.db);
  const tally = { rowsRead: everybody.length, rowsWritten: 0, notes: [] as string[] };
  const isPartial = kept !== null && context.changedSince !== null && scoredDay === today;
  const looked = isPartial ? await changedCustomers(context, customers) : customers;
  const seen = await viewCustomers(context, looked, today, { withPast: scoredDay === null });
  tally.rowsRead += seen.rowsRead;
  const model = kept ?? (await trainAndSave(context, everybody, { day: today, views: seen.today }, tally));
  const scored = scoreViews(seen, model, context);
  const findings = await saveScores(context, { looked, scored, model, isPartial, today, everybody });
  tally.rowsWritten += scored.today.length + scored.past.length + findings;
  tally.notes.push(...(await noteDrift(context, model, seen.today, everybody, today)));
  const unscored = seen.today.length - scored.today.length;
  if (unscored > 0) tally.notes.push(`churn: ${unscored} customers have too little data for a score`);
  return { ...tally, findings };
}

interface KeptModel {
  readonly id: string;
  readonly model: ChurnModel;
}

/** The model in use, unless it is of another month, of other settings, or of less history than there is now. */
async function loadModel(
  { store, settings, changedSince }: StepContext,
  today: string,
  everybody: readonly CustomerSpan[],
): Promise<KeptModel | null> {
  if (changedSince === null) return null;
  const row = await findChurnModel(store.db);
  const parsed = churnModelSchema.safeParse(row?.model);
  if (row === null || !parsed.success || row.settingsVersion !== settings.version) return null;
  const { month, basis } = parsed.data;
  const hasOlderUsage = everybody.some(
    ({ firstUsageDay }) => firstUsageDay !== null && firstUsageDay < (basis.firstUsageDay ?? '9999'),
  );
  return month === today.slice(0, 7) && !hasOlderUsage ? { id: row.id, model: parsed.data } : null;
}

async function trainAndSave(
  context: StepContext,
  everybody: readonly CustomerSpan[],
  today: { readonly day: string; readonly views: readonly ChurnView[] },
  tally: { rowsRead: number; rowsWritten: number; readonly notes: string[] },
): Promise<KeptModel> {
  const before = await findChurnModel(context.store.db);
  const known = churnModelSchema.safeParse(before?.model);
  const basis = known.success ? known.data.basis.firstUsageDay : null;
  const isAfresh =
    before?.settingsVersion !== context.settings.version ||
    !known.success ||
    everybody.some(({ firstUsageDay }) => firstUsageDay !== null && firstUsageDay < (basis ?? '9999'));
  const trained = await trainChurn(context, everybody, today, isAfresh);
  const { model } = trained;
  const id = newId(context.asOf.getTime());
  await context.write((trx) =>
    saveChurnModel(trx, {
      id,
      createdAt: context.asOf,
      settingsVersion: context.settings.version,
      model,
      stage: model.stage,
      state: writeState(model),
      events: model.events,
      rows: model.rows,
    }),
  );
  tally.rowsRead += trained.rowsRead;
  tally.rowsWritten += trained.rowsWritten + 1;
  tally.notes.push(`churn: ${writeState(model)}; ${model.reason}`, ...trained.notes);
  return { id, model };
}

async function changedCustomers(
  { store, changedSince }: StepContext,
  customers: readonly CustomerSpan[],
): Promise<readonly CustomerSpan[]> {
  if (changedSince === null) return customers;
  const changed = new Set(await listChangedAccounts(store.db, changedSince));
  return customers.filter(({ id }) => changed.has(id));
}

interface SeenCustomers {
  readonly today: readonly ChurnView[];
  /** Of first days of months, and of 30 days ago. */
  readonly past: readonly ChurnView[];
  readonly rowsRead: number;
}

/** Looks at customers as they are now; a first run also at what was known of them before, so that charts have a past. */
async function viewCustomers(
  context: StepContext,
  customers: readonly CustomerSpan[],
  today: string,
  { withPast }: { readonly withPast: boolean },
): Promise<SeenCustomers> {
  const { store, zone, asOf, health, settings } = context;
  const pastDays = withPast
    ? [...new Set([...monthsUntil(today, PAST_MONTHS), addDays(today, -30)])]
        .filter((day) => day < today)
        .sort()
    : [];
  const firstDay = pastDays[0] ?? today;
  const feedDays = await listFeedDays(store.db, addDays(firstDay, -usageDays));
  const moments = pastDays.map((day) => beginningOf(day, zone, feedDays));
  const now: HealthMoment = { ...beginningOf(today, zone, feedDays), until: asOf };
  const both = { health, churn: settings.churn };
  const views: { today: ChurnView[]; past: ChurnView[] } = { today: [], past: [] };
  let rowsRead = 0;
  for (const page of pagesOf(customers, pageSize(withPast ? 190 : 0))) {
    const loaded = await loadChurnSignals(store.db, page, firstDay);
    rowsRead += loaded.rowsRead;
    for (const [place, signals] of loaded.signals.entries()) {
      views.today.push(viewAccount(signals, now, true, both));
      const there = moments.filter(({ day }) => isCustomerOn(page[place]!, day));
      views.past.push(...there.map((moment) => viewAccount(signals, moment, false, both)));
    }
    context.say(`${views.today.length} of ${customers.length} customers`);
  }
  return { ...views, rowsRead };
}

interface ScoredCustomers {
  readonly today: readonly ChurnScore[];
  readonly past: readonly ChurnScore[];
  readonly tenure: ReadonlyMap<string, number | null>;
  readonly modelId: string;
}

function scoreViews(
  seen: SeenCustomers,
  { id, model }: KeptModel,
  { settings }: StepContext,
): ScoredCustomers {
  const score = (view: ChurnView) => scoreChurn(view, model, settings.churn) ?? [];
  return {
    today: seen.today.flatMap(score),
    past: seen.past.flatMap(score),
    tenure: new Map(seen.today.map(({ accountId, contract }) => [accountId, contract.tenureMonths])),
    modelId: id,
  };
}

interface Saving {
  readonly looked: readonly CustomerSpan[];
  readonly scored: ScoredCustomers;
  readonly model: KeptModel;
  readonly isPartial: boolean;
  readonly today: string;
  readonly everybody: readonly CustomerSpan[];
}

/** Writes scores, months and findings together. */
async function saveScores(context: StepContext, saving: Saving): Promise<number> {
  const { asOf, settings } = context;
  const { looked, scored, model, isPartial, today, everybody } = saving;
  const spans = new Map(looked.map((one) => [one.id, one]));
  const state = writeState(model.model);
  const rowOf = (score: ChurnScore, change30d: number | null): ChurnScoreRow => ({
    ...score,
    modelId: scored.modelId,
    state,
    arr: spans.get(score.accountId)?.arr ?? null,
    currency: spans.get(score.accountId)?.currency ?? null,
    change30d,
    topDriver: driversOf(score)[0] ?? null,
    logit: score.explained.logit,
    base: score.explained.base,
    contributions: score.explained.contributions,
  });
  await context.write((trx) =>
    saveChurnScores(
      trx,
      scored.past.map((one) => rowOf(one, null)),
      asOf,
    ),
  );
  const { findings, changes } = await lookBack(context, saving, spans);
  const found = new Set(scored.today.map(({ accountId }) => accountId));
  const months = buildChurnMonths(everybody, today, settings.churn);
  const gone = everybody.flatMap(({ id, endedOn, since }) =>
    endedOn !== null && endedOn <= today ? [{ id, endedOn, since }] : [],
  );
  await context.write(async (trx) => {
    if (isPartial) await refreshFindings(trx, 'churn-risk', findings, [...spans.keys()], context.run);
    else await replaceFindings(trx, 'churn-risk', findings, context.run);
    await saveChurnScores(
      trx,
      scored.today.map((one) => rowOf(one, changes.get(one.accountId) ?? null)),
      asOf,
    );
    await deleteChurnScores(
      trx,
      today,
      [...spans.keys()].filter((id) => !found.has(id)),
    );
    await replaceChurnMonths(trx, months, asOf);
    await replaceChurnedCustomers(trx, gone, asOf);
  });
  return findings.length;
}

const storedContributions = z
  .array(z.object({ name: z.string(), label: z.string(), points: z.number(), fact: z.string() }))
  .catch([]);

/** Findings with their past, page by page, and by how much each probability changed in 30 days. */
async function lookBack(
  { store, asOf, zone, settings }: StepContext,
  { scored, model, today }: Saving,
  spans: ReadonlyMap<string, CustomerSpan>,
): Promise<{ readonly findings: readonly Finding[]; readonly changes: ReadonlyMap<string, number> }> {
  const findings: Finding[] = [];
  const changes = new Map<string, number>();
  for (const page of pagesOf(scored.today, 500)) {
    const rows = await listPastChurn(
      store.db,
      today,
      page.map(({ accountId }) => accountId),
    );
    const pastOf = groupBy(rows, ({ accountId }) => accountId);
    for (const score of page) {
      const past = (pastOf.get(score.accountId) ?? []).map(
        (row): PastChurn => ({ ...row, contributions: storedContributions.parse(row.contributions) }),
      );
      const before = scoreOfMonthAgo(past, today);
      if (before !== null) changes.set(score.accountId, score.probability - before.probability);
      const account = spans.get(score.accountId)!;
      const tenureMonths = scored.tenure.get(score.accountId) ?? null;
      const input = { account, score, tenureMonths, past, model: model.model };
      findings.push(...[buildChurnFinding(input, settings.churn, asOf, zone) ?? []].flat());
    }
  }
  return { findings, changes };
}

/** Says when the customers, or what becomes of them, have moved away from what the model was fitted on. */
async function noteDrift(
  { store, settings }: StepContext,
  { model }: KeptModel,
  views: readonly ChurnView[],
  everybody: readonly CustomerSpan[],
  today: string,
): Promise<readonly string[]> {
  const { drift } = settings.churn;
  const notes: string[] = [];
  const index = views.flatMap(({ indexLogit }) => indexLogit ?? []);
  // A few changed customers are no picture of all of them.
  if (index.length >= 50 && index.length >= everybody.length / 2) {
    const psi = populationStability(model.indexSample, index);
    if (psi > drift.psi)
      notes.push(`churn: the customers have moved since the model was fitted (PSI ${psi.toFixed(2)})`);
  }
  if (model.stage === 'uncalibrated') return notes;
  const then = addDays(today, -settings.churn.horizonDays);
  const endOf = new Map(everybody.map(({ id, endedOn }) => [id, endedOn]));
  const judged = (await listProbabilities(store.db, then)).map(({ accountId, probability }) => {
    const ended = endOf.get(accountId) ?? null;
    const label: 0 | 1 = ended !== null && ended > then && ended <= today ? 1 : 0;
    return { p: probability, label };
  });
  if (judged.length >= 50) {
    const error = ece10(judged);
    if (error > drift.ece)
      notes.push(
        `churn: what was predicted ${settings.churn.horizonDays} days ago is off by ${(100 * error).toFixed(1)} points on average (ECE10)`,
      );
  }
  return notes;
}
