/** Records that somebody brings about, with what may stand before them. */
const things =
  '(?:(?:an?|any|the|some|more|new|urgent|high|low|critical|support|customer|priority) )*(?:tickets?|cases?|chats?|conversations?|escalations?|incidents?|orders?|surveys?|leads?)';
const doers = '(?:accounts?|customers?|clients?|companies|company)';
const deeds = '(?:opened|raised|created|logged|filed|submitted|reported|started|placed)';
/** Adjectives and owners of the doers: no preposition, verb or conjunction, with which something else would begin. */
const ofDoers =
  '(?:(?!(?:by|with|and|or|per|vs|versus|is|are|was|were|has|have|had|in|on|at|to|than|that|which|who|not|no|how|top|each|every)\\b)[\\w&-]+ ){0,3}';

/**
 * Who did it and what was done stand in any order, and the verb belongs to what was done: "tickets my accounts opened" are
 * tickets opened by them, "which customers opened tickets" asks for customers. Beside its doer alone the verb would be heard
 * as what became of the doer: accounts that were opened.
 */
export const doerTurns: readonly (readonly [RegExp, string])[] = [
  // All of them are opened by customers.
  [
    new RegExp(
      `\\b(${things}) (?:(?:that|which) )?(?:(?:our|the|all) )?${doers} (?:have |has |had )?(${deeds})\\b(?! by\\b)`,
      'gi',
    ),
    '$1 $2',
  ],
  [
    new RegExp(
      `\\b(${things}) (?:(?:that|which|of|from|for|by) )?(${ofDoers}${doers}) (?:have |has |had )?(${deeds})\\b(?! by\\b)`,
      'gi',
    ),
    '$1 $3 by $2',
  ],
  [
    new RegExp(
      `\\b((?:which|what|how many) (?:of )?${ofDoers}${doers}) (?:have |has |had )?(${deeds} (?:(?:more than|over|at least|fewer than|less than|exactly|no) )?(?:\\d+ )?${things})\\b`,
      'gi',
    ),
    '$1 who $2',
  ],
];
