import { monthPattern, weekdayPattern } from './time/time-words.ts';

/** Ways to put a wish, and turns that speakers of other languages bring along; each asks for the same as what is put in its place. */
export const waysOfSpeaking: readonly (readonly [RegExp, string])[] = [
  // "May I see", "could I have", "I should like to know", "I would be grateful for".
  [
    /^(?:please |kindly )?(?:could|can|may|might) (?:i|we) (?:please |kindly )?(?:get|have|see|know|ask for|look at) /i,
    'show ',
  ],
  [
    /^(?:i|we)(?: would|'d| should) (?:please )?(?:like|love|want) (?:to (?:see|know|have|get|look at)|an overview of) /i,
    'show ',
  ],
  [/^(?:i|we)(?: would|'d) be (?:grateful|thankful|glad|happy) (?:for|to (?:see|have|get|know)) /i, 'show '],
  [/^(?:i|we) (?:want|need|wish) to (?:know|see|have|get|find out|check) /i, 'show '],
  [
    /^(?:please |pls |plz |kindly )*(?:(?:would|could|can|will) you (?:please |kindly )?)?(?:share(?! of\b)|provide|send|confirm|let me know|let us know|tell|gimme|lemme see|lemme know|show me|give me)(?: with)?(?: me| us)?,? (?=\S+ \S)/i,
    'show ',
  ],
  [/^show (?:the |an )?(?:overview|summary|list) of (?:the )?/i, 'list '],
  // "Which all customers", "what all incidents", "who all are away".
  [/\b(which|what|who) all(?= )/gi, '$1'],
  // "Priority wise", "agent-wise": by priority.
  [/,? (?:and )?((?:(?:due|start|close|renewal|health|deal|lead|churn|risk) )?[a-z]+)[ -]wise\b/gi, ' by $1'],
  [/\b(is|are|was|were|am) having\b/gi, 'have'],
  [/\bon an average\b/gi, 'on average'],
  // "How are we doing on SLA", "where are we with reopens", "where do we stand on open tickets": of what it is asked.
  [
    new RegExp(
      `^(?:how (?:are|is|were|was|did|do|have) (?:we|i|things|it)(?: been)?(?: doing| looking| do)?|how far are we|where (?:are|do) we(?: stand| at)?) (?:on|with|for) (?:the )?(?!${weekdayPattern}|${monthPattern}|\\d)(?=\\S)`,
      'i',
    ),
    '',
  ],
  [
    /^how(?:'s|s| is| are) ([^,]+?) (?:doing|looking|going) (?:on|with|in terms of) (?:their |its )?([^,]+?)([?.!]*)$/i,
    '$2 of $1$3',
  ],
  [
    /^how (?:did|has|have) ([^,]+?) (?:go|gone|perform|performed|fare|fared)(?= (?:this|last|in|over|since|yesterday|today|on)\b|[?,]|$)/i,
    '$1',
  ],
  // "At the end of each day".
  [/\b(?:at|as of|by) (?:the )?end of (?:each|every) (day|week|month|quarter)\b/gi, 'by $1'],
  // Weekends come back every week.
  [
    /\b(?:(?:on|over|at|for|in) )?(?:the )?(last|past) (\d{1,2}|two|three|four|five|six|eight|ten|twelve) weekends\b/gi,
    'on saturdays and sundays in the $1 $2 weeks',
  ],
  [/\b(?:on|over|at|during) (?:the )?weekends\b/gi, 'on saturdays and sundays'],
  [/\b(?:gives it|is there given)\b/gi, 'are there'],
  [/\bwhat for an? /gi, 'what '],
  [/^how (?:high|large) (?:is|are|was|were) /i, 'what is '],
  [/\bin (?:the )?month of (?=[a-z])/gi, 'in '],
  [/\b(?:as (?:on|at|of)|till|until|up ?to) (?:today'?s? )?date\b/gi, 'so far'],
  [/\b(?:as (?:on|at)|as of) (today|now)\b/gi, 'now'],
  // "Since three weeks", "since more than 3 days": for so long.
  [/\bsince (more than|over|at least) (?=(?:\d+|[a-z]+) (?:hour|day|week|month|year)s?\b)/gi, 'for $1 '],
  [
    /\b(?:since|from) (?=(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:hour|day|week|month|year)s\b(?! ago))/gi,
    'in the last ',
  ],
];
