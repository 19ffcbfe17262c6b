import { rephrased, type Turn } from '../turn.ts';
import type { KnownWords } from './known-words.ts';
import { type End, endOf, group, number, polite, superlative } from './places.ts';
import { isSingular, type Ranked, readRank, singular } from './rank-forms.ts';

/** "… and give me the first 3", "stop after 3", "3 is enough", "just 3 of them", "I want 3 regions". */
const wanted =
  "(?:(?:please|pls|just|only|and|but|then|show|give|name|list|take|me|us|the|a|first|top|stop|end|cut off|limit(?: it)? to|after|at|need|want|like|i|we|i'd|we'd|would|limited to|restricted to|limit|max|maximum) )*";
const limits = new RegExp(
  `(?:\\s?[,;:?.!-]+| and| then) (?<how>${wanted}(?:last |bottom )?)(?<n>${number})(?: (?:of )?(?<gs>${group}))??(?<enough>(?: (?:only|please|pls|max|at most|(?:is|are|will be|would be) (?:enough|plenty|fine|ok)|will do|would do|thanks))*)(?=\\s*[?.!]*$|,)`,
  'i',
);
const placeholder = /^(?:them|those|these|entries|places|names|ones|rows|results|lines|items|positions)$/i;

const units =
  /^(?:min(?:ute)?|hour|hr|day|week|wk|month|mth|quarter|qtr|year|yr|business day|working day)s?$/i;

interface Limited {
  readonly text: string;
  readonly n: string;
  readonly gs: string | null;
  readonly isLast: boolean;
}

function readLimit(text: string, { isGroup }: KnownWords): Limited | null {
  const match = limits.exec(text);
  const { how = '', n = '', gs = '', enough = '' } = match?.groups ?? {};
  if (match === null) return null;
  const isNamed = gs !== '' && !placeholder.test(gs);
  // "…, last 30 days" is a period.
  if (units.test(gs) || (isNamed && !isGroup(gs))) return null;
  // A number alone may be a day, a year or what is compared.
  const isRanked =
    new RegExp(`\\b${superlative}\\b`, 'i').test(text.slice(0, match.index)) && Number(n) <= 10;
  if (
    gs === '' &&
    !isRanked &&
    !/\b(?:first|top|last|bottom|after|at|limit\w*|max\w*|just|only|please|pls)\b/i.test(how) &&
    enough === ''
  )
    return null;
  const rest = text.slice(match.index + match[0].length);
  return {
    text: text.slice(0, match.index) + rest,
    n,
    gs: isNamed ? gs : null,
    isLast: /\b(?:last|bottom)\b/i.test(how),
  };
}

const order =
  /,? (?:(?:in )?(?:ascending|descending|asc|desc)(?: order)?|(?:the )?(?:highest|lowest|largest|biggest|smallest|most|fewest|best|worst|top|bottom|longest|shortest|fastest|slowest) (?:ones? )?first|(?:from )?(?:the )?(?:low|lowest|smallest|bottom|fewest|shortest) to (?:the )?(?:high|highest|largest|biggest|top|most|longest)|(?:from )?(?:the )?(?:high|highest|largest|biggest|top|most|longest|best|worst) to (?:the )?(?:low|lowest|smallest|bottom|fewest|shortest|worst|best))(?=\s*[?.!,]*$)/i;

/** "Of all categories, which one had the most tickets": the groups are told first. */
const amongFirst = new RegExp(
  `^(?:out )?(?:of|among|amongst|between|from) (?:all |the |our |these |of )*(?<own>my )?(?<gs>${group}),? ${polite}(?:which|what|who|the)(?: single)?(?: one)?(?: (?:is|was) the one)?(?: (?:that|which|with|having))? (?=(?<verb>has|had|have|got|gets|is|was|saw|shows|the|leads|led|came|ranked)\\b)`,
  'i',
);

const light =
  '(?:contribut(?:e|es|ed)|achiev(?:e|es|ed)|record(?:s|ed)|post(?:s|ed)|regist(?:ers|ered)|scor(?:es|ed)|accumulat(?:es|ed)|rack(?:s|ed) up|attain(?:s|ed)?|reach(?:es|ed)|hits?|shows?|showed|comes? in with|came in with|ends? up with|ended up with|having|(?:is|was|are|were) responsible for|(?:stands?|stood) out (?:with|for|by)|(?:has|have|had) seen)';
const turns: readonly Turn[] = [
  // "Got more tickets than any other": the most of them.
  [
    /\b(?:a |the )?(more|fewer|less|higher|lower|longer|shorter) (\S[^?.!;]*?) than (?:any|all|every|the)(?:one|body)?(?: of)?(?: the| our)?(?: others?| rest| else)(?: (?!in\b|this\b|last\b|on\b|since\b|during\b|over\b)[a-z]+)?/gi,
    (_all = '', degree = '', of = '') => `the ${most(endOf(degree))} ${of}`,
  ],
  [
    new RegExp(
      `\\b${light} (?:the )?(?=(?:most|fewest|least|highest|lowest|largest|smallest|best|worst|biggest|greatest)\\b)`,
      'gi',
    ),
    'with the ',
  ],
  // "3 categories where resolution time was longest".
  [
    new RegExp(
      `\\b(${group}s) (?:where|whose|for which|for whom|with whom|in which|on which)(?: the| our| their)? ((?:[a-z0-9-]+ ){1,4}?)(?:is|was|were|are|has been) (?:the |at its )?(${superlative})\\b`,
      'gi',
    ),
    (_all = '', gs = '', of = '', end = '') => `${gs} with the ${most(endOf(end))} ${of.trim()}`,
  ],
  [/\bgreatest\b/gi, 'highest'],
  [/\b(?:the )?(?:maximum|maximal|max) (?:count|number) of (?=[a-z])/gi, 'the most '],
  [/\b(?:the )?(?:minimum|minimal|min) (?:count|number) of (?=[a-z])/gi, 'the fewest '],
  [/\b(?:with|has|have|had) (?:the )?maximal (?=[a-z])/gi, 'with the highest '],
  [/\b(?:with|has|have|had) (?:the )?minimal (?=[a-z])/gi, 'with the lowest '],
  [/\b(?:highest|largest|biggest) (?:count|number|volume|quantity) of (?=[a-z])/gi, 'most '],
  [/\b(?:lowest|smallest) (?:count|number|volume|quantity) of (?=[a-z])/gi, 'fewest '],
  [
    /\b(which|what|the) (?:single|one) (?=[a-z]+ (?:with|that|which|who|has|have|had|accounts?|got|saw|is|was)\b)/gi,
    '$1 ',
  ],
  [/\b(lowest|highest)[- ](?:ranking|ranked|scoring|placed) (?=[a-z])/gi, '$1 '],
  [
    /\baccount(s|ed)? for the (?:biggest|largest|greatest|highest) (?:share|part|portion|number|amount|proportion|chunk) of\b/gi,
    'had the most',
  ],
  [
    /^(?:the )?(?:opposite|reverse|inverse|contrary) of (?:a|the|our) top (\d{1,2}|two|three|four|five|ten)[:;,-] ?(?:the )?(?=\S)/i,
    '$1 ',
  ],
];

/** "Ticket numbers", "lead counts": how many there are, where no number of theirs is asked for. */
const counts = /\b(?<about>in|on|for|by|of|with) (?:the )?(?<record>[a-z]+) (?:numbers|counts|volumes)\b/i;

/**
 * "Which region leads in won amount", "sort the agents by CSAT and stop after 3", "where was it lowest? 3 agents please": so many
 * groups at one end of a figure, in one way of saying it.
 *
 * @param text a tidied question
 */
export function inRanks(text: string, known: KnownWords): string {
  const bare = text.replace(/(?:,? (?:please|pls|thanks|thank you))*\s*[?.!]*$/i, '');
  const counted = bare.replace(counts, (all, word: string, record: string) =>
    known.isRecord(record) ? `${word} number of ${record}s` : all,
  );
  const turned = rephrased(counted, turns);
  const among = amongFirst.exec(turned)?.groups;
  const plain =
    among?.['gs'] !== undefined && known.isGroup(among['gs'])
      ? turned.replace(
          amongFirst,
          `which ${among['own'] ?? ''}${singular(among['gs'])} ${among['verb'] === 'the' ? 'has ' : ''}`,
        )
      : turned;
  return asRanked(plain, known) ?? (plain === bare ? text : plain);
}

function asRanked(text: string, known: KnownWords): string | null {
  const [outer] = order.exec(text) ?? [];
  const first = outer === undefined ? text : text.replace(order, '');
  const limited = readLimit(first, known);
  const inner = limited?.text ?? first;
  const [also] = order.exec(inner) ?? [];
  const core = (also === undefined ? inner : inner.replace(order, '')).replace(/[\s,;:.?!-]+$/, '');
  const said = readRank(core, known);
  const way = outer ?? also;
  return said === null ? null : worded(said, limited, way === undefined ? null : endOf(way));
}

/** "The highest ARR" may be a figure of its own; the most of it is not. */
const most = (end: End): string => (end === 'highest' ? 'most' : end === 'lowest' ? 'least' : end);
const atEnd = (end: End): string => {
  if (end === 'best' || end === 'worst') return end;
  return end === 'highest' || end === 'slowest' ? 'top' : 'bottom';
};

function worded(said: Ranked, limited: Limited | null, way: End | null): string | null {
  const gs = said.gs === null || said.gs === 'who' ? (limited?.gs ?? said.gs) : said.gs;
  const n = (limited?.n ?? said.n)?.replace(/^one$/i, '1') ?? null;
  const end = limited?.isLast === true ? 'lowest' : (way ?? said.end);
  if (gs === 'who') return limited === null ? `who has the ${most(end)} ${said.of}` : null;
  if (gs === null || (said.isLimited === true && limited === null)) return null;
  // Sorted, and all of them: in that order.
  if (n === null && said.isSorted) {
    if (way !== null) return `${said.of} by ${gs}, ${way} first`;
    return said.isEach === true ? `${said.of} by ${gs}` : null;
  }
  const isOne = n === null && isSingular(gs);
  return `${atEnd(end)} ${n === null ? (isOne ? '1 ' : '') : `${n} `}${gs} by ${said.of}`;
}
