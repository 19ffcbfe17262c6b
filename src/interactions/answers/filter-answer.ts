import { metricTime } from '../../catalogue/catalogue.ts';
import { shortAnswerId } from '../../messages/answer-actions.ts';
import type { FormAnswers } from '../../messages/form.ts';
import { type Filter, figuresAlone, type QueryPlan, queryPlanSchema } from '../../query/metric-query.ts';
import { fail, type Issue, ok, type Result } from '../../toolkit/issue.ts';
import type { AnswerDeps, AnsweredQuestion, QuestionRequest } from '../answer-deps.ts';
import { answerPlan } from '../answer-question.ts';
import { asItIs, filterPlaces, noGroup, periods } from './filter-form.ts';
import { type Found, findAnswer } from './find-answer.ts';

/**
 * The plan with what somebody filled into the form. Names and values are checked where every plan is checked; here
 * only what the form itself can tell.
 *
 * @returns issues with the id of the field as their path
 */
export function filteredPlan(plan: QueryPlan, answers: FormAnswers): Result<QueryPlan> {
  const filters: Filter[] = [];
  const issues: Issue[] = [];
  for (const place of filterPlaces) {
    const dimension = answers[`field-${place}`];
    const words = answers[`value-${place}`]?.trim() ?? '';
    if (dimension === undefined && words === '') continue;
    if (dimension === undefined)
      issues.push({ code: 'field-missing', path: `field-${place}`, message: 'Which field should this be?' });
    else {
      const read = readCondition(dimension, words);
      if (read === null)
        issues.push({ code: 'value-missing', path: `value-${place}`, message: 'Say what it should be.' });
      else filters.push(read);
    }
  }
  if (issues.length > 0) return fail(...issues);
  const replaced = new Set(filters.map(({ dimension }) => dimension));
  const kept = plan.where.filter(({ any }) => !any.some(({ dimension }) => replaced.has(dimension)));
  const period = periods[answers['period'] ?? ''];
  const common = {
    where: [...kept, ...filters.map((filter) => ({ any: [filter] }))],
    ...(period === undefined ? {} : { time: period.time }),
  };
  const changed =
    plan.kind === 'list' ? { ...plan, ...common } : regrouped({ ...plan, ...common }, answers['group']);
  const parsed = queryPlanSchema.safeParse(changed);
  return parsed.success
    ? ok(parsed.data)
    : fail({
        code: 'too-much',
        path: 'field-1',
        message: 'That is more than one question can hold; take fewer filters.',
      });
}

function regrouped(
  plan: Extract<QueryPlan, { kind: 'metric' }>,
  group: string | undefined,
): Extract<QueryPlan, { kind: 'metric' }> {
  if (group === undefined || group === asItIs) return plan;
  const groupBy = group === noGroup ? [] : [{ dimension: group }];
  // Shares and ranks are of groups.
  const alone = group === noGroup ? { ...figuresAlone, having: [] } : {};
  const orderBy = plan.orderBy.filter(({ by }) => plan.metrics.includes(by.split('__')[0] ?? ''));
  return { ...plan, ...alone, groupBy, orderBy: group === metricTime ? [] : orderBy, chart: 'auto' };
}

/** `EMEA`; `EMEA, APAC`; `not EMEA`; `> 50000`; `none`. Null: nothing was said. */
function readCondition(dimension: string, words: string): Filter | null {
  if (words === '') return null;
  if (/^(?:none|empty|nothing)$/i.test(words)) return { dimension, op: 'is_null', values: [] };
  const [, sign, rest = ''] = /^(>=|<=|>|<|≥|≤)\s*(.+)$/.exec(words) ?? [];
  if (sign !== undefined) return { dimension, op: comparisons[sign] ?? 'gt', values: [readValue(rest)] };
  const [, negation, said = ''] = /^(not |no |≠\s*|!=\s*)?(.+)$/is.exec(words) ?? [];
  const values = said
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .slice(0, 50)
    .map(readValue);
  if (values.length === 0) return null;
  if (negation === undefined) return { dimension, op: values.length === 1 ? 'eq' : 'in', values };
  return { dimension, op: values.length === 1 ? 'neq' : 'not_in', values };
}

const comparisons: Readonly<Record<string, Filter['op']>> = {
  '>': 'gt',
  '<': 'lt',
  '>=': 'gte',
  '<=': 'lte',
  '≥': 'gte',
  '≤': 'lte',
};

/** Numbers as people write them (`50,000` was split already, so `50 000`, `50k`, `1.5m`); words stay words. */
function readValue(text: string): string | number {
  const [, digits, unit] = /^(-?\d[\d _]*(?:\.\d+)?)\s*([km])?$/i.exec(text) ?? [];
  if (digits !== undefined) {
    const scale = { k: 1e3, m: 1e6 }[unit?.toLowerCase() ?? ''] ?? 1;
    return Number(digits.replaceAll(/[ _]/g, '')) * scale;
  }
  return text.slice(0, 200);
}

/** Answers with the changed plan, under the rights of whoever filled in the form. */
export async function filterAnswer(
  deps: AnswerDeps,
  request: Omit<QuestionRequest, 'question'>,
  id: string,
  answers: FormAnswers,
): Promise<Found<AnsweredQuestion>> {
  const found = await findAnswer(deps, request.asker, id);
  if (!found.ok) return found;
  const { kept, plan } = found.value;
  const changed = filteredPlan(plan, answers);
  const question = `${kept.question} › filtered`.slice(0, 300);
  const value = await answerPlan(deps, { ...request, question }, changed.ok ? changed.value : plan, {
    planner: `your filter of answer ${shortAnswerId(kept.id)}`,
    parentId: kept.id,
  });
  return { ok: true, value };
}
