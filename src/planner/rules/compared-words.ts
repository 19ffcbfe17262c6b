import { wordTable } from '../../toolkit/word-table.ts';
import { inSideBySideForm } from './side-by-side-turns.ts';
import { monthPattern, weekdayPattern } from './time/time-words.ts';
import { rephrased, type Turn } from './turn.ts';
import { ofBothNamed, ofTwoNamed } from './two-compared.ts';

/** Words that say how two things stand to each other; the answer shows both, so it shows that as well. */
const degree =
  '(?:higher|lower|bigger|larger|smaller|greater|better|worse|slower|faster|quicker|longer|shorter|busier|quieter|happier|healthier|stronger|weaker|more|fewer|less)';

/** "More than 5", "than half", "more than a week": a bound, not the other one of two. */
const bound =
  "(?!\\d|[$€£<>]|(?:half|once|twice|one|two|three|four|five|six|seven|eight|nine|ten|a|an|their|its|the (?:usual|average|previous|last)|usual|normal|average|that|this|what|any|all|other|most|seats?|plan(?:ned)?|target|quota|they|theyre|they're|it|we|i|you)\\b)";

/** A question about something known, that is answered by yes or no. */
const yesOrNo =
  /^(?:so |and )?(?:is|are|was|were|does|do|did|has|have|had)(?!n't) (?!(?:there|any|anyone|anybody|someone|somebody|we have any|i have any)\b)/i;

const time = `(?:(?:the )?(?:last|previous|prior|past) \\S+|yesterday|today|\\d+ \\S+ ago|${monthPattern}|${weekdayPattern}|q[1-4]|h[12]|20\\d\\d)(?![\\p{L}\\d])`;

/** Each puts "versus" between the two; the words of degree around it have nothing more to say. */
const turns: readonly Turn[] = [
  [/\b(?:as )?(?:compared|measured|seen|held) (?:with|to|against|w) (?=\S)/gi, 'versus '],
  [/\b(?:as opposed|relative) to (?=\S)/gi, 'versus '],
  [/ (?:v|vs\.|v\.) (?=\S)/gi, ' versus '],
  [new RegExp(`\\bcompare (\\S.*?) (?:with|to|against) (?=${time})`, 'giu'), '$1 versus '],
  [/\bcompare (\S.*?) (?:with|to|against) (?=\S)/gi, '$1 versus '],
  [
    new RegExp(
      `,? (?:and|with|using|plus) ((?:in |on )?${time}),? (?:for|as|in|by way of)(?: a| an| the| our)? (?:comparison|reference|benchmark|baseline|yardstick)\\b`,
      'giu',
    ),
    ' versus $1',
  ],
  [
    /\bagainst (?!(?:the |a |an |our |my |her |his |their |its )?(?:\S+ )?(?:quotas?|targets?|plans?|budgets?|goals?|sla)\b)/gi,
    'versus ',
  ],
  [new RegExp(`\\b(?:ahead|behind|short|in front) of (?=${time})`, 'giu'), 'versus '],
];

const group = '(?:(?:all|my|our|the|these) )*(?:\\S+ ){0,2}?\\S+';
const superlatives: Readonly<Record<string, string | undefined>> = wordTable({
  better: 'best',
  worse: 'worst',
  more: 'most',
  fewer: 'fewest',
  less: 'least',
  bigger: 'biggest',
  busier: 'busiest',
});
const superlative = (word: string): string => superlatives[word] ?? word.replace(/r$/, 'st');

/** "Rank my reps by open pipeline", "agents ranked by tickets solved, top first": the figure of each of them. */
const rankings: readonly Turn[] = [
  [
    new RegExp(
      `^(?:please |pls |can you |could you )*rank (${group}) (?:by|on|for) (?:the |their )?([^,]+)(.*)$`,
      'i',
    ),
    '$2 by $1$3',
  ],
  [new RegExp(`^(${group}),? ranked (?:by|on) (?:the |their )?([^,]+)(.*)$`, 'i'), '$2 by $1$3'],
  [
    new RegExp(
      `^(?:(?:who|which|what) (?:is|are|were|was) )?(?:the |our |my )?(slowest|fastest|quickest) (${group}) (?:on|at|in|for|with|to|by) (resolution|solving|first response|first reply|response|replies|replying|reply|resolving)(?: times?)?\\b(.*)$`,
      'i',
    ),
    '$3 time by $2$4, $1 first',
  ],
  [
    /^who (?:is|was|are) (?:the )?(slowest|fastest|quickest) (?:on|at|in|for|with|to|by) (resolution|first response|first reply)(?: times?)?\b/i,
    'who has the $1 $2 time',
  ],
  [/\bmost (?:valuable|profitable|important) (\S+) by\b/gi, 'top $1 by'],
  [/^(?:please |pls |can you |could you )*break (?:down|out|up) (\S.*?) by\b/i, '$1 by'],
  [/,? (?:and )?(?:break|broken|split|splitting) (?:it |them |that )?(?:(?:down|out|up) )?by\b/gi, ' by'],
  [/^(?:the )?(?:split|distribution|breakdown) of (\S.*?) (?:by|over|across|between|among|per)\b/i, '$1 by'],
  [
    /^how (?:are|is|do|does|did|were|was) (\S.*?) (?:distributed|divided|spread|split|break down|broken down|distribute)(?: out| up)? (?:by|over|across|between|among|into|per)\b/i,
    '$1 by',
  ],
  [/^(.*\b(?:per|by|each)\b.*?),? ranked(?=[?.!]*$)/i, '$1'],
  [/,? (?:top|best|highest) (?:first|on top|at the top)(?=[?.!]*$)/i, ', highest first'],
  [/,? (?:in )?descending(?: order)?(?=[?.!]*$)/i, ', highest first'],
  [/,? (?:in )?ascending(?: order)?(?=[?.!]*$)/i, ', lowest first'],
  [
    /\b(worst|best|highest|lowest|biggest|largest|smallest|most|fewest) (?:on|at) (?:the )?top\b/gi,
    '$1 first',
  ],
  [/,? and by (?:how (?:many|much)|what margin)(?=[?.!]*$)/i, ''],
];

/** "Which support team has better CSAT": that of both, the better one first. */
const betterOfAll =
  /^which (?<of>\S+(?: \S+)?) (?:has|have|had|is having|shows?) (?:the |a )?(?<degree>better|worse|higher|lower|bigger|larger|smaller|greater|longer|shorter) (?!than\b)(?<figure>[^,?]+?)(?<rest>,?[?.!]*)$/i;
const moreOfAll =
  /^(?<lead>(?:who|which \S+(?: \S+)?) (?:has |have |had |is |are |was |were )?(?:\S+ )??)(?<degree>more|fewer|slower|faster|quicker|busier|bigger) (?!than\b)(?!.*\bthan\b)/i;

function ofAll(text: string): string {
  const better = betterOfAll.exec(text)?.groups;
  if (better) {
    const { of = '', degree: said = '', figure = '' } = better;
    return `${figure} by ${of}, ${superlative(said.toLowerCase())} first`;
  }
  if (!moreOfAll.test(text)) return text;
  // Who compares wants to see both.
  const [, said = '', end = ''] =
    /^(.*?)(?:,? and by (?:how (?:many|much)|what margin))?([?.!]*)$/i.exec(text) ?? [];
  const most = said.replace(
    moreOfAll,
    (_all, lead: string, degreeSaid: string) => `${lead}the ${superlative(degreeSaid.toLowerCase())} `,
  );
  return `${most}, all of them${end}`;
}

/**
 * "Is the handover rate higher on WhatsApp than on web chat", "does Luis discount more than Naomi", "who has the better
 * win rate, Naomi or Luis": the same figure of the one versus the other.
 */
export function inComparedForm(text: string): string {
  const said = rephrased(inSideBySideForm(text), turns);
  const two = ofTwoNamed(ofBothNamed(thanOther(said)));
  const all = two === said ? ofAll(said) : two;
  return rephrased(all, rankings);
}

function thanOther(text: string): string {
  if (!yesOrNo.test(text)) return text;
  const than = new RegExp(
    `\\b(?:(slower|faster|quicker)|${degree})\\b(?<between>(?: (?!than\\b)[^\\s,;]+){0,8}?) than (?:(?:on|in|for|at|with|by|from|of|it was|we had|we did|we were|they were) )*${bound}`,
    'i',
  );
  const match = than.exec(text);
  if (!match) return text;
  const put = `${match.groups?.['between']?.trim() ?? ''} versus `;
  const plain = text.replace(than, put.trimStart());
  return match[1] === undefined
    ? plain
    : plain.replace(
        /\b(?:on|at|with|in|for) (resolution|solving|first response|first reply|response|replies|replying|responding)\b(?! time)/i,
        '$1 time',
      );
}
