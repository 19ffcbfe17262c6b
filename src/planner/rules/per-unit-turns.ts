import { rephrased, type Turn } from './turn.ts';

const unit = '(hour|day|week|month|quarter|year)';
const one = '(?:one|a|an|1|single|a single)';
const mark =
  '(?:points?|data points?|values?|numbers?|figures?|rows?|lines?|bars?|entry|entries|results?|totals?)';
const each = '(?:per|for (?:each|every|a)|each|every|by)';
const typical = '(?:average|typical|normal|usual|regular|ordinary|mean)';

/** How a figure is laid out along time or over groups: one value for each. */
const courses: readonly Turn[] = [
  // "With one point per day", "one value for every week", "a line for each agent".
  [
    new RegExp(
      `[,;:.?]?(?: with| as| in| and)? ${one} (?:single )?${mark} ${each} (?!for\\b|of\\b|in\\b|on\\b|by\\b)(?=[a-z])`,
      'gi',
    ),
    ' by ',
  ],
  [
    /\b(?:on|in) an? (hourly|daily|weekly|monthly|quarterly|yearly) (?:basis|rhythm|level|view|cadence)\b/gi,
    '$1',
  ],
  // "How API calls moved from day to day".
  [
    new RegExp(
      `(?<=\\w )(?:moved?|moving|moves|changed?|changes|developed?|develops|evolved?|went|go|goes|looked|ran) from (?:one )?${unit} to (?:the next|\\1)\\b`,
      'gi',
    ),
    'by $1',
  ],
  // "How has it changed each week": the value of each of them shows it.
  [
    new RegExp(
      `^how (?:has|have|did|do|does) (?:the |our |my )?(\\S.*?) (?:changed?|developed?|evolved?|moved?|progressed?|gone|go|looked|look) (?:each|every|by|per) ${unit}\\b`,
      'i',
    ),
    '$1 by $2',
  ],
  [
    /^(?:the )?(?:development|evolution|course|progression|progress) of (?=.*\b(?:by|per|each|every) (?:day|week|month|quarter)\b)/i,
    '',
  ],
  [
    /^(daily|weekly|monthly|quarterly) (?:trend|course|development|evolution|progression|trend ?line) (?:of|in|for) (?=\S)/i,
    '$1 ',
  ],
  [
    /\b(?:the )?(?:course|history|trajectory|curve|timeline) of (?=.*\b(?:by|per|each|every|day|week|month) (?:by )?(?:day|week|month|quarter)\b)/i,
    '',
  ],
  [
    /\b(hourly|daily|weekly|monthly|quarterly) (?:values?|figures|numbers|points|totals|readings) (?:of|for) (?=\S)/gi,
    '$1 ',
  ],
  [
    /\b(day|week|month|quarter)-by-\1\b/gi,
    (_all = '', said = '') => (/^day/i.test(said) ? 'daily' : `${said.toLowerCase()}ly`),
  ],
  // "Split API calls in May into single days".
  [
    new RegExp(
      `^(.*?,? ?)\\b(?:split|break|cut|divide)(?: up| down)? (\\S.*?) (?:into|in|to) (?:the )?(?:single |individual |separate )?${unit}s\\b`,
      'i',
    ),
    '$1$2 by $3',
  ],
  // "How did the logins go over time? By week".
  [
    new RegExp(
      `\\bhow (?:did|do|does|has|have) (?:the |our |my )?(\\S.*?) (?:gone|go|went|run|move|moved|develop|developed|evolve|evolved|change|changed)(?: over time)? (?=by ${unit}\\b)`,
      'i',
    ),
    '$1 ',
  ],
];

/** A mean of several days, weeks or months, said in other words. */
const means: readonly Turn[] = [
  [new RegExp(`\\b(?:in|on|over|for|during|within) an? ${typical} ${unit}\\b`, 'gi'), 'per $1 on average'],
  [new RegExp(`^averaged (?:over|across|by) (?:the |all )?${unit}s,? (.*)$`, 'i'), '$2 per $1 on average'],
  [new RegExp(`,? averaged (?:over|across|by) (?:the |all )?${unit}s\\b`, 'gi'), ' per $1 on average'],
  [
    new RegExp(
      `\\bdo(?:es)? (?:an?|the|each|every|one) (?:${typical} )?${unit} (?:usually |normally )?(?:bring|give|get|see|have|produce|yield)(?:s)?(?: us| me)?\\b`,
      'gi',
    ),
    'do we get per $1',
  ],
  // "How many tickets per day we average": the verb says what the adverb says.
  [/\b(?:do |did |are )?we (?:average|averaged|averaging)\b/gi, 'did we get on average'],
  [
    /^(how (?:many|much) \S.*?) (?:is|was|are|were|would) (?:that|it|this)(?: be)? (?=per \w+ on average)/i,
    '$1 ',
  ],
  [/,? as an average\b|,? averaged(?=\s*[?.!]*$)/gi, ' on average'],
  [/\b(?:was|is|were|are) (?:it|that|this) (?=on average\b)/gi, ''],
  [
    /\b(hour|dai|week|month|quarter)l?y on average\b/gi,
    (_all = '', said = '') => `per ${/^dai/i.test(said) ? 'day' : said} on average`,
  ],
  [
    new RegExp(
      `^(?:an? |the )?${typical} ${unit}((?: (?:this|last|in|since) \\w+)*)[:,] ?(how many \\S.*?)([?.!]*)$`,
      'i',
    ),
    '$3 per $1 on average$2$4',
  ],
  [/\bon average\b(.*?),? on average\b/gi, 'on average$1'],
];

/** Said before a figure: that it is one, or that it is to be worked out. */
const leads: readonly Turn[] = [
  [
    /^(?:please |pls |just )?(?:(?:i (?:just |only )?(?:need|want)|i'd like|give me|show me|tell me|need|only|just) )?(?:one|1|a single|a) (?:figure|number|value)[:,] ?/i,
    '',
  ],
  [
    /^(?:(?:please|pls|can you|could you|would you|will you) )*(?:calculate|compute|work out|figure out|determine) (?=\S+ \S)/i,
    '',
  ],
  [
    /^(?:(?:please|pls|can you|could you|would you|will you) )*(?:add|sum|total) up (?:for me )?(?:the )?(?=\S+ \S)/i,
    'total ',
  ],
];

/** @param text a tidied question */
export const inUnitForm = (text: string): string =>
  rephrased(text, [...leads, ...courses, ...means])
    .replace(/ {2,}/g, ' ')
    .trim();
