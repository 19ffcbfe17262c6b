import { pastForms } from './canonical.ts';
import { monthPattern } from './time/time-words.ts';
import { rephrased, type Turn } from './turn.ts';

const degree =
  '(?:higher|lower|bigger|larger|smaller|greater|better|worse|longer|shorter|busier|quieter|happier|healthier|stronger|weaker|more|fewer|less)';

/** A name as it is written or quoted, with what may stand around it. */
const name = '(?:"[^"]+"|\\p{Lu}[\\p{L}\\d&-]*(?: \\p{Lu}[\\p{L}\\d&-]*)*)';
const place = '(?:(?:in|from|for|at|with|by|via|through|on|of) )?(?:the |our |my )?';
const own = "(?:'s|s'|')?";

const notTime = `(?!(?:${monthPattern}|Q[1-4]|H[12])\\b)`;
/** "Naomi or Luis", "in EMEA or in the Americas", "Naomi's or Luis's". */
const either = new RegExp(
  `(?:,|:|;)? ?(?:either )?${place}${notTime}(?<one>${name})${own},? or ${place}(?<other>${name})${own}(?![\\p{L}\\d])(?:[:;,?])?`,
  'u',
);
/** "By email or by phone", "via chat or phone": values in lower case, told by how they are reached. */
const eitherWay =
  /(?:,|:|;)? ?(?:by|via|through|from) (?:the )?(?<one>[\p{L}-]+) or (?:(?:by|via|through|from) )?(?:the )?(?<other>[\p{L}-]+)(?=[\s?.!]*$|,| (?:this|last|in|today))/u;

const light =
  '(?:bring(?:s|ing)? in|brought in|bring(?:s|ing)?|brought|makes?|made|making|generates?|generated|gets?|got|getting|has|have|had|having|earns?|earned|produces?|produced|sees?|saw|do|does|did)';

/** Who or which of the two, whether they do: nothing but the figure is left of it. */
const openings: readonly (readonly [RegExp, string])[] = [
  [/^(?:so |and |please |tell me |can you tell me |do you know )+/i, ''],
  [new RegExp(`^whose (.+?) (?:is|are|was|were) (?:the )?${degree}\\b(?! than)`, 'iu'), '$1'],
  [/^whose (.+?) (?:is|are|was|were) (?:the )?(?:slower|faster|quicker)\b/iu, '$1'],
  [
    /^(?:who|which (?:one|of (?:them|the two|these|those)|(?!of\b)[\p{L}-]+(?: (?:rep|agent|team|region|customer|account))?))(?= )/iu,
    '',
  ],
  [/^(?:where|when) (?=(?:do|does|did|is|are|was|were|have|has) )/i, ''],
  [/^ ?(?:is|are|was|were|do|does|did|has|have|had|will)\b(?: (?:we|there|i))?/i, ''],
];

/** "Who has won more deals, A or B", "does A or B bring in more revenue", "whose pipeline is bigger, A's or B's": the figure of each. */
export function ofTwoNamed(text: string): string {
  const said = new RegExp(`\\b${degree}\\b(?! than\\b)`, 'iu');
  const match = said.test(text) ? (either.exec(text) ?? eitherWay.exec(text)) : null;
  const { one, other } = match?.groups ?? {};
  if (!match || one === undefined || other === undefined) return text;
  const around = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
    .replace(/^[\s,:;]+/, '')
    .replace(/ {2,}/g, ' ');
  const isAsked = /^(?:who|whose|which|what|is|are|was|were|do|does|did|has|have|had|where|so|and)\b/i.test(
    around,
  );
  if (!isAsked && match.index > 0) return text;
  const bare = openings.reduce((words, [turn, put]) => words.replace(turn, put).trimStart(), around);
  const figure = bare
    .replace(new RegExp(`^(?:${light} )*(?:(?:a|the) )?${degree}(?: of (?:a|the))? ?`, 'iu'), '')
    .replace(new RegExp(`^(?<verb>[a-z]+?)(?<s>s)? (?:(?:a|the) )?${degree} `, 'iu'), (all, verb: string) => {
      const past = pastForms[verb.toLowerCase()] ?? pastForms[all.split(' ')[0]?.toLowerCase() ?? ''];
      return `${past ?? all.split(' ')[0] ?? ''} `;
    })
    .replace(new RegExp(` (?:is|are|was|were) ${degree}\\b|\\b${degree} (?!than\\b)`, 'iu'), ' ')
    .replace(/[\s,:;?.!]+$/, '')
    .trim();
  return figure === '' ? text : `${figure} for ${one} versus ${other}`;
}

const both = `(?<one>${name})${own} (?:and|with|to|versus) (?<other>${name})`;
const compare = '(?:(?:[Pp]lease|[Cc]an you|[Cc]ould you|let us) )*[Cc]ompar(?:e|ing)';

/** "Compare A and B on tickets solved", "how do A and B compare in revenue", "difference in ARR between A and B". */
const namedTwo: readonly RegExp[] = [
  new RegExp(
    `^${compare} ${place}${both}${own},? (?:on|by|in|for|regarding|in terms of|with regard to) (?:their |the )?(?<figure>\\S.*)$`,
    'u',
  ),
  new RegExp(
    `^${compare} (?:the |our )?(?<figure>[^,]+?) (?:between|of|for|in|at) ${place}${both}(?<rest>.*)$`,
    'u',
  ),
  new RegExp(`^${compare} ${place}${both}(?:'s|s')(?: own)? (?<figure>\\S.*)$`, 'u'),
  new RegExp(
    `^[Hh]ow (?:do|did|does) ${place}${both} (?:compare|stack up|differ)(?: to each other)? (?:on|by|in|for|regarding|in terms of) (?:their |the )?(?<figure>\\S.*)$`,
    'u',
  ),
  new RegExp(
    `^(?:(?:[Ww]hat is|what's|show me|how big is|how large is) )?(?:[Tt]he )?(?:[Dd]ifference|gap) (?:in|of) (?<figure>\\S.*?) between ${place}${both}(?<rest>.*)$`,
    'u',
  ),
  new RegExp(
    `^(?:(?:[Ww]hat is|what's|show me|how big is|how large is) )?(?:[Tt]he )?(?:[Dd]ifference|gap) between ${place}${both}(?:'s)? (?:in|on|for|by) (?<figure>\\S.*)$`,
    'u',
  ),
];

/** "Difference between tickets opened and tickets solved last week", "new leads minus converted leads": both figures. */
const figures: readonly Turn[] = [
  [
    new RegExp(
      `^(?:(?:what is|what's|show me|how big is|how large is) )?(?:the )?(?:difference|gap) between (?!${place}${name}(?:'s)? and ${name})(\\S.*? and \\S.*)$`,
      'u',
    ),
    '$1',
  ],
  [/^(?:the )?(\S.*?) minus (?=(?:the )?(?:last|previous|prior) |yesterday|today)/i, '$1 versus '],
  [/^(?:the )?([a-z][a-z ]*?) minus (?:the )?(?=[a-z])/i, '$1 and '],
];

export function ofBothNamed(text: string): string {
  for (const pattern of namedTwo) {
    const { one, other, figure, rest = '' } = pattern.exec(text.replace(/[?.!]+$/, ''))?.groups ?? {};
    if (one !== undefined && other !== undefined && figure !== undefined)
      return `${figure}${rest} for ${one} versus ${other}`;
  }
  return rephrased(text, figures);
}
