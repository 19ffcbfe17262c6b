import { type Catalogue, metricTime } from '../../../catalogue/catalogue.ts';
import type { MetricPlan, Transform } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { isUsualPeriod } from '../compose/usual-period.ts';
import { withoutOpening } from './question-opening.ts';
import type { PlanWords } from './with-related.ts';

/** A question about figures that says what to show beside each of them. */
interface Beside {
  /** The same question without it: the figures and how they are split. */
  readonly core: string;
  readonly transform: Transform;
  readonly window?: number;
  /** The question after a figure that is called the growth of another one. */
  readonly own?: string;
}

const units: Readonly<Record<string, string>> = {
  day: 'day',
  daily: 'day',
  dod: 'day',
  week: 'week',
  weekly: 'week',
  wow: 'week',
  month: 'month',
  monthly: 'month',
  mom: 'month',
  quarter: 'quarter',
  quarterly: 'quarter',
  qoq: 'quarter',
};

const stepWords =
  'dod|wow|mom|qoq|(?:day|week|month|quarter)[- ](?:over|on|to|by)[- ](?:day|week|month|quarter)|daily|weekly|monthly|quarterly';
const growthWords = 'growth(?: rates?)?|change|changes|increase|development';
const stepGrowth = new RegExp(
  `^(?<step>${stepWords}) (?:(?<kind>percent(?:age)?|%|relative|absolute) )?(?<before>[a-z ]+? )?(?<word>${growthWords})(?: (?:of|in|for))?(?: (?<rest>.+))?$`,
  'i',
);
const growthByStep = new RegExp(
  `^(?:the )?(?:(?<kind>percent(?:age)?|%|relative|absolute) )?(?<word>${growthWords}) (?:of|in) (?<what>.+? (?:by|per|each|every) (?:day|week|month|quarter)\\b.*|.+? (?:${stepWords})\\b.*)$`,
  'i',
);
const running =
  /^(?:the |my |our )?(?:running|cumulative|cumulated|accumulated) (?:total|sum|count|number)? ?(?:of |in )?(?<what>.+)$/i;
const moving =
  /^(?:the )?(?<window>\d{1,2})[- ](?:day|week|month|point)s? (?:moving|rolling) (?:average|avg|mean) (?:of|for) (?<what>.+)$/i;

function readGrowth(text: string): Beside | null {
  const stepped = stepGrowth.exec(text)?.groups;
  if (stepped) {
    const unit = unitOf(stepped['step'] ?? '');
    const { before = '', rest = '' } = stepped;
    if (unit === null || before + rest === '') return null;
    const own = before === '' ? `${rest} growth by ${unit}` : `${before}growth ${rest} by ${unit}`;
    const core = `${before}${rest} by ${unit}`;
    return { core, transform: transformOf(stepped), own };
  }
  const grown = growthByStep.exec(text)?.groups;
  // The development of a figure by week is its course: what it was in each.
  if (!grown || (grown['kind'] === undefined && /^dev/i.test(grown['word'] ?? ''))) return null;
  const what = grown['what'] ?? '';
  const step = new RegExp(`\\b(?:${stepWords})\\b`, 'i').exec(what)?.[0];
  const unit = step === undefined ? null : unitOf(step);
  const core = step === undefined || unit === null ? what : what.replace(step, `by ${unit}`);
  return { core, transform: transformOf(grown) };
}

const unitOf = (step: string): string | null =>
  units[(/^[a-z]+/i.exec(step)?.[0] ?? '').toLowerCase()] ?? null;

/** Growth is told as a share of the figure before, a change in its own unit. */
function transformOf({ kind, word }: Readonly<Record<string, string | undefined>>): Transform {
  if (kind !== undefined) return /^abs/i.test(kind) ? 'change' : 'pct_change';
  return /^growth/i.test(word ?? '') ? 'pct_change' : 'change';
}

function readRunning(text: string): Beside | null {
  const what = running.exec(text)?.groups?.['what'];
  if (what !== undefined) return { core: what, transform: 'running' };
  const moved = moving.exec(text)?.groups;
  if (!moved) return null;
  const window = Number(moved['window']);
  if (window < 2 || window > 90) return null;
  return { core: moved['what'] ?? '', transform: 'moving_avg', window };
}

/**
 * "Month over month growth of revenue this year": the figures are understood alone, and what is asked for beside them is
 * laid over. A figure of the catalogue that is itself a growth stays what it is.
 */
export function planBeside(
  question: string,
  catalogue: Catalogue,
  planWords: PlanWords,
): { readonly plan: MetricPlan; readonly from: readonly PlannedQuestion[] } | null {
  const text = withoutOpening(question);
  const beside = readGrowth(text) ?? readRunning(text);
  if (beside === null) return null;
  const growth = ownGrowth(beside, catalogue, planWords);
  if (growth !== null) return growth;
  const core = besideCourse(beside, planWords);
  const plan = core?.plan;
  if (!core || plan?.kind !== 'metric' || !isCourse(plan) || !mayHave(catalogue, plan, beside.transform))
    return null;
  // Months over months of the usual thirty days: there the period is compared with the one before.
  const isUsual = plan.time === null || (isUsualPeriod(plan) && !/\b(?:last|past|previous)\b/i.test(text));
  if (isUsual && /change$/.test(beside.transform)) return null;
  const { transform, window = plan.window } = beside;
  return { plan: { ...plan, transform, window }, from: [core] };
}

/** Figures that are split by something, each as its share of all. */
export function sharesOfGroups(
  catalogue: Catalogue,
  core: PlannedQuestion | null,
): { readonly plan: MetricPlan; readonly from: readonly PlannedQuestion[] } | null {
  const plan = core?.plan;
  if (!core || plan?.kind !== 'metric' || isCourse(plan) || !mayHave(catalogue, plan, 'share')) return null;
  return { plan: { ...plan, transform: 'share' }, from: [core] };
}

/** "Cumulative revenue this year": without a word for its points those of the period, days of a month and months of a year. */
function besideCourse({ core, transform }: Beside, planWords: PlanWords): PlannedQuestion | null {
  const planned = planWords(core);
  if (transform !== 'running' || planned?.plan.kind !== 'metric' || planned.plan.groupBy.length > 0)
    return planned;
  const { time } = planned.plan;
  const isShort = time !== null && 'unit' in time && /^(?:week|month)$/.test(time.unit);
  return planWords(`${core} by ${isShort ? 'day' : 'month'}`);
}

/** "Month over month MRR growth": where the growth of a figure is itself a figure. */
function ownGrowth({ own, transform }: Beside, catalogue: Catalogue, planWords: PlanWords) {
  const whole = own === undefined || transform !== 'pct_change' ? null : planWords(own);
  if (whole?.plan.kind !== 'metric' || !isCourse(whole.plan) || whole.plan.compare !== 'none') return null;
  const isGrowth = whole.plan.metrics.every((id) => /growth/i.test(catalogue.metrics.get(id)?.label ?? ''));
  return isGrowth ? { plan: whole.plan, from: [whole] } : null;
}

const isCourse = (plan: MetricPlan): boolean =>
  plan.groupBy.some(({ dimension }) => dimension === metricTime);

function mayHave(catalogue: Catalogue, plan: MetricPlan, transform: Transform): boolean {
  const isPlain =
    plan.compare === 'none' && plan.transform === 'none' && !plan.part && plan.having.length === 0;
  if (!isPlain || plan.groupBy.length === 0) return false;
  if (transform !== 'share' && transform !== 'running') return true;
  return plan.metrics.every((id) => {
    const metric = catalogue.metrics.get(id);
    return metric?.type === 'simple' && metric.additive;
  });
}
