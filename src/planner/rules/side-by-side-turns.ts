import { monthPattern, weekdayPattern } from './time/time-words.ts';
import { rephrased, type Turn } from './turn.ts';

const period = `(?:(?:this|last|next|past|previous|prior|the last|today|yesterday|tomorrow|${monthPattern}|${weekdayPattern}|q[1-4]|h[12]|20\\d\\d)(?![\\p{L}\\d]))`;
const preposition = '(?:for|of|in|from|at|on|via|by|with|through|among)';
/** What one of two is called: a quoted name, or some words that join nothing. */
const value = `(?:"[^"]+"|(?!${period})[\\p{L}\\d&'./-]+(?: (?!(?:and|or|versus|vs|compare|than|side|${preposition})\\b|${period})[\\p{L}\\d&'./-]+){0,3}?)`;
const polite = '(?:(?:please|pls|can you|could you|would you|now|just|let us|lets) )*';
const asks = '(?:what|how much|how many|which)(?: (?:is|was|were|are|about|did|do))?';
const word = (pattern: string): RegExp => new RegExp(pattern, 'giu');

/** Each puts "versus" between the two of which the same figure is asked for. */
const turns: readonly Turn[] = [
  [
    word(
      `^${polite}(?:(?:give|show|tell|send)(?: me| us)?|i need|i want) (?:both|(?:two|both|these|the two|three|\\d) (?:numbers|figures|values))[:,] ?`,
    ),
    '',
  ],
  [
    word(
      `^${polite}(?:(?:i(?:'d| would) like|i need|i want|give me|show me|show|do|make|can i get|get me) )?(?:a |the )?(?:quick |direct )?comparison (?:of |for )?(?!to\\b|with\\b)(?=\\S)`,
    ),
    'compare ',
  ],
  [
    word(
      `^compare (?<figure>[^,]+?) (?<period>${preposition} )?(?:between|across) (?<one>${value}) and (?<other>${value}[^,]*)$`,
    ),
    '$<figure> of $<one> versus $<other>',
  ],
  [word(`^compare between (?=${value} and )`), 'compare '],
  [
    word(
      `^${polite}(?:contrast|line up|match up|benchmark|weigh up|juxtapose|stack|pit|hold) (?<one>${value})(?: up)? (?:with|to|against|and|versus) (?=${value} (?:on|for|in|by)\\b)`,
    ),
    'compare $<one> and ',
  ],
  [
    word(
      `^how far apart (?:are|were) (?:the )?(?<one>${value}) and (?<other>${value}) (?:in|on|for|by|in terms of) (?:their |the )?(?<figure>\\S.*)$`,
    ),
    '$<figure> of $<one> versus $<other>',
  ],
  [
    word(
      `,? (?:split|divided|shared|broken down)(?: up)? (?:between|among|into) (?:the )?(?<one>${value}) and (?=\\S)`,
    ),
    ' of $<one> versus ',
  ],
  [
    word(
      `\\b(?:against|versus|vs\\.?|compared (?:to|with)|than) (?:that|those|the one|the ones) (?:of|in|for|from|with|at) `,
    ),
    'versus ',
  ],
  [word(`,? once (?<at>${preposition}) (?<one>${value}) and once \\k<at> (?=\\S)`), ' $<at> $<one> versus '],
  [
    word(`,? (?:broken|split) (?:out|up|down) for (?<one>${value}) and (?:for )?(?=\\S)`),
    ' for $<one> versus ',
  ],
  // "EMEA vs Americas: who has more won amount".
  [
    word(
      `^(?<one>${value}) (?:vs\\.?|versus|or|against) (?<other>${value})[:,-] ?(?<asks>who|which|where)\\b(?<rest>[^?.]*)`,
    ),
    '$<asks>$<rest>, $<one> or $<other>',
  ],
  // "Enterprise customers versus SMB customers".
  [
    /\b(\S+) (customers|accounts|clients|companies) (versus|vs\.?|against) (?:the )?(\S+) \2\b/gi,
    '$1 $3 $4 $2',
  ],
  // "Who wins on won amount, EMEA or APAC".
  [
    /^(who|which(?: one| of (?:them|the two|these))?)(?:'s| is| are| was)? (?:wins?|won|leads?|ahead|better|comes out (?:ahead|on top)|came out (?:ahead|on top)|does better|did better|on top)((?: (?:this|last) \w+)?) (?:on|in|by|for|at|with) (?:the )?(?=[^,?]+,.* or )/gi,
    '$1 has higher$2 ',
  ],
  [/,? (?:one|a|1) (?:number|figure|value|line|row) (?:for )?each(?=\s*[?.!]*$)/gi, ', each'],
  // "How does churn in EMEA compare with that of the Americas".
  [
    word(
      `^how (?:do|does|did|has|have|is|are) (?:the |our )?(?<one>.+?) (?:compared?|stack up|measure up|differ) (?:with|to|against|from) (?:that |those |the one )?(?:${preposition} )?(?:the )?(?!${period}|target|plan|quota|usual|normal|average|before|ours?\\b)(?=\\S)`,
    ),
    '$<one> versus ',
  ],
  [
    word(
      `^how (?:do|does|did) (?:the |our )?(?<figure>.+?) (?:compare|differ|stack up|vary) (?:between|${preposition}) (?<one>${value}) and (?=\\S)`,
    ),
    '$<figure> of $<one> versus ',
  ],
  [
    word(
      `^how (?:do|does|did) (?:the )?(?<one>${value}) and (?<other>${value}(?: [a-z]+s)?) (?:compare|differ|stack up)(?: (?:to|with) each other)?(?: ${preposition}| by| regarding) (?:their |the )?(?<figure>\\S[^,]*)$`,
    ),
    '$<figure> of $<one> versus $<other>',
  ],
  // "Is CSAT different for enterprise than for SMB".
  [
    word(
      `^(?:is|are|was|were) (?:the |our )?(?<figure>.+?) (?:very |much |any |really )?different (?<at>${preposition}) (?<one>${value}) (?:than|from|to|versus|compared to)(?: it is| that)?(?: ${preposition})? (?=\\S)`,
    ),
    '$<figure> $<at> $<one> versus ',
  ],
  // "EMEA / Americas won amount": one beside the other.
  [word(`(?<=^${polite}|${preposition} )(?<one>${value}) \\/ (?=${value})`), '$<one> versus '],
  // "CSAT for chat and CSAT for email", "how many from EMEA and how many from APAC", "on the chat side and what on the email side".
  [
    word(
      `\\b(?<figure>\\S.{2,40}?) (?<at>${preposition}) (?<one>(?:the )?${value}),? (?:and|versus|vs\\.?|plus) (?:the )?\\k<figure> \\k<at> (?:the )?`,
    ),
    '$<figure> $<at> $<one> versus ',
  ],
  [
    word(
      `\\bon the (?<one>${value}) side,? (?:and|versus|vs\\.?) (?:${asks} )?on the (?<other>${value}) side\\b`,
    ),
    'for $<one> versus $<other>',
  ],
  [
    word(
      `(?<at>${preposition}) (?<one>(?:the )?${value}),? and ${asks} (?:it )?\\k<at> (?:the )?(?!total\\b|all\\b|general\\b|those\\b|them\\b|these\\b)(?=\\S)`,
    ),
    '$<at> $<one> versus ',
  ],
];

/** Said around two things: that both are wanted, each by itself. */
const bothWanted =
  /[,;:.?!-]* ?\b(?:(?:and )?how (?:do|did|does) (?:the two|both|they|these|those|these two|the both)(?: of them)? (?:compare|differ|stack up|do|look)(?: (?:to|with) each other)?|side by side|side-by-side|next to (?:each other|one another)|(?:please )?(?:show|give|list|tell)(?: me| us)? both(?: (?:numbers|figures|values|of them))?|(?:each )?(?:separately|individually|one by one)|each (?:on|for) (?:its|their) own)(?: please)?(?=[\s,.;:?!]|$)/iu;
const placed = new RegExp(
  `^${polite}(?:put|set|place|lay|line up|hold|have|see|view)(?: me| us)? (?=\\S)`,
  'iu',
);
const joiner = /(?:,? (?:and|or|&) (?:(?:for|of|in|from|at|on|via|by) )?(?:the )?| ?\/ ?)/gi;

/** "EMEA and APAC side by side", "chat or email, how do the two compare": the only two that are joined. */
function ofBothWanted(text: string): string {
  if (!bothWanted.test(text)) return text;
  const rest = text.replace(bothWanted, '').replace(/\s+/g, ' ').trim();
  const bare = rest.replace(placed, '');
  if (/ (?:versus|vs\.?) /i.test(bare)) return bare;
  const found = bare.match(joiner) ?? [];
  return found.length === 1 ? bare.replace(joiner, ' versus ') : text;
}

/** "How many deals did Naomi and Luis win together": one figure of both. */
const together =
  /(?<= and .*)(?<!\b(?:bought|sold|ordered|used|purchased|put|work|worked|working|get|all|taken) )\btogether\b/i;
const bothOf = new RegExp(`(?<= ${preposition}) both (?=${value} and )`, 'giu');
const isOfSome = /\b(?:who|which|that|with|whose)\b/i;

/**
 * The same figure of two, in the one way that all of them mean: "compare churn between EMEA and APAC", "CSAT for chat
 * and CSAT for email", "urgent and high side by side" are the one versus the other.
 */
export function inSideBySideForm(text: string): string {
  const whole = text.replace(together, 'in total');
  const said = ofBothWanted(rephrased(whole, turns));
  // "Customers that use both chat and email" use the one as well as the other.
  return isOfSome.test(said) ? said : said.replace(bothOf, ' ');
}
