import { lowerFirst, upperFirst } from '../toolkit/letter-case.ts';
import type { MetricDefinition, SimpleMetric } from './catalogue.ts';

type Aggregate = SimpleMetric['measure']['aggregate'];

/** How the same values may be told in one figure; nobody has to write each of them down. */
const told = [
  'avg',
  'median',
  'min',
  'max',
  'p10',
  'p25',
  'p75',
  'p90',
  'p95',
] as const satisfies readonly Aggregate[];
const isTold = (aggregate: string): aggregate is (typeof told)[number] =>
  told.some((one) => one === aggregate);

const byItself = new RegExp(`^(${told.join('|')})_of_(.+)$`);

/** Id of the figure that tells the values of another one in this way. */
export const toldId = (aggregate: Aggregate, id: string): string => `${aggregate}_of_${id}`;

/**
 * Metrics by their ids. Beside those that are written there are, by id alone, the other ways to tell the values of an
 * average, a percentile or an extreme: `p90_of_conversation_first_response_average`. They have no words of their own
 * and are not listed.
 */
export class MetricsById extends Map<string, MetricDefinition> {
  readonly #made = new Map<string, SimpleMetric>();

  override get(id: string): MetricDefinition | undefined {
    return super.get(id) ?? this.#made.get(id) ?? this.#make(id);
  }

  override has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  #make(id: string): SimpleMetric | undefined {
    const [, aggregate = '', from = ''] = byItself.exec(id) ?? [];
    const base = super.get(from);
    if (!isTold(aggregate) || base === undefined || id.length > longestId) return undefined;
    const made = toldOtherwise(base, aggregate);
    if (made !== undefined) this.#made.set(id, made);
    return made;
  }
}

/** As the contract names metrics. */
const longestId = 63;

function toldOtherwise(base: MetricDefinition, aggregate: (typeof told)[number]): SimpleMetric | undefined {
  if (base.type !== 'simple' || base.measure.path === null || base.measure.steps !== undefined)
    return undefined;
  if (!isTold(base.measure.aggregate) || base.measure.aggregate === aggregate) return undefined;
  const { target: _, ...rest } = base;
  const what = base.label
    .replace(
      /^(?:average|median|mean|highest|lowest|maximum|minimum|longest|shortest|largest|smallest) /i,
      '',
    )
    .replace(/, (?:median|mean|average|90th percentile)$/i, '');
  return {
    ...rest,
    id: toldId(aggregate, base.id),
    label: labels[aggregate](upperFirst(what), lowerFirst(what)),
    description: describedAs(base.description, base.measure.aggregate, aggregate),
    synonyms: [],
    verifiedQuestions: [],
    additive: false,
    measure: { ...base.measure, aggregate },
  };
}

const percentileNamed = /\b(?:the )?\d{2}th percentile\b(?: of)?/i;
/** How a description names the statistic that it is about. */
const named: Readonly<Record<(typeof told)[number], RegExp>> = {
  avg: /\b(?:the )?(?:mean|average)\b(?: of)?/i,
  median: /\b(?:the )?median\b(?: of)?/i,
  min: /\b(?:the )?(?:lowest|shortest|smallest|minimum|least)\b(?: of)?/i,
  max: /\b(?:the )?(?:highest|longest|largest|biggest|maximum|most)\b(?: of)?/i,
  p10: percentileNamed,
  p25: percentileNamed,
  p75: percentileNamed,
  p90: percentileNamed,
  p95: percentileNamed,
};
const spoken: Readonly<Record<(typeof told)[number], string>> = {
  avg: 'mean',
  median: 'median',
  min: 'smallest',
  max: 'largest',
  p10: '10th percentile of',
  p25: '25th percentile of',
  p75: '75th percentile of',
  p90: '90th percentile of',
  p95: '95th percentile of',
};

/** "Median time from opening …" becomes "25th percentile of time from opening …". */
function describedAs(
  description: string,
  from: (typeof told)[number],
  aggregate: (typeof told)[number],
): string {
  const words = spoken[aggregate];
  const [first = ''] = named[from].exec(description) ?? [];
  if (first === '') return `${upperFirst(words)}${words.endsWith(' of') ? '' : ' of'}: ${description}`;
  const isStart = description.startsWith(first);
  return description.replace(first, isStart ? upperFirst(words) : words);
}

const percentile = (nth: string) => (what: string) => `${what}, ${nth} percentile`;

const labels: Readonly<Record<(typeof told)[number], (what: string, lower: string) => string>> = {
  avg: (_, lower) => `Average ${lower}`,
  median: (_, lower) => `Median ${lower}`,
  min: (_, lower) => `Minimum ${lower}`,
  max: (_, lower) => `Maximum ${lower}`,
  p10: percentile('10th'),
  p25: percentile('25th'),
  p75: percentile('75th'),
  p90: percentile('90th'),
  p95: percentile('95th'),
};
