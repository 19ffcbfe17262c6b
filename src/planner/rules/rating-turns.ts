import { rephrased, type Turn } from './turn.ts';

const word = '(?:one|two|three|four|five)';
const star = `(?:[1-5]|${word})`;
const digits: Readonly<Record<string, string>> = { one: '1', two: '2', three: '3', four: '4', five: '5' };
const digit = (said: string): string => digits[said.toLowerCase()] ?? said;
/** "1", "1 or 2", "one and two", "3 or lower", "below 3". */
const scores = `((?:below|under|above|over|at least|at most|less than|lower than|more than|higher than) )?(${star})(?:(?: |-)stars?)?(?: ?(?:or|and|\\/|to|-) ?(${star}|lower|less|worse|below|higher|more|better|above)(?:(?: |-)stars?)?)?`;

/** A score as a condition: "of 1 or 2", "at most 3". */
function inScore(before: string, first: string, second: string): string {
  const from = digit(first);
  if (before !== '') return `${before.trim()} ${from}`;
  if (second === '') return `of ${from}`;
  if (/^(?:lower|less|worse|below)$/i.test(second)) return `of ${from} or lower`;
  if (/^(?:higher|more|better|above)$/i.test(second)) return `of ${from} or higher`;
  return `of ${from} or ${digit(second)}`;
}

const kind = '(?:csat |survey |customer |ticket )*';
const answers = '(?:ratings?|scores?|reviews?|surveys?|answers?|responses?|votes?|marks?)';

/** Ratings by their number or their stars: "how many 5 star ratings", "tickets rated 1 or 2", "surveys below 3". */
const turns: readonly Turn[] = [
  [
    /\bone(?: |-)and two(?: |-)star|\b1(?: |-)and 2(?: |-)star|\b1(?: |-)or 2(?: |-)star|\bone(?: |-)or two(?: |-)star/gi,
    '1 or 2 star',
  ],
  // "How many 5 star ratings did my tickets get".
  [
    new RegExp(
      `^(how many|number of) ${scores.replace('(?:(?: |-)stars?)?', '(?:(?: |-)stars?)')} ${kind}${answers} (?:did|have|has) (my|our|my team's|the team's) (tickets|conversations|chats) (?:get|got|gotten|have|received?)(?= |[?.!]|$)`,
      'i',
    ),
    (_said, _how = '', before = '', first = '', second = '', whose = '', rows = '') =>
      /^tickets$/i.test(rows)
        ? `how many csat responses with a score ${inScore(before, first, second)} on ${whose} tickets`
        : `how many of ${whose} conversations with a rating ${inScore(before, first, second)}`,
  ],
  // "Csat answers of 1 or 2", "surveys with a 1 or 2", "csat surveys came back with a 1".
  [
    new RegExp(
      `\\b(?<!\\bwith (?:an? )?)(csat|survey|ticket survey|satisfaction) ${answers} (?:(?:that |which )?(?:were|are|came back|came in|have|had) )?(?:(?:with|of|at) )?(?:an? )?(?:scores? (?:of )?|ratings? (?:of )?)?${scores}(?! (?:days?|weeks?|months?|hours?|minutes?|times?|%|percent|tickets?|or more)\\b)`,
      'gi',
    ),
    (_said, _kind = '', before = '', first = '', second = '') =>
      `csat responses with a score ${inScore(before, first, second)}`,
  ],
  // "Tickets rated 1 or 2", "my tickets that got a one-star survey".
  [
    new RegExp(
      `\\b(tickets|cases) ((?:of|from) (?:mine|ours|my team) )?(?:(?:that|which) )?(?:were |was |are |got |have |had |with |received )*(?:rated|scored|(?:an? |only |just )*(?=(?:[1-5]|${word})(?: |-)star))(?: (?:with|at|only|just))?(?: an?)? ?${scores}(?: ${kind}${answers})?`,
      'gi',
    ),
    (_said, rows = '', whose = '', before = '', first = '', second = '') =>
      `${rows} ${whose}with a csat score ${inScore(before, first, second)}`,
  ],
  // "How many of my conversations got a 3 or lower".
  [
    new RegExp(
      `\\b(conversations|chats) (?:(?:that|which) )?(?:were |was |are |got |have |had |received )*(?:rated|scored|got|an?)(?: (?:an?|with|at|only))* ${scores}(?: ${answers})?(?! (?:days?|weeks?|hours?|minutes?|messages?)\\b)`,
      'gi',
    ),
    (_said, rows = '', before = '', first = '', second = '') =>
      `${rows} with a rating ${inScore(before, first, second)}`,
  ],
];

export const inRatings = (text: string): string => rephrased(text, turns);
