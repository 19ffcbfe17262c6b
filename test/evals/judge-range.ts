import type { Heed } from '../../src/app/open-heed.ts';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { askableCatalogue } from '../../src/catalogue/filter-catalogue.ts';
import { simpleParts } from '../../src/catalogue/lookup.ts';
import type { AnswerPlan, QueryPlan, TimeRange } from '../../src/query/metric-query.ts';
import type { TimeSettings } from '../../src/query/resolve/calendar-units.ts';
import { compareRange } from '../../src/query/resolve/compare-range.ts';
import type { LocalRange } from '../../src/query/resolve/edge.ts';
import { absoluteRange, resolveRange } from '../../src/query/resolve/time-range.ts';
import { type Conversation, depsAt } from './ask-world.ts';
import { planLine } from './lines.ts';
import type { QuestionOf } from './question.ts';
import type { Judged } from './verdict.ts';

/** Half-open instants; null: no end on that side. */
interface Instants {
  readonly from: Date | null;
  readonly to: Date | null;
}

/**
 * Plans the question at its own moment and zone and resolves the range as a query does; nothing is counted. What is
 * asked back about anything but the period ("escalations of which kind?") is right when each choice means that period.
 */
export async function judgeRange(
  heed: Heed,
  conversation: Conversation,
  question: QuestionOf<'range'>,
): Promise<Judged> {
  const { asker, now, fiscalStartMonth, thread } = conversation;
  const deps = depsAt(heed, conversation);
  const catalogue = askableCatalogue(deps.catalogue, asker.role);
  const settings: TimeSettings = {
    now,
    zone: asker.zone,
    fiscalStartMonth: fiscalStartMonth ?? deps.fiscalStartMonth ?? 1,
  };
  const { plan, notes } = await deps.planner.plan({
    question: question.ask,
    catalogue,
    now,
    zone: asker.zone,
    fiscalStartMonth: settings.fiscalStartMonth ?? 1,
    requestId: thread,
  });
  const wanted: readonly (Instants | null)[] = [question, comparedOf(question)];
  const line = { plan: planLine({ plan, notes }), expected: rangesLine(wanted), latencies: [] };
  if (plan.kind === 'refuse') return { ...line, verdict: 'refused', got: plan.detail };
  const meant = (one: AnswerPlan): readonly (Instants | null)[] | string => {
    const found = instantsOf(one.kind === 'summary' ? one.list : one, catalogue, settings);
    return typeof found === 'string' ? found : [found.main, wanted[1] === null ? null : found.compared];
  };
  const isMeant = (got: readonly (Instants | null)[]): boolean =>
    wanted.every((one, index) => isSame(one ?? null, got[index] ?? null));
  if (plan.kind === 'clarify') {
    const choices = plan.options.map((option) => meant(option.plan));
    const isRight = choices.every((choice) => typeof choice !== 'string' && isMeant(choice));
    return { ...line, verdict: isRight ? 'right' : 'clarified', got: plan.question };
  }
  const got = meant(plan);
  if (typeof got === 'string') return { ...line, verdict: 'refused', got };
  return { ...line, verdict: isMeant(got) ? 'right' : 'silent-wrong', got: rangesLine(got) };
}

/** null: the entry asks for no comparison. */
function comparedOf({ compare_from: from, compare_to: to }: QuestionOf<'range'>): Instants | null {
  return from === undefined && to === undefined ? null : { from: from ?? null, to: to ?? null };
}

interface Ranges {
  readonly main: Instants;
  readonly compared: Instants | null;
}

/** What the server makes of a plan's range, or why it makes nothing of it. */
function instantsOf(plan: QueryPlan, catalogue: Catalogue, settings: TimeSettings): Ranges | string {
  const spoken = plan.time ?? usualRange(plan, catalogue);
  const main = resolveRange(spoken, settings);
  if (!main.ok) return main.issues[0]?.message ?? 'no such range';
  const absolute = toInstants(main.value, settings);
  if (plan.kind === 'list' || plan.compare === 'none' || plan.compare === 'target')
    return { main: absolute, compared: null };
  const compared = compareRange(spoken, main.value, plan.compare, settings);
  if (!compared.ok) return compared.issues[0]?.message ?? 'nothing to compare with';
  return { main: absolute, compared: toInstants(compared.value, settings) };
}

/** What a metric counts when nobody names a range. */
function usualRange(plan: QueryPlan, catalogue: Catalogue): TimeRange {
  const metrics = plan.kind === 'metric' ? plan.metrics.flatMap((id) => catalogue.metrics.get(id) ?? []) : [];
  const timed = metrics
    .flatMap((metric) => simpleParts(catalogue, metric))
    .find((part) => part.timeDimension !== null);
  if (timed === undefined || timed.defaultTime.kind !== 'relative') return { kind: 'all' };
  return { ...timed.defaultTime, completeOnly: false };
}

function toInstants(range: LocalRange, settings: TimeSettings): Instants {
  const { start, end } = absoluteRange(range, 'instant', settings);
  return { from: start === null ? null : new Date(start), to: end === null ? null : new Date(end) };
}

function isSame(one: Instants | null, other: Instants | null): boolean {
  return textOf(one) === textOf(other);
}

function rangesLine([main, compared]: readonly (Instants | null)[]): string {
  return compared ? `${textOf(main ?? null)}, compared with ${textOf(compared)}` : textOf(main ?? null);
}

function textOf(range: Instants | null): string {
  if (range === null) return 'nothing';
  return `${range.from?.toISOString() ?? 'the beginning'} .. ${range.to?.toISOString() ?? 'no end'}`;
}
