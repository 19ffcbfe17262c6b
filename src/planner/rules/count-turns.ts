const small = '\\d+|one|two|three|four|five|six|seven|eight|nine|ten';
const compared =
  'more than|over|at least|no more than|not more than|less than|fewer than|exactly|only|just|at most|not even|even';
const halved = '(?:more|less|fewer|lower|higher) than|over|under|above|below|at least|at most';

/**
 * How often and how much, in one way of saying it: "twice" is 2 times, "14+ days" at least 14 of them, "fewer than half
 * of" below 50 % of, "> 5" more than 5. Each asks for the same as before, whatever stands around it.
 */
export const countTurns: readonly (readonly [RegExp, string])[] = [
  [/\bthrice\b/gi, '3 times'],
  [/\btwice\b(?! (?:as|the|a|per|every)\b)/gi, '2 times'],
  [new RegExp(`\\b(${compared}) once\\b`, 'gi'), '$1 1 time'],
  [/\bonce or (more|twice)\b/gi, '1 or more times'],
  [new RegExp(`\\b(${small}) times? or (more|less|fewer)\\b`, 'gi'), '$1 or $2 times'],
  [new RegExp(`\\b(${small}) times? (?:at least|minimum|and up|plus)\\b`, 'gi'), '$1 or more times'],
  // "Less than half of the quota"; "half an hour" is a time.
  [new RegExp(`\\b(${halved}) (?:a )?half(?: of)?(?= (?!an?\\b)\\S)`, 'gi'), '$1 50% of'],
  [new RegExp(`\\b(${halved}) (?:a )?half(?: of)?(?=[?.!]*$)`, 'gi'), '$1 50%'],
  // What a part is told of has a figure of its own.
  [
    new RegExp(
      `\\b(?:with )?((?:${halved}) \\d+ ?(?:%|percent)) of (?:(?:the|their|my|our|his|her) )?quotas?\\b`,
      'gi',
    ),
    'with quota attainment $1',
  ],
  [
    new RegExp(
      `\\b(?:using |use |with )?((?:${halved}) \\d+ ?(?:%|percent)) of (?:(?:the|their|my|our|its) )?(?:paid )?seats?\\b(?: (?:in use|used))?`,
      'gi',
    ),
    'with seat usage $1',
  ],
  [
    /\b(?:(?:that|which|who) )?(?:(?:are|is|were|was) )?(?:hit|affected|impacted) by (?=more|at least|over|\d|an?\b|any|several|two|three)/gi,
    'with ',
  ],
  [/(?<![\p{L}\p{N}])(\d+)\+ ?(?=(?:minute|min|hour|hr|day|week|month|year)s?\b)/giu, 'at least $1 '],
  [/(?<![<>=])(?:>=|≥) ?(?=[$€£]?\d)/gu, ' at least '],
  [/(?<![<>=])(?:<=|≤) ?(?=[$€£]?\d)/gu, ' at most '],
  [/(?<![<>=-])> ?(?=[$€£]?\d)/gu, ' more than '],
  [/(?<![<>=])< ?(?=[$€£]?\d)/gu, ' less than '],
  // "Not answered in over 4 hours": they have waited for more than that.
  [
    new RegExp(
      `\\b(not|nobody|no one|never|no|without|unanswered|unassigned)\\b([^,.?!]*?) (?:in|within) (more than|over|at least) (?=(?:${small}|an?) )`,
      'gi',
    ),
    '$1$2 for $3 ',
  ],
  // "Stuck in negotiation for over 30 days": they are in it.
  [
    new RegExp(
      `\\b(?:(?:have|has|had|been|are|is) )*(?:stuck|sitting|parked|lingering|staying|stayed) (?=(?:in|at|on) [^,.?!]*?\\b(?:over|more than|longer than|at least|since|under|less than) (?:${small}|an?) )`,
      'gi',
    ),
    '',
  ],
  [/\b(days?|weeks?|months?|hours?) (?:stuck|sitting|parked|lingering) (?=(?:in|at) )/gi, '$1 '],
  // Whom the rows have: nobody.
  [
    /\b(?:(?:that|which|with|where) )?(?:nobody|no one|noone|no agent|no rep|none of us) (?:(?:has|have|is|was|yet|currently|ever) )*(?:owns?|taken?(?: on| over)?|took|picked up|claimed|assigned(?: to)?|working on|handling|on|looking after|responsible for)(?: (?:it|them|this|that|yet))*(?= |[,.?!]|$)/gi,
    'unassigned',
  ],
  [
    /\b(?:(?:that|which) )?(?:(?:is|are|was|were|have|has) )?(?:not|never)(?: yet)?(?: been)? (?:assigned|taken|picked up|claimed)(?: (?:to|by) (?:anyone|anybody|somebody|someone|an agent|a rep))?(?: yet)?(?= |[,.?!]|$)(?! to )/gi,
    'unassigned',
  ],
];
