/** What a sentence about shares asks for: of every group its share, or of one part the share in a whole. */
export type ShareReading =
  | { readonly kind: 'groups'; readonly core: string }
  | { readonly kind: 'part'; readonly narrow: readonly string[]; readonly wide: readonly string[] };

const noun =
  '(?:(?:relative |percentage )?(?:shares?|proportions?|portions?|fractions?|parts?|ratios?|percentages?)|percent|pct|%)(?: ?%)?';
/** One word of it: in a run of words the noun itself could be taken in two ways ("percentage", "percentage part"). */
const nounWord =
  '(?:relative|shares?|proportions?|portions?|fractions?|parts?|ratios?|percentages?|percent|pct|%)';
const saysShares = new RegExp(`(?<![\\w-])${noun}(?![\\w])|\\b(?:mix|relative|composition)\\b|100 ?%`, 'i');

/** Whether a sentence holds a word for shares at all, in whatever construction. */
export const saysShare = (text: string): boolean => saysShares.test(text);

const total = '(?:the |our |a )?(?:total|totals|whole|all|everything|sum|overall total|grand total)';
/** "In percent", "each as % of the total", "and show me percentages of the whole": the form of the answer, at its end. */
const tail = new RegExp(
  `(?:[,;:.?!]? (?:and )?(?:please )?(?:each |all |expressed |shown |given |told |measured )?(?:(?:(?:show|give|tell)(?: me| us)?|i need|i want) )?(?:(?:it|them|this|that) )?(?:as|in|what(?: is| are)?|which|the|is what|makes what|with)(?: their| its)?(?: an?| the| their)? ${noun}(?: of ${total})?|[,;:.?!]? (?:and )?(?:please )?(?:show|give|tell)(?: me| us)? (?:the )?${noun}(?: of ${total})?|[,;:]? ${noun}(?: of ${total})?|,? (?:what|which|how many|how much) ${noun} (?:is|are|was|were|has|have|does|do|makes?) (?:each|every|they|it)(?: one| of (?:them|those|these))?(?: have| make up)?|[,;:]? (?:percentage|percent|%)[- ]?wise|,? (?:versus|relative to|compared to|against) (?:the )?(?:total|whole|rest|sum)|[,;:]? in relative terms|,? (?:in)?to ${noun})$`,
  'i',
);
const head = new RegExp(
  `^(?:and )?(?:in|as|expressed as|as an?|in terms of) (?:an? |the )?${noun},? (?=\\S)`,
  'i',
);
/** "Break tickets down into percentages by priority". */
const inside = new RegExp(
  `(?: down)?,? (?:in|into|as|to)(?: an?| the)? ${noun}(?: of ${total})?(?=,? (?:by|per|across|over|among|for (?:each|every)) )`,
  'i',
);
const polite =
  /(?:[,;.?!]? (?:please|pls|plz|thanks|thx|thank you|for me|if possible)| look(?:s)?(?: like)?)+$/i;

/** Words that only ask; what stands behind them is what is asked for. */
const asking =
  /^(?:(?:please|pls|plz|kindly|hey|hi|can|could|would|will|you|i|we|have|get|need|want|like|wish|to|know|see|show|list|tell|give|me|us|do|compute|calculate|determine|work|out|figure|find|display|say|does|did|convert|turn|put|express|present|what|what's|which|how|big|large|high|much|many|is|was|are|were|the|a|an|our|just|only|one|single|number|quick)(?: *[:,] *| +|$))+/i;

const each = '(?:each|every|which|what|any)(?: of (?:the|our))?(?: single)?';
const groupWords = '(?:(?:all|each|every|the|our|different|various|individual|single|of) )*';
const spreads =
  '(?:(?:do|does|did|are|is|was|were|get|gets|got|have|has|been) )?(?:split|splits|distributed?|distributes|spread|spreads|divided?|divides|broken|break|breaks|shared?|allocated|made)(?: (?:up|down|out))?';
const across = '(?:across|over|among|amongst|between|by|per|into|for|along|in|on|to)';
const lies =
  '(?:(?:that |which )?(?:is|are|was|were|be)? ?(?:falls?|fell|goes|go|went|comes?|came|coming|sits?|sat|belongs?|belonged|lands?|landed|lies?|stands?|ends? up|ended up|made|held|taken|allocated|attributed|attributable|assigned|down|due|is|are|was|were) )?(?:(?:on|onto|to|from|in|into|with|under|of|for|by|at|per) )?';
const makesUp =
  '(?:makes? up|made up|accounts? for|accounted for|represents?|represented|constitutes?|constituted|contributes?|contributed|brings? in|brought in|brings?|brought|holds?|held|has|have|had|takes?|took|gets?|got|generates?|generated|sees?|saw|comprises?|comprised|produces?|produced|pays?|paid|form|forms|formed|deliver|delivers|delivered|own|owns|stands? for|stood for|covers?|covered)';
const wholeWords = '(?:(?:all|total|overall|the|our|of|entire|whole) )*';

const of = (pattern: string): RegExp => new RegExp(`^${pattern}$`, 'i');
const N = `${wholeWords}(?<whole>[^\\s?!;:][^?!;:]*?)`;
const G = `${groupWords}(?<group>[^\\s?!;:][^?!;:]*?)`;

/** Constructions in which a group word stands for every one of its values; what is needed of them is the whole and the group. */
const byGroups: readonly RegExp[] = [
  of(
    `${noun} of ${N},? (?:do|does|did) (?:each|every|the|our|all(?: the)?) (?<group>[^\\s?!;:][^?!;:]*?)(?: ${makesUp}| contributes? to)?`,
  ),
  of(`${noun} of ${N},? ${lies}${each} (?<group>[^\\s?!;:][^?!;:]*?)`),
  of(`${noun} of ${N},? (?:does |did |do )?${each} (?<group>[^\\s?!;:][^?!;:]*?) ${makesUp}`),
  of(
    `${each} (?<group>[^\\s?!;:][^?!;:]*?)(?:'s|'|s)? (?:${noun}|mix|contribution) (?:of|in|to|within|among) ${N}`,
  ),
  of(
    `(?:${noun}|relative|proportional)[- ](?:breakdown|distribution|split|mix|spread|composition) of ${N},? ${across} ${G}`,
  ),
  of(`(?:distribution|breakdown|split|mix|spread|composition) of ${N},? ${across} ${G}`),
  of(`mix of ${N},? ${across} ${G}`),
  of(
    `${noun} of ${N},? (?:by|per|for (?:each|every|all|the)|across|split by|broken down by|in (?:each|every)) ${G}`,
  ),
  of(
    `(?<group>[^\\s?!;:][^?!;:]*?)(?:'s|')? (?:${noun}|mix|split)(?: split| breakdown| distribution)? of ${N}`,
  ),
  // "Win percentage by rep" is a rate: of what has one, a percentage by a group is no share of all.
  of(
    `(?<whole>[^\\s?!;:][^?!;:]*?) (?:shares?|mix|split|(?<=\\w\\ws )${noun})(?: split| breakdown| distribution)? ${across} ${G}`,
  ),
  of(
    `(?<whole>[^\\s?!;:][^?!;:]*?)(?:,|(?<=\\w\\ws)) ${noun} (?:per|by|for (?:each|every)|of (?:each|every)|in (?:each|every)) ${G}`,
  ),
  of(`${noun} (?:per|for|of) ${each} (?<group>[^\\s?!;:][^?!;:]*?) (?:of|in|among|amongst|within|for) ${N}`),
  of(
    `(?<whole>[^\\s?!;:][^?!;:]*?)[?!.;:,]+ (?:(?:please|show|give|tell|me|us|i|we|need|want|list|can|could|you|the|their|its|and|what(?: is| are|'s)?|which) )*${noun} (?:by|per|for (?:each|every)|of (?:each|every)|in (?:each|every)) ${G}`,
  ),
  of(
    `(?:for|of|by|per) (?:(?:each|every|all|the) )*(?<group>[^\\s?!;:][^?!;:]*?),? (?:what(?:'s| is)? |which |show (?:me )?|give (?:me )?)?(?:the |its |their )*${noun} (?:of|in) ${N}(?: (?:does|do|did|is|are|was) (?:it|they|that)(?: .*)?| (?:it|they) ${makesUp}(?: of)?)?`,
  ),
  of(
    `(?:how much (?:does|do|did) )?${each} (?<group>[^\\s?!;:][^?!;:]*?) (?:contributes?|contributed|adds?|added)(?: in)? to ${N}`,
  ),
  of(
    `if ${N} (?:is|are|was|were|=|equals?|makes? up|counts? as|counted as) 100 ?%,? (?:(?:then|how|much|many|what|which|${nounWord}|is|are|was|were|of|the|it|goes|falls|comes|do|does|did|to|on|from|for|in|belongs) )*(?:each|every|the|all|our) (?<group>[^\\s?!;:][^?!;:]*?)(?: ${makesUp})?`,
  ),
  of(
    `(?:which |what )?(?<group>[^\\s?!;:][^?!;:]*?) (?:has|have|had|gets|got|holds|takes|makes up|accounts for) (?:what|which|how (?:big|large|high|much)(?: of)?(?: an?)?) ${noun} of ${N}`,
  ),
  of(
    `(?:the )?(?:${noun} )?contributions? (?:of|by|from) ${each} (?<group>[^\\s?!;:][^?!;:]*?) (?:to|in) ${N}`,
  ),
  of(
    `(?<whole>[^\\s?!;:][^?!;:]*?)[?.!;:,]+ (?:[a-z']+ ){0,5}?${each} (?<group>[^\\s?!;:][^?!;:]*?)(?:'s|'|s)? ${noun}`,
  ),
];

/** The same where the sentence has said before that shares are meant. */
const splitByGroups: readonly RegExp[] = [
  of(
    `${N}[:,;]? how (?:is|are|was|were|does|do)(?: (?:the|it|this|they|that|split|breakdown|distribution|mix|look|divided|distributed))* ${across} ${G}`,
  ),
  of(`(?<group>[^\\s?!;:][^?!;:]*?) (?:distribution|breakdown|split|composition|mix|spread) (?:of|for) ${N}`),
  of(`how (?:do |does |did |are |is |was |were )?${N} ${spreads} ${across} ${G}`),
  of(
    `(?:split|break(?: down| up)?|divide|distribute|spread|group|show|list|give me|show me) ${N},? (?:down |up )?(?:by|per|across|over|among|for (?:each|every)) ${G}`,
  ),
  of(`${N},? (?:${spreads} )?(?:by|per|across|over|among|amongst|for (?:each|every)) ${G}`),
  of(`how much of ${N} ${lies}${each} (?<group>[^\\s?!;:][^?!;:]*?)`),
  of(`how (?:much|many)(?: of)? ${N} (?:do|does|did) ${each} (?<group>[^\\s?!;:][^?!;:]*?) ${makesUp}`),
  of(`how (?:much|many) (?:do|does|did) ${each} (?<group>[^\\s?!;:][^?!;:]*?) ${makesUp}(?: to| of)? ${N}`),
];

const isThe =
  '(?:that |which |who )?(?:(?:is|are|was|were|be|been|being|counts?|counted|marked|classified|flagged|tagged|rated|categori[sz]ed|labell?ed|falls?|fell|belongs?|belonged|qualif(?:y|ies|ied)|concerns?|concerned|comes?|came|go|goes|went|of (?:them|these|those))\\b ?)+(?:as |under |into |to |in |from |about |by |on )?';
const part = '(?<part>[^\\s?!;:][^?!;:]*?)';
const there =
  '(?:,? (?:that |which )?(?:(?:we|i|they|you|there) )?(?:had|have|got|saw|received|were|are|was|is))?';

/** Constructions with one part of a whole. */
const ofPart: readonly RegExp[] = [
  of(
    `(?<whole>[^\\s?!;:][^?!;:]*?)[,;:?.]+ (?:what|which|how (?:many|much)) ${noun}(?: of (?:them|those|these|it))? (?:is|are|was|were|being) ${part}`,
  ),
  of(`${noun} of ${N} ${isThe}${part}`),
  of(
    `(?:out of|of|from|among|amongst|looking at) ${N}${there},? (?:(?:what(?:'s)?|which|how (?:many|much|big|high|large)|the|a|is|are|was|were) )*${noun}(?: of (?:them|these|those))? (?:(?:is|are|was|were|of) )*(?:that |which )?${isThe}?${part}`,
  ),
  of(
    `${noun} of ${part},? (?:among|amongst|in|within|out of|(?:of|against|to|versus|relative to|compared to)(?= (?:all|the total|total|the whole|our total|every)\\b)|of(?= (?:the|our)\\b)) ${N}`,
  ),
  of(
    `(?<part>(?!how\\b)[^\\s?!;:][^?!;:]*?),? (?:(?:expressed|given|shown|told) )?(?:as|in|is what|are what|were what|was what|what|makes? up what|made up what)(?: is| are)?(?: an?| the)? ${noun} of ${N}`,
  ),
  of(
    `${part} (?:vs\\.?|versus|to|over|out of|/) (?:total|all)(?: the| our)? (?<whole>[^\\s?!;:][^?!;:]*?),? (?:in |as )?${noun}`,
  ),
  of(`${noun} of ${N},? (?:do|does|did) ${part} (?:${makesUp}|contribute to)`),
  of(`${noun} of ${wholeWords}(?<joined>[^\\s?!;:][^?!;:]*?) ${makesUp}`),
  of(`${noun} (?:do |does |did |the )*${part} (?:${makesUp}|contributed? to)(?: (?:of|in|among|to))? ${N}`),
  of(`(?:how (?:much|many) (?:do|does|did) )(?:the )?${part} (?:contribute|add)(?: in)? to ${N}`),
  of(`(?<part>(?!how\\b)[^\\s?!;:][^?!;:]*?)(?:'s|')? ${noun} (?:of|in|among) ${N}`),
];

/** The same where the sentence has said before that a share is meant. */
const toldPart: readonly RegExp[] = [
  of(`how often (?:is|are|was|were|do|did) (?<joined>[^\\s?!;:][^?!;:]*?)`),
  of(`how (?:much|many) of ${N}(?: volume| count| load| total)? ${isThe}${part}`),
  of(`how (?:much|many) (?:of )?${N}(?: volume| count| load| total)? ${isThe}${part}`),
];

/** "What share the urgent tickets made up": the whole is not named at all. */
const partAlone = of(`${noun} (?:do |does |did |the |our )*${part} ${makesUp}`);

/** Words that ask or share something out are no name of a group, a part or a whole. */
const isNoName = new RegExp(
  `(?:^|\\s)(?:how|what|which|each|every|do|does|did|show|give|tell|${noun})(?=\\s|$)`,
  'i',
);

const mostAdjectives = 3;

/**
 * The ways in which a sentence may speak of shares, likeliest first: what stands before "share of" may be a group ("the
 * priority shares of tickets") or a part ("the urgent share of tickets"). Which of them is meant tells the catalogue.
 *
 * @param text a tidied question without its full stop
 * @param time the words of it that say when; they hold for whole and part
 */
export function shareReadings(text: string, time: string): readonly ShareReading[] {
  if (!saysShare(text)) return [];
  const bare = withoutTime(text, time);
  const plain = bare.replace(polite, '');
  const cut = plain.replace(head, '').replace(tail, '').replace(inside, '');
  const timed = (words: string): string => (time === '' ? words : `${words} ${time}`);
  const readings = [plain, ...(cut === plain ? [] : [cut])].flatMap((sentence, at) => {
    const asked = sentence.replace(asking, '');
    const isTold = at === 1;
    return [
      ...groupReadings(isTold ? [sentence, asked] : [asked, sentence], isTold, timed),
      ...partReadings(isTold ? [sentence, asked] : [asked, sentence], isTold, timed),
    ];
  });
  const unnamed = partAlone.exec(plain.replace(asking, ''))?.groups?.['part'];
  const alone = unnamed ?? (cut === plain ? '' : cut.replace(asking, ''));
  return [...readings, ...(isNoName.test(alone) ? [] : wholesBehind(alone, timed))];
}

/** "Last month, what part of the tickets was urgent": the sentence without its time, as if it had none. */
function withoutTime(text: string, time: string): string {
  const at = time === '' ? -1 : text.toLowerCase().indexOf(time.toLowerCase());
  const rest = at === -1 ? text : `${text.slice(0, at)} ${text.slice(at + time.length)}`;
  return rest
    .replace(/ ?\(([^()]*)\)/g, ', $1')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,?.!:;])/g, '')
    .replace(/^[ ,:;-]+|[ ,;:?!.-]+$/g, '');
}

type Timed = (words: string) => string;

function groupReadings(sentences: readonly string[], isTold: boolean, timed: Timed): ShareReading[] {
  return matches(sentences, isTold ? [...splitByGroups, ...byGroups] : byGroups).flatMap(
    ({ whole, group }) =>
      whole === undefined || group === undefined || isLong(group)
        ? []
        : [{ kind: 'groups', core: timed(`${whole} by ${group.replace(/^(?:the|our|each|every) /i, '')}`) }],
  );
}

const isLong = (words: string): boolean => words.split(' ').length > 4;

function partReadings(sentences: readonly string[], isTold: boolean, timed: Timed): ShareReading[] {
  return matches(sentences, isTold ? [...toldPart, ...ofPart] : ofPart).flatMap((said) => {
    const { whole, joined } = said;
    if (joined !== undefined) return joinedReadings(joined, timed);
    const words = said.part?.replace(/^(?:the|our|that|which) /i, '');
    if (whole === undefined || words === undefined) return [];
    return [{ kind: 'part', narrow: narrowed(whole, words).map(timed), wide: [timed(whole)] }];
  });
}

/** "What share of total tickets urgent accounts for": where the whole ends and the part begins is told by nothing. */
function joinedReadings(words: string, timed: Timed): ShareReading[] {
  const parts = words.split(' ');
  return parts.slice(1, mostAdjectives + 1).map((_, index) => {
    const whole = parts.slice(0, index + 1).join(' ');
    const narrow = narrowed(whole, parts.slice(index + 1).join(' ')).map(timed);
    return { kind: 'part', narrow, wide: [timed(whole)] };
  });
}

/** "Urgent tickets, what % of the total": the whole is what is left without what stands before the noun. */
function wholesBehind(words: string, timed: Timed): ShareReading[] {
  const parts = words.split(' ');
  const wide = parts.slice(1, mostAdjectives + 1).map((_, index) => parts.slice(index + 1).join(' '));
  return wide.length === 0 ? [] : [{ kind: 'part', narrow: [timed(words)], wide: wide.map(timed) }];
}

/** Part and whole in one, in the words that may join them. */
function narrowed(whole: string, words: string): readonly string[] {
  const head = whole.split(' ').map((word) => word.toLowerCase());
  const isNamed = words
    .split(' ')
    .some((word) => head.includes(word.toLowerCase()) || `${word}s` === head[0]);
  if (isNamed) return [words, `${whole} with ${words}`];
  return [
    `${words} ${whole}`,
    `${whole} that are ${words}`,
    `${whole} of ${words}`,
    `${whole} with ${words}`,
  ];
}

/** The words of a construction that name what is shared out, by what, and which part of it. */
interface Said {
  readonly whole?: string;
  readonly group?: string;
  readonly part?: string;
  /** Whole and part, with nothing between them. */
  readonly joined?: string;
}

function matches(sentences: readonly string[], patterns: readonly RegExp[]): readonly Said[] {
  const found = patterns.flatMap((pattern) =>
    [...new Set(sentences)].flatMap((sentence): readonly Said[] => {
      const groups = pattern.exec(sentence)?.groups;
      return groups && Object.values(groups).every((words) => !isNoName.test(words)) ? [groups] : [];
    }),
  );
  return [...new Map(found.map((said) => [JSON.stringify(said), said])).values()];
}
