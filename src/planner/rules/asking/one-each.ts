import { rephrased, type Turn } from '../turn.ts';
import type { KnownWords } from './known-words.ts';

const mark =
  '(?:rows?|lines?|bars?|points?|dots?|columns?|slices?|entry|entries|values?|figures?|numbers?|data ?points?|cells?|items?|sections?|curves?|readings?)';
const unit = '(?:hour|day|week|month|quarter|year)';
const perUnit = new RegExp(
  `\\b(?:by|per|each|every) ${unit}\\b|\\b(?:hourly|daily|weekly|monthly|quarterly|yearly)\\b`,
  'i',
);
const each = '(?:each|every|all(?: of)?|any|one|a|the|our|single|individual)';
const adverbs: Readonly<Record<string, string>> = {
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
  annual: 'year',
};
const adverb = `(${Object.keys(adverbs).join('|')})`;
const wish =
  "(?:(?:please|pls|and|but|so|also|just|only|ideally|preferably|with|as|in|using|showing) )*(?:(?:i|we)(?:'d| would)? (?:just |only |also )?(?:need|want|like|prefer)(?: to (?:see|have|get))? |(?:show|give|draw|make)(?: me| us)? |(?:can|could) (?:i|we) (?:get|have|see) )?";
/** A group as it may be said: checked against what is known. */
const group = '(?:[a-z][a-z-]* ){0,2}?[a-z][a-z-]*';

/** One mark for each of something, a step of time: "per" says it for every form of an answer. */
const turns: readonly Turn[] = [
  // "One row per region", "with a bar for each channel", "one point for every week".
  [
    new RegExp(
      `,? (?:${wish})(?:(?:exactly )?(?:one|a|an|1|its own|separate|the(?=[a-z ]* (?:each|every) ))(?: single| separate| own)? |(?:single|separate|individual) )${mark} (?:for|per|by) (?:${each} )*(?=[a-z])`,
      'gi',
    ),
    ' per ',
  ],
  // "Separately for every category", "individually for each": so "per".
  [
    new RegExp(
      `,? (?:separately|individually|one by one|apart|split out) (?:for|by|per|in) (?:${each} )*(?=[a-z])`,
      'gi',
    ),
    ' per ',
  ],
  [
    new RegExp(
      `\\bfor (?:each|every|all)(?: of)?(?: the| our)? (${group}),? (?:individually|separately|one by one|apart|on (?:its|their) own|by (?:itself|themselves))`,
      'gi',
    ),
    'per $1',
  ],
  // "For every single region", "in the different channels".
  [
    /\b(?:(?:for|in|of|across|over|between|by) (?:(?:each|every) (?:single|individual|one of the)|(?:all )?(?:the|our) (?:various|different|individual|respective|single|separate))|(?:across|between|by|for) (?:various|different)) (?=[a-z])/gi,
    'per ',
  ],
  // "Listed per region", "aggregated by week", "in a table by stage".
  [
    /,? (?:listed|shown|displayed|presented|reported|arranged|itemi[sz]ed|tabulated|laid out|detailed|aggregated|summed(?: up)?|totall?ed|bucketed) (?=(?:by|per|for each|for every)\b)/gi,
    ' ',
  ],
  [
    /,? (?:in|as) (?:a |an )?(?:table|grid|matrix|tabular form|table form)(?: format)?(?= (?:by|per|for|with)\b|[?.!]*$)/gi,
    '',
  ],
  [
    new RegExp(
      `,? with (?:the )?(${group}) as (?:the )?(?:rows?|columns?|lines?|bars?|categor(?:y|ies))\\b`,
      'gi',
    ),
    ' per $1',
  ],
  // "On a weekly basis", "in monthly steps", "daily values".
  [new RegExp(`,? on an? per[- ](${unit}) basis\\b`, 'gi'), ' per $1'],
  [
    new RegExp(`,? (?:as|in) an? ${adverb} (?:line|curve|chart|graph|plot|bar chart|line chart)\\b`, 'gi'),
    perOf,
  ],
  [new RegExp(`,? (?:on|at) an? ${adverb} (?:basis|level|rhythm|cadence|grain)\\b`, 'gi'), perOf],
  [
    new RegExp(
      `,? (?:in |as |with |at )?${adverb} (?:steps?|intervals?|buckets?|increments?|chunks?|points?|values|granularity|cadence|splits?)\\b`,
      'gi',
    ),
    perOf,
  ],
  [
    new RegExp(
      `\\b(?:the )?${adverb} (trend|course|curve|development|timeline|history|evolution) (?:of|for|in) ([^?.!]+)`,
      'i',
    ),
    (_all = '', step = '', noun = '', of = '') => `${noun} of ${of}${perOf('', step)}`,
  ],
  // "Week after week", "from month to month".
  [new RegExp(`\\b(${unit})s? after (?:\\1)\\b`, 'gi'), 'by $1'],
  [new RegExp(`(?<!\\bchanges? )\\bfrom (${unit}) to \\1\\b`, 'gi'), 'by $1'],
];

function perOf(_all = '', step = ''): string {
  return ` by ${adverbs[step.toLowerCase()] ?? step}`;
}

const drawing =
  "(?:(?:please|pls|can you|could you|would you) )*(?:(?:show|give|draw|plot|chart|graph|sketch|list|track|follow|watch|see|trace)(?: me| us)? |i(?:'d| would)? (?:want|like|need) to (?:follow|track|watch|trace|see|observe) )";
const curve =
  /[,.;?!-] (?:so |and )?(?:(?:i|we)(?:'d| would)? (?:need|want|like)(?: to see)?|show me|let me see|to see) (?:the|a|its) (?:curve|trend|course|development|chart|graph|line|movement)(?: of it| over time)?[.!]*$/i;
const courses: readonly Turn[] = [
  [
    new RegExp(`^${drawing}(?:the )?(?:course|curve|line|development|progress|path) of (?=\\S)`, 'i'),
    'trend of ',
  ],
  [
    new RegExp(
      `^${drawing}how (?:the |our )?(\\S.*?) (?:has |have |had )?(?:moved|changed|developed|evolved|went|gone|progressed|behaved|ran)\\b(?: over time)?`,
      'i',
    ),
    'trend of $1',
  ],
  [
    /^(?:please )?(?:i(?:'d| would)? (?:want|like|need) to )?(?:follow(?! up\b)|track(?! records?\b)|watch|trace|observe) (?=\S)/i,
    'show ',
  ],
  [/\btrend ?lines? (?:for|of) /gi, 'trend of '],
  // "How did it change week by week": its course, and no other period.
  [
    new RegExp(
      `^how (?:did|has|have|does|do) (?:the |our )?(\\S.*?) (?:changed?|develop(?:ed)?|moved?|evolved?|vary|varied|progress(?:ed)?),? (?:${unit} )?(?=(?:by|per|each|every) ${unit}\\b)`,
      'i',
    ),
    'trend of $1 ',
  ],
];

/** "Over time" and "trend" say nothing more beside a step of time. */
function inCourse(text: string): string {
  const cut = text.replace(curve, '');
  const asked = cut === text || perUnit.test(cut) ? cut : `${cut} over time`;
  const said = rephrased(asked, courses);
  return perUnit.test(said) && said !== text ? said.replace(/\bover time,? /i, '') : said;
}

type Said = Readonly<Record<string, string>>;
interface Whole {
  readonly pattern: RegExp;
  readonly put: (said: Said, known: KnownWords) => string | null;
}

const lead =
  "(?:(?:please|pls|let me|(?:can|could|would) (?:you|i|we)|i(?:'d| would)? (?:want|like|need)(?: to)?) )*(?:(?:show|give|list|make|do|see|have|get|create|build|put|set|compare|display|draw)(?: me| us)? )?";
const own = '(?:(?:all|the|our|of|every|each) )*';
const put = ({ gs = '', m = '' }: Said, { isGroup, opensWithFigure }: KnownWords): string | null =>
  isGroup(gs) && opensWithFigure(m) ? `${m} by ${gs}` : null;

/** A wish for the same once more: "I need it", "can you split that", "show the numbers". */
const wished =
  "(?:(?:i|we)(?:'d| would)? (?:just |only |also )?(?:need|want|like|prefer|love)(?: to (?:see|have|get))? |(?:can|could|would|will) (?:you|i|we) (?:please )?(?:get|have|see|do|show|give|split|break|make|group|cut) (?:me |us )?|(?:show|give|split|break|group|cut|slice|make|list|do|send)(?: me| us)? )";
const pointed = '(?:it|that|this|them|those|all|everything|the (?:numbers?|figures?|results?|total|data))';

/** The groups stand apart from their figure. */
const wholes: readonly Whole[] = [
  // "Table of all regions and their won amount".
  {
    pattern: new RegExp(
      `^${lead}(?:a |an |the )?(?:table|list|overview|chart|matrix|graph|comparison|sheet) (?:of|with|for|showing) ${own}(?<gs>${group}),? (?:and|with|showing|plus|along with|together with|including|by) (?:their|its|the) (?<m>\\S.*)$`,
      'i',
    ),
    put,
  },
  // "Regions side by side: won amount", "all agents next to each other on CSAT".
  {
    pattern: new RegExp(
      `^${lead}${own}(?<gs>${group}) (?:side by side|next to each other|beside each other|against each other|head to head|compared|in comparison|one by one)(?: ?[:,-]| by| on| for| in terms of| with) (?:their |the )?(?<m>\\S.*)$`,
      'i',
    ),
    put,
  },
  // "How do tickets look across all priorities", "how does CSAT look in every channel".
  {
    pattern: new RegExp(
      `^(?<when>[^,]{3,30}, )?how (?:do|does|did|is|are|was|were|has|have) (?:the |our )?(?<m>\\S.*?) (?:look|looks|looking|looked|do|doing|stand|compare|vary|differ|distributed|spread|perform)(?: like)?(?: out)? (?:across|over|between|among|amongst|in|for|by|per) ${own}(?<gs>${group})(?<rest>(?: (?:in|on|this|last|since|over|during|so|from|yesterday|today)\\b.*)?)[?.!]*$`,
      'i',
    ),
    put: (said, known) => {
      const { gs = '', m = '', rest = '', when = '' } = said;
      return put({ gs, m }, known) === null ? null : `${when}${m} by ${gs}${rest}`;
    },
  },
  // "Compare won amount between the regions", "compare CSAT of all channels".
  {
    pattern: new RegExp(
      `^(?:(?:please|pls|can you|could you) )*compare (?:the |our )?(?<m>\\S.*?) (?:between|across|among|amongst|over|of|for) ${own}(?<gs>${group})(?<rest>(?: (?:in|on|this|last|since|over|during|so|from|yesterday|today)\\b.*)?)[?.!]*$`,
      'i',
    ),
    put: (said, known) => {
      const { gs = '', m = '', rest = '' } = said;
      return /s$/i.test(gs) && put({ gs, m }, known) !== null ? `${m} by ${gs}${rest}` : null;
    },
  },
  // "Won amount this year? I need it by region": the second sentence says only how to split.
  {
    pattern: new RegExp(
      `^(?<m>[^?.!;]{3,}?) ?[?.!;,-]+ (?:(?:please|pls|and|but|so|also|just|ideally|preferably) )*(?:${wished}(?:${pointed} )?|(?:please )?${pointed} )(?:(?:to|for) (?:me|us) )?(?:(?:split|broken|grouped|sliced|cut|divided|separated|shown|listed|down|out|up|please) )*(?:(?:by|per|for each|for every) (?:the )?(?<gs>${group})|${adverb.replace('(', '(?<step>')})(?: (?:please|pls|thanks|thank you|if possible))*[?.!]*$`,
      'i',
    ),
    put: ({ m = '', gs = '', step }, { isGroup }) =>
      step !== undefined
        ? `${m}${perOf('', step)}`
        : isGroup(gs) || new RegExp(`^${unit}s?$`, 'i').test(gs)
          ? `${m} by ${gs}`
          : null,
  },
  // "Split won amount into regions", "differences in CSAT between teams", "the regions compared by won amount".
  {
    pattern: new RegExp(
      `^(?:(?:please|pls|can you|could you) )*(?:split|break|divide|cut|slice) (?:the |our )?(?<m>\\S.*?) (?:up |down )?into (?:the |our |its )*(?<gs>${group})[?.!]*$`,
      'i',
    ),
    put,
  },
  {
    pattern: new RegExp(
      `^${lead}(?:the )?differences? (?:in|of) (?:the |our )?(?<m>\\S.*?) (?:between|across|among) ${own}(?<gs>${group})(?<rest>(?: (?:in|on|this|last|since|over|during|so|from|yesterday|today)\\b.*)?)[?.!]*$`,
      'i',
    ),
    put: (said, known) =>
      put(said, known) === null ? null : `${said['m'] ?? ''} by ${said['gs'] ?? ''}${said['rest'] ?? ''}`,
  },
  {
    pattern: new RegExp(
      `^${lead}(?:compare )${own}(?<gs>${group}) (?:by|on|in terms of|for|regarding) (?:their |the )?(?<m>\\S.*)$`,
      'i',
    ),
    put,
  },
  // "Won amount for all regions": one number of them all would need no such words.
  {
    pattern: new RegExp(
      `^(?!.*\\b(?:total|overall|combined|together|altogether|sum)\\b)${lead}(?:the |our )?(?<m>\\S.*?) for all (?:the |our |of the )?(?<gs>${group}s)(?<rest>(?: (?:in|on|this|last|since|over|during|so|from|yesterday|today)\\b.*)?)[?.!]*$`,
      'i',
    ),
    put: (said, known) => {
      const { m = '', gs = '', rest = '' } = said;
      return known.isProperty(gs) && known.opensWithMetric(m) ? `${m} by ${gs}${rest}` : null;
    },
  },
  // "Go through the regions and give me won amount for each", "region by region: won amount".
  {
    pattern: new RegExp(
      `^(?:please )?(?:go|run|walk|step)(?: me)? (?:through|over) ${own}(?<gs>${group})(?:,| and)(?: then)? (?:(?:give|show|tell|list)(?: me| us)? )?(?:the |their )?(?<m>\\S.*?)(?: (?:for|of|per|by) (?:each|every one|all)(?: (?:one|of them))?)?[?.!]*$`,
      'i',
    ),
    put,
  },
  { pattern: new RegExp(`^(?<gs>${group}) (?:by|for) \\k<gs>[:,-]? (?:the |our )?(?<m>\\S.*)$`, 'i'), put },
  // "How much of the won amount came from each region".
  {
    pattern: new RegExp(
      `^how much (?:of (?:the |our )?)?(?<m>\\S.*?) (?:came|comes|come|originated|was made|stems|stemmed) (?:from|in|with|through|via) (?:each|every|which|the individual) (?<gs>${group})[?.!]*$`,
      'i',
    ),
    put,
  },
  // "Split won amount this year up by month": the particle stands behind.
  {
    pattern:
      /^(?:(?:please|pls|can you|could you) )*(?:split|break|slice|cut|divide|separate|carve|group) (?:the |our )?(?<m>\S.*?) (?:up|down|out|apart|into)? ?(?:by|per|along|according to) (?=\S)/i,
    put: ({ m = '' }, { opensWithFigure }) => (opensWithFigure(m) ? `${m} by ` : null),
  },
];

/**
 * "One row per region", "won amount? I need it for every region individually", "tickets by week, I want to see the curve":
 * however the marks of an answer are told, it is split by that.
 *
 * @param text a tidied question
 */
export function inGroups(text: string, known: KnownWords): string {
  const stepped = rephrased(text, turns);
  const said = inCourse(stepped);
  return wholes.reduce((words, { pattern, put: other }) => {
    const match = pattern.exec(words);
    const plain = match === null ? null : other({ ...match.groups }, known);
    return match === null || plain === null ? words : plain + words.slice(match[0].length);
  }, said);
}
