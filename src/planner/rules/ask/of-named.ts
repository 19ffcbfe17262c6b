import type { Ambiguity, Reading as Meant } from '../../../catalogue/ambiguous.ts';
import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { PlanOption, QueryPlan } from '../../../query/metric-query.ts';
import { entityOfSpan, meaningsOf } from '../compose/draft.ts';
import { fillerWords } from '../filler-words.ts';
import type { Span } from '../span.ts';
import type { Token } from '../token.ts';
import type { Understanding } from '../understand.ts';
import type { AskedBack } from './ask-back.ts';

/**
 * Words that ask about somebody or something in general: how it goes, where it stands, which is better. They say nothing
 * about which figure.
 */
const general: ReadonlySet<string> = new Set(
  `compare comparison compared versus against between how where stand going gone go went goes run running come came out
  status story news latest update overview situation state picture summary short version info information detail thing
  stuff number stat kpi metric performance perform performing performed better worse best stronger weaker bigger larger
  smaller ahead behind busier success successful sell selling sold generally overall and or with than one everything
  anything something tell know today lately recently`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Words before which a record is one side of a comparison. */
const comparing =
  /^(?:compare|comparison|compared|versus|against|or|better|worse|bigger|larger|stronger|ahead)$/;
const mostNamed = 6;

/** Something of the question that is called by name, with the dimensions that it may be a value of. */
interface Named {
  readonly at: number;
  readonly text: string;
  /** As it stands in a question: a name in quotes, a value of the vocabulary as it is. */
  readonly said: string;
  readonly of: readonly string[];
}

/**
 * "How did the Multi-region webinar go", "how does Luis compare with Naomi": records by name and nothing about them that is
 * measured. By which figure is asked back, with the figures that the catalogue ranks such records by.
 *
 * @param planWords how a whole question is planned; null where it has no plan
 * @returns null when the question says anything else, or when fewer than two of the figures can be told
 */
export function askOfNamed(
  understood: Understanding,
  catalogue: Catalogue,
  planWords: (words: string) => QueryPlan | null,
): AskedBack | null {
  const named = namedIn(understood, catalogue);
  if (named === null || !saysNothingElse(understood, named)) return null;
  const ranked = rankedBy(catalogue, named);
  const [first] = ranked;
  if (!first) return null;
  const whom = named.map(({ said }) => said).join(' versus ');
  const when = periodOf(understood);
  const options = distinctMeanings(ranked).flatMap((meant) => {
    const option = optionOf(catalogue, meant, (figure) => planWords(`${figure} for ${whom} ${when}`));
    return option === null ? [] : [option];
  });
  if (options.length < 2) return null;
  const words = named.map(({ text }) => text).join(', ');
  return { point: { question: 'By which figure?', words, yields: false, readings: [] }, options };
}

/** Null where there is none, or where a phrase of the catalogue says what is meant. */
function namedIn({ names, spans, reading }: Understanding, catalogue: Catalogue): readonly Named[] | null {
  const called = names
    .filter(({ from, to }) => !reading.tokens.slice(from, to).every(isGeneral))
    .map(({ text, of = [], from }): Named => ({ at: from, text, said: `"${text}"`, of }));
  const found: Named[] = [];
  for (const span of spans) {
    if (span.indexes.every((index) => isGeneral(reading.tokens[index]))) continue;
    const values = meaningsOf(span, 'value');
    const [value] = values;
    const of = values.map(({ dimension }) => dimension);
    if (value) found.push({ at: span.from, text: value.label, said: value.label, of });
    else if (!isKindOfNamed(catalogue, span)) return null;
  }
  const all = [...called, ...found].toSorted((left, right) => left.at - right.at);
  const isCompared = reading.tokens.some(({ word }) => comparing.test(word));
  if (all.length === 0 || all.length > mostNamed || (all.length > 1 && !isCompared)) return null;
  return all;
}

/** "The Nordkap partner", "region EMEA": what the named one is, not how many of them there are. */
const isKindOfNamed = (catalogue: Catalogue, span: Span): boolean =>
  (entityOfSpan(catalogue, span) !== null || meaningsOf(span, 'metric').length === 0) &&
  span.meanings.some(
    (meaning) =>
      (meaning.kind === 'dimension' || meaning.kind === 'entity') &&
      catalogue.ambiguous.some(({ ranks }) => ranks.includes(meaning.id)),
  );

function saysNothingElse(
  { reading, spans, numbers, lengths, ranking, past, calendar, measures, time, grain }: Understanding,
  named: readonly Named[],
): boolean {
  if (numbers.length + lengths.length + calendar.length > 0 || time.conflict !== null) return false;
  if (ranking !== null || past !== null || measures !== null || grain !== null) return false;
  const inSpans = new Set(spans.flatMap(({ indexes }) => indexes));
  const own = new Set(named.map(({ at }) => at));
  return reading.tokens.every(
    (token) =>
      !reading.isFree(token.index) ||
      inSpans.has(token.index) ||
      own.has(token.index) ||
      token.kind === 'comma' ||
      fillerWords.has(token.lower) ||
      isGeneral(token),
  );
}

const isGeneral = (token: Token | undefined): boolean =>
  token !== undefined &&
  [token.lower, token.word, token.text.toLowerCase()].some((word) => general.has(word));

/** What the catalogue ranks all of them by; nothing where one is of a kind that is not ranked. */
function rankedBy({ ambiguous }: Catalogue, named: readonly Named[]): readonly Ambiguity[] {
  return ambiguous.filter(
    ({ ranks }) =>
      ranks.length > 0 && named.every(({ of }) => of.some((dimension) => ranks.includes(dimension))),
  );
}

const distinctMeanings = (ranked: readonly Ambiguity[]): readonly Meant[] => {
  const all = ranked.flatMap(({ means }) => means);
  return all.filter(
    (one, at) => all.findIndex(({ as }) => JSON.stringify(as) === JSON.stringify(one.as)) === at,
  );
};

/** Null for a figure that the asker's role does not know, or that cannot be told of those records. */
function optionOf(
  catalogue: Catalogue,
  { as, label }: Meant,
  plan: (figure: string) => QueryPlan | null,
): PlanOption | null {
  const metric = as.kind === 'metric' ? catalogue.metrics.get(as.id) : null;
  if (metric === undefined || metric?.hidden === true) return null;
  const planned = plan(metric === null ? (as.kind === 'words' ? as.text : '') : metric.label);
  if (planned?.kind !== 'metric') return null;
  if (metric !== null && planned.metrics[0] !== metric.id) return null;
  const text = label ?? metric?.label;
  return text === undefined ? null : { label: text, plan: planned };
}

/** The words of the period, as they were said. */
const periodOf = ({ reading, time }: Understanding): string =>
  time.range === null
    ? ''
    : reading.trace.flatMap(({ rule, words }) => (rule.startsWith('time') ? [words] : [])).join(' ');
