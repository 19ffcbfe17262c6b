const name = '("[^"]+"|[^,?"]+?)';
const which = '(?:last|latest|most recent|first|next)';

/** Ways to ask for several properties of one record, and for records that others belong to, in the words of a list. */
const turns: readonly (readonly [RegExp, string])[] = [
  // "When was my last call with Acme and when is their renewal": one account, with both.
  [
    new RegExp(
      `^when (?:was|is) ((?:my|our|the) ${which} [a-z ]+?) (?:with|for|of|from|at|to) (?:the )?${name},? and (?:when (?:is|was|are|were)|what (?:is|was|are)) (?:their|its|the|his|her) ([^,?.!]+?)[?.!]*$`,
      'iu',
    ),
    'account $2 with $1 and $3 date',
  ],
  [/(?<=\bwith .+ and .+) date date$/i, ' date'],
  // "Tickets that are linked to a CE", "deals tied to an escalation": those that have one.
  [
    /\b(?:are|is|were|was) (?:currently )?(?:linked|attached|tied|connected) (?:to|with) (?=(?:an?|any) )/gi,
    'have ',
  ],
  [/(?<=[a-z]s )(?:linked|attached|tied|connected) (?:to|with) (?=(?:an?|any) )/gi, 'with '],
];

export function inColumnWords(question: string): string {
  let text = question;
  for (const [said, plain] of turns) text = text.replace(said, plain);
  return text;
}

const further = /(?<=[.?!;] )(?:please )?(?:also )?(?:include|add|display)(?= (?:the |their |its )?[a-z])/gi;

/** "Include the stage" in a sentence of its own is no name. */
export const showingFurther = (question: string): string => question.replace(further, 'show');
