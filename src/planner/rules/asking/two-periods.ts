import { monthPattern, weekdayPattern } from '../time/time-words.ts';

const unit = '(?:day|week|month|quarter|half|year)';
const period = `(?:(?:in|on|during|for|over|of) )?(?:the )?(?:(?:last|previous|prior|past|this|current) ${unit}|${unit} (?:before|earlier|prior)(?: (?:that|last))?|yesterday|today|(?:${monthPattern}|${weekdayPattern}|q[1-4]|h[12])(?: (?:of )?(?:20)?\\d\\d)?|20\\d\\d)(?![\\p{L}\\d])`;
const degree =
  '(?:higher|lower|bigger|larger|smaller|greater|better|worse|slower|faster|quicker|longer|shorter|busier|quieter|stronger|weaker|more|fewer|less)';

type Turn = readonly [RegExp, string];

/** Two periods of one figure: however they are set against each other, the one is compared with the other. */
const turns: readonly Turn[] = [
  // "Put won amount this quarter and last quarter side by side".
  [
    new RegExp(
      `^(?:(?:please|pls|can you|could you|i want to see|i'd like to see|show me|show|see) )*(?:(?:put|set|lay|hold|place|line up|see|view|have) )?(.+? ${period}),? (?:and|or|versus|next to|beside|against|with) (${period})(?:,? (?:side by side|next to each other|beside each other|against each other|head to head|in comparison|together|compared))[?.!]*$`,
      'iu',
    ),
    '$1 compared with $2',
  ],
  // "Won amount: this quarter or last quarter, which was higher", "… which one was better".
  [
    new RegExp(
      `[,:;-]? ?(${period}),? or (${period})[,:;?-]+ ?(?:which|what|when)(?: one| period| ${unit}| of (?:the two|them|both))? (?:is|was|were|has been|had been|did|had|has) (?:it )?(?:the )?${degree}(?: one)?[?.!]*$`,
      'iu',
    ),
    ' $1 compared with $2',
  ],
  [
    new RegExp(
      `^(?:which|what|when)(?: one| period| ${unit})? (?:is|was|were|had|has|saw) (?:the )?${degree}(?: (?:in|on|for|at|by))? (.+?)[,:;-]+ ?(${period}),? or (${period})[?.!]*$`,
      'iu',
    ),
    '$1 $2 compared with $3',
  ],
  // "With last month as the comparison", "and last month for reference".
  [
    new RegExp(
      `,? (?:and|with|using|plus|taking|against)(?: also)? (${period}),? (?:for|as|in|by way of)(?: a| the| an| our)? (?:comparison|reference|benchmark|baseline|yardstick|contrast)\\b`,
      'giu',
    ),
    ' compared with $1',
  ],
  // "What did CSAT look like in October and how was it in September".
  [
    new RegExp(
      `,? (?:and|but) (?:how|what) (?:was|were|is|are|did|had)(?: (?:it|they|that|those|we))?(?: (?:been|look(?:ed)? like|do|have|look(?:ed)?))? (${period})(?:,? (?:for|as|in|by way of)(?: a| the| an)? (?:comparison|reference|contrast|benchmark))?(?=[?.!]*$)`,
      'iu',
    ),
    ' compared with $1',
  ],
  // "How much is it above or below last month", "up or down on last week", "ahead of or behind last quarter".
  [
    new RegExp(
      `,? (?:is (?:it|that|this) |are (?:they|we) )?(?:above or below|below or above|over or under|up or down|down or up|ahead (?:of )?or behind|(?!slower|faster|quicker)${degree} or ${degree})(?: (?:on|than|to|from|against|versus|compared (?:with|to)|relative to))? (${period})(?!,? (?:than|versus|vs|compared|against|or|and|to|until)\\b)`,
      'giu',
    ),
    ' compared with $1',
  ],
  // "What is the difference in won amount between last quarter and this quarter", "change in ARR from May to June".
  [
    new RegExp(
      `^(?:(?:please|show me|give me|tell me|what(?:'s| is| was)|how (?:big|large|high) (?:is|was)|how much (?:is|was)) )*(?:the )?(?:difference|gap|delta|variance|change|movement|shift|increase|decrease|growth|decline) (?:in|of|for) (?:the |our )?(.+?),? (?:between|from) (${period}) (?:and|to|until) (${period})[?.!]*$`,
      'iu',
    ),
    '$1 $3 compared with $2',
  ],
  [
    new RegExp(
      `^(?:(?:please|show me|give me|tell me|what(?:'s| is| was)) )*(?:the )?(?:difference|gap|delta|variance|change|movement|shift|increase|decrease|growth|decline) (?:in|of|for) (?:the |our )?(.+?) (${period}),? (?:over|on|from|against|versus|vs\\.?|to|and|compared (?:with|to)) (${period})[?.!]*$`,
      'iu',
    ),
    '$1 $2 compared with $3',
  ],
  // "Did CSAT go up between September and October".
  [
    new RegExp(
      `^((?:did|has|have|was|is|were|how (?:much )?(?:did|has|have)) .+?),? (?:between|from) (${period}) (?:and|to|until) (${period})[?.!]*$`,
      'iu',
    ),
    '$1 $3 compared with $2',
  ],
];

/** @param text a tidied question */
export const inTwoPeriods = (text: string): string =>
  turns.reduce((said, [turn, put]) => said.replace(turn, put), text).replace(/\s+/g, ' ');
