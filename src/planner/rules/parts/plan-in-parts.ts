import type { QueryPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { namingDimension } from '../compose/reach.ts';
import { inPlainWords } from '../plain-speech.ts';
import { tidy } from '../token.ts';
import { applyForm } from './apply-form.ts';
import { planWithAsides, recordsPlan } from './asides.ts';
import { planBeside } from './beside.ts';
import { planEither } from './either.ts';
import { planExcept } from './exceptions.ts';
import { planFigureList, planGroupsWithFigures } from './figure-list.ts';
import { planFiguresBeside } from './figures-beside.ts';
import { planLeast } from './group-conditions.ts';
import { planMeanGroups } from './mean-groups.ts';
import { planMeanLimit } from './mean-limits.ts';
import { planMean } from './mean-of.ts';
import { planMoment } from './moments.ts';
import { planMovedGroups } from './moved-groups.ts';
import { planNext } from './next-of.ts';
import { planNth } from './nth-of.ts';
import { planOfDatedRows } from './of-dated-rows.ts';
import { planOfRecords } from './of-records.ts';
import { planOnePer } from './one-per.ts';
import { planPlaceOfOne } from './place-of-one.ts';
import { readForm } from './question-form.ts';
import { planAverageRatio, planRatio } from './ratio-of.ts';
import { planSaidShare } from './said-shares.ts';
import { planShare } from './share-of.ts';
import { planColumnsOfEach, planShownColumns, planTopColumns } from './shown-columns.ts';
import { planTwoDates } from './two-dates.ts';
import { planTwoFigures } from './two-figures.ts';
import { type PlanWords, planWithRelated } from './with-related.ts';

/** A plan put together from parts of a question. */
export interface PlanOfParts {
  readonly plan: QueryPlan;
  /** The parts as they were understood. */
  readonly from: readonly PlannedQuestion[];
  /** How it was taken apart, for the trace. */
  readonly how: string;
}

/**
 * A question that is not understood as it stands, taken apart: from what it says of the answer's form, as the share of a
 * part, or into rows and other records of theirs. Each part must be understood whole, or there is no plan.
 */
export function planInParts(request: PlanRequest, planWords: PlanWords): PlanOfParts | null {
  const { catalogue } = request;
  const question = inPlainWords(tidy(request.question));
  const form = readForm(question);
  if (form) {
    const core = planWords(form.core);
    const plan = core && isQuery(core.plan) ? applyForm(catalogue, core.plan, form) : null;
    if (core && plan) return { plan, from: [core], how: 'form' };
  }
  const except = planExcept(question, catalogue, planWords, { isOnlyClause: false });
  if (except) return { ...except, how: 'without an exception' };
  const share = planShare({ ...request, question }, planWords);
  if (share) return { ...share, how: 'share of a part' };
  const moment = planMoment(question, catalogue, planWords);
  if (moment) return { ...moment, how: 'newest or oldest' };
  const said = planSaidShare({ ...request, question }, planWords);
  if (said) return { ...said, how: 'shares in other words' };
  const ratio = planRatio(question, catalogue, planWords);
  if (ratio) return { ...ratio, how: 'one figure over another' };
  const place = planNth(question, planWords);
  if (place) return { ...place, how: 'a place in a ranking' };
  const dated = planOfDatedRows({ ...request, question }, planWords, { isOnlyOther: false });
  if (dated) return { ...dated, how: 'rows of a date' };
  const dates = planTwoDates({ ...request, question }, planWords);
  if (dates) return { ...dates, how: 'two dates of the same records' };
  const both = planTwoFigures(question, catalogue, planWords);
  if (both) return { ...both, how: 'two figures' };
  const columns = planShownColumns(question, catalogue, planWords);
  if (columns) return { ...columns, how: 'columns of each' };
  const either = planEither({ ...request, question }, planWords);
  if (either) return { ...either, how: 'one or the other' };
  const related = planWithRelated(question, catalogue, planWords);
  if (related) return { ...related, how: 'other records' };
  const asides = planWithAsides(question, catalogue, planWords);
  if (asides) return { ...asides, how: 'asked of each' };
  const others = planOfRecords({ ...request, question }, planWords);
  return others && { ...others, how: 'of other records' };
}

/** A total where something of each record was asked for. */
export function planOfEach(request: PlanRequest, planWords: PlanWords): PlanOfParts | null {
  const columns = planColumnsOfEach(inPlainWords(tidy(request.question)), request.catalogue, planWords);
  return columns && { ...columns, how: 'columns of each' };
}

/** "Open tickets, highest priority first", "deals sorted by close date": records in the order of a property of their own. */
function planOrderedRows(
  question: string,
  catalogue: PlanRequest['catalogue'],
  planWords: PlanWords,
): PlanOfParts | null {
  const form = readForm(question);
  if (form === null || form.order === null || form.columns.length > 0) return null;
  const rows = recordsPlan(catalogue, planWords(form.core));
  const plan = rows && applyForm(catalogue, rows.plan, form);
  if (plan?.kind !== 'list') return null;
  const column = catalogue.dimensions.get(plan.orderBy[0]?.by ?? '');
  const isName = column !== undefined && column.id === namingDimension(catalogue, plan.entity);
  const isOwn = isName || (column?.entity === plan.entity && /^(?:number|date|instant)$/.test(column.type));
  const isOrdered = column?.order !== undefined || (isOwn && form.order.by !== null);
  return isOrdered && rows ? { plan, from: [rows.from], how: 'rows in order' } : null;
}

/** A question that reads well as it stands, and yet asks for more: a growth from point to point, a running total. */
export function planAlongTime(request: PlanRequest, planWords: PlanWords): PlanOfParts | null {
  const { question, catalogue } = request;
  const words = { ...request, question: inPlainWords(tidy(question)) };
  const except = planExcept(words.question, catalogue, planWords, { isOnlyClause: true });
  if (except) return { ...except, how: 'without an exception' };
  const moved = planMovedGroups(tidy(question), catalogue, planWords);
  if (moved) return { ...moved, how: 'groups whose figure moved' };
  const meanGroups = planMeanGroups(tidy(question), catalogue, planWords);
  if (meanGroups) return { ...meanGroups, how: 'groups against their mean' };
  const dated = planOfDatedRows(words, planWords, { isOnlyOther: true });
  if (dated) return { ...dated, how: 'rows of a date' };
  const least = planLeast(words.question, catalogue, planWords);
  if (least) return { ...least, how: 'groups of so many' };
  const limit = planMeanLimit(words.question, catalogue, planWords);
  if (limit) return { ...limit, how: 'groups of such a mean' };
  const list = planFigureList(tidy(question), catalogue, planWords);
  if (list) return { ...list, how: 'figures of the same groups' };
  const groups = planGroupsWithFigures(words.question, catalogue, planWords);
  if (groups) return { ...groups, how: 'figures of the same groups' };
  const beside = planFiguresBeside(words.question, catalogue, planWords);
  const isOneFigure = beside?.plan.metrics.length === 1;
  const columns = isOneFigure ? null : planTopColumns(words.question, catalogue, planWords);
  if (columns) return { ...columns, how: 'columns of each' };
  if (beside) return { ...beside, how: 'figures of the same groups' };
  const place = planPlaceOfOne(words.question, catalogue, planWords);
  if (place) return { ...place, how: 'the ranking of one' };
  const onePer = planOnePer(words.question, catalogue, planWords);
  if (onePer) return { ...onePer, how: 'one of each' };
  const next = planNext(words, planWords);
  if (next) return { ...next, how: 'what comes next' };
  const inOrder = planOrderedRows(words.question, catalogue, planWords);
  if (inOrder) return inOrder;
  const course = planBeside(question, catalogue, planWords);
  if (course) return { ...course, how: 'along time' };
  const mean = planMean(question, catalogue, planWords);
  if (mean) return { ...mean, how: 'mean of points' };
  const average = planAverageRatio(question, catalogue, planWords);
  return average && { ...average, how: 'one figure over another' };
}

const isQuery = (plan: PlannedQuestion['plan']): plan is QueryPlan =>
  plan.kind === 'list' || plan.kind === 'metric';
