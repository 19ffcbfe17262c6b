import { figureOfDeed, figureVerbs } from './deed-figures.ts';

/** Which way a figure is said to have moved; for better or worse by what is good for it. */
export type Way = 'up' | 'down' | 'better' | 'worse';

export interface Move {
  readonly figure: string;
  readonly way: Way;
}

/** Groups that are chosen by how their figures moved. */
export interface SaidMoves {
  readonly groups: string;
  readonly moves: readonly Move[];
  /** Period and whatever else stands behind the figures. */
  readonly rest: string;
  /** What they are compared with; null: the period before. */
  readonly reference: string | null;
  /** What the groups did, where the figure is said by a verb: "opened more tickets". */
  readonly deed: string | null;
}

const rising = 'rising|growing|increasing|climbing|soaring|mounting|improving';
const falling =
  'falling|declining|decreasing|dropping|shrinking|sinking|slipping|slumping|worsening|deteriorating';
const rose =
  'rose|risen|rises?|grew|grown|grows?|increased?|increases|climb(?:ed|s)?|jumped|improved?|improves|(?:went|gone|going|goes?|is|are|was|were|trend(?:ing|ed|s)?|moved|moving) up(?:wards?)?';
const fell =
  'fell|fallen|falls?|drop(?:ped|s)?|declined?|declines|decreased?|decreases|shrank|shrunk|shrinks?|sank|sunk|slipped|slumped|worsened?|deteriorated?|(?:went|gone|going|goes?|is|are|was|were|trend(?:ing|ed|s)?|moved|moving) down(?:wards?)?';
const adjective = `${rising}|${falling}`;
const verb = `(?:has |have |had |is |are |was |were |been |getting )*(?:${rose}|${fell}|${adjective}|better|worse|higher|lower|up|down)`;
const degree = 'more|fewer|less|higher|lower|better|worse|bigger|larger|smaller|longer|shorter|greater';

/** Words that lead to another form: a size of the change, a superlative, a course. */
const otherForm =
  /\d ?%|\bpercent\b|\bby (?:(?:more|less|at) (?:than|least|most) )?\d|\b(?:most|least|biggest|largest|steepest|fastest|strongest|top|worst|best|why|each|every|per)\b|\bby (?:day|week|month|quarter|year)\b/i;
/** Whether anything of a movement is said at all: only then the words are taken apart. */
const marks = new RegExp(
  `\\b(?:${adjective}|${rose}|${fell}|(?:${degree})\\b.*\\b(?:than|versus|vs|compared))\\b`,
  'i',
);

const asked =
  /^(?:(?:please|pls|so|and|can you|could you) )*(?:(?:show|list|give|tell|name|find)(?: me| us)? |(?:is|are) there |do (?:we|i) have )?(?:(?:which|what|any|all|those|the|our|of) )*/i;
const yesNo = /^(?:did|do|does|has|have|had|is|are|was|were) (?:any(?: of)?|some(?: of)?|one of) (?=\S)/i;
/** "Show revenue for both months": what is shown anyway; it may name the figure more exactly. */
const bothShown =
  /[.;,]? (?:and |please )*(?:(?:show|give|list|tell|with|include|including)(?: me| us)? )?(?:the |its |their )?(?<shown>(?:[a-z]+ ){0,3}?)(?:for|in|of|from) both (?:months|periods|quarters|weeks|years|days|of them)[?.! ]*$|[.;,]? (?:and )?(?:show(?: me)?|with) (?:the |their )?both (?:figures|numbers|values|periods|months)[?.! ]*$/i;

const time =
  '(?:(?:over|in|during|for|within|since|across|compared|versus|vs|against|on) \\S.*?|(?:this|last|the last|the past|past|so far|today|yesterday|month|quarter|year|week)\\b.*?|(?:a|one) (?:week|month|quarter|year) .*?)';
const group = '(?<groups>(?:my |our |the |all )*[a-z][\\w-]*(?: [\\w-]+){0,3}?)';
const link = '(?:(?:that|which|who) )?(?:(?:have|has|had|show|shows|showed|see|sees|saw) )?';

/** "Is usage falling at any of my customers". */
const atAny = new RegExp(
  `^(?:is|are|has|have|did|does|do) (?:the )?(?<figure>[a-z][\\w -]*?) (?<way>${verb})(?<restBefore> ${time})? (?:at|for|in|with|of|on|by|from|among) (?:any|some|one|which)(?: of)? ${group}(?<rest> ${time})?$`,
  'i',
);

const forms: readonly RegExp[] = [
  // "Customers that logged in less often than a year ago", "did any rep close less than last quarter".
  new RegExp(
    `^${group} (?:(?:that|which|who|have|has|had|did|do|does) )*(?<verb>${figureVerbs}) (?:(?:much|far|even|a lot|significantly) )?(?<way>more|less)(?: often)?(?<rest> ${time})?,? than (?:(?:in|on|at|during|for) )?(?<reference>\\S.*)$`,
    'i',
  ),
  // "Accounts with rising API calls and falling logins over the last 30 days".
  new RegExp(
    `^${group} (?:with|having|seeing|${link.trimEnd()}) (?:an? )?(?<way>${adjective}) (?<figure>[a-z][\\w -]*?)(?:,? (?:and|but|yet|while)(?: with)?(?: an?)? (?<way2>${adjective}) (?<figure2>[a-z][\\w -]*?))?(?<rest> ${time})?$`,
    'i',
  ),
  // "Customers whose API calls fell this month while logins rose".
  new RegExp(
    `^${group} (?:whose|where|for (?:whom|which)|in which|at which) (?:the |their )?(?<figure>[a-z][\\w -]*?) (?<way>${verb})(?<rest> ${time})?(?:,? (?:and|but|yet|while)(?: whose| where)?(?: the| their)? (?<figure2>[a-z][\\w -]*?) (?<way2>${verb})(?<rest2> ${time})?)?$`,
    'i',
  ),
  // "Whose API calls fell", of customers where nothing else is said.
  new RegExp(`^whose (?<figure>[a-z][\\w -]*?) (?<way>${verb})(?<rest> ${time})?$`, 'i'),
  // "Products' sales fell this month", "any rep's win rate dropped".
  new RegExp(`^${group}(?:'s|s') (?<figure>[a-z][\\w -]*?) (?<way>${verb})(?<rest> ${time})?$`, 'i'),
  // "At which customers is usage falling".
  new RegExp(
    `^(?:at|for|in|with|from|on) (?:which|what|any)(?: of)? ${group} (?:is|are|has|have|did|does|do) (?:the )?(?<figure>[a-z][\\w -]*?) (?<way>${verb})(?<rest> ${time})?$`,
    'i',
  ),
  // "Reps that improved their win rate this quarter".
  new RegExp(
    `^${group} ${link}(?<way>grew|grown|increased?|decreased?|improved?|worsened|shrank|raised) (?:(?:in|on|their|its|the) )*(?<figure>[a-z][\\w -]*?)(?<rest> ${time})?$`,
    'i',
  ),
  // "Accounts with more tickets this month than last month", "reps up on won amount".
  new RegExp(
    `^${group} ${link}(?:(?:with|having) )?(?:(?<deed>[a-z]+(?:ed|ught|ld|ve|de|on|st|nt)?) )??(?:(?:much|many|far|even|a lot|significantly) )?(?:an? )?(?<way>${degree}) (?<figure>(?!than\\b|often\\b)[a-z][\\w -]*?)(?<rest> ${time})?,? (?:than|compared (?:to|with)|versus|vs\\.?|against) (?:(?:it |they |we )?(?:was |were |did |had )?)(?:(?:in|on|at|during|for) )?(?<reference>\\S.*)$`,
    'i',
  ),
];

const ups = new RegExp(`(?:${rose}|${rising}|\\bup|higher|more|bigger|larger|longer|greater)$`, 'i');
const betters = /\b(?:improv\w*|better)$/i;
const worses = /\b(?:worsen\w*|deteriorat\w*|worse)$/i;

function wayOf(said: string): Way {
  if (betters.test(said)) return 'better';
  if (worses.test(said)) return 'worse';
  return /^raised$/i.test(said) || ups.test(said) ? 'up' : 'down';
}

/** Comparisons that stand behind everything else: "over the last 30 days compared to the 30 days before". */
const compared =
  /^(?<rest>.*?),? ?\b(?:than|compared (?:to|with)|versus|vs\.?|against) (?:(?:in|on|at|during|for) )?(?<reference>\S.*)$/i;

/** @param question a tidied question */
export function readMoves(question: string): SaidMoves | null {
  const whole = question.replace(/[?!.\s]+$/, '').replace(/[’‘]/g, "'");
  if (!marks.test(whole)) return null;
  const shown = bothShown.exec(whole);
  const text = shown === null ? whole : whole.slice(0, shown.index);
  if (otherForm.test(text)) return null;
  const bare = text.replace(yesNo, '').replace(asked, '');
  // "Did enterprise customers open more tickets than last month" is asked of them together.
  const isOfWhole = /^(?:did|do|does|has|have|had|is|are|was|were)\b/i.test(bare);
  for (const form of isOfWhole ? [atAny] : forms) {
    const found = form.exec(bare)?.groups;
    if (!found) continue;
    return saidMoves(found, (shown?.groups?.['shown'] ?? '').trim());
  }
  return null;
}

function saidMoves(found: Readonly<Record<string, string | undefined>>, shown: string): SaidMoves {
  const { groups = 'customers', verb: done, way = '', figure2, way2 } = found;
  const figure = (done === undefined ? found['figure'] : figureOfDeed(done, groups)) ?? '';
  const behind = [found['restBefore'], found['rest'], found['rest2']].join(' ').replace(/ {2,}/g, ' ').trim();
  const versus = found['reference'] === undefined ? compared.exec(behind)?.groups : undefined;
  // "Dropped since last quarter": this one against that.
  const since = /^since (?:the )?(?<period>(?:last|previous) (?:week|month|quarter|year))$/i.exec(behind)
    ?.groups?.['period'];
  const moves: Move[] = [{ figure: shown === '' || figure2 !== undefined ? figure : shown, way: wayOf(way) }];
  if (figure2 !== undefined && way2 !== undefined) moves.push({ figure: figure2, way: wayOf(way2) });
  return {
    groups,
    moves,
    rest: since === undefined ? (versus?.['rest'] ?? behind).trim() : '',
    reference: found['reference'] ?? versus?.['reference'] ?? since ?? null,
    deed: found['deed'] ?? null,
  };
}
