import { smallNumbers } from '../small-numbers.ts';
import { ordinalWords } from '../time/time-words.ts';
import { allRows, type CueRule, type MovedBack, polite, pronoun, setMode, strongly } from './cue-rule.ts';

/** Behind the first: “the first” alone is how people page and sort. */
const places = Object.keys(ordinalWords).filter((word) => (ordinalWords[word] ?? 0) > 1);

/** Whole wishes, wherever they stand; what is around them is read on. */
export const wishes: readonly CueRule[] = [
  {
    pattern:
      /^(?:(?:what(?:'s| is)|and|show) )?(?:the )?(?:(?:change|difference|growth) (?:in|as a|as) (?:percent(?:age)?|%)|(?:percent(?:age)?|%|relative) (?:change|difference|growth)|change|difference)(?: (?:to|from|against) (?:that|before|the one before))?$/i,
    says: (found) => {
      found.isStrong = true;
      found.asksChange = true;
    },
  },
  {
    pattern:
      /^(?:what about |how about |show (?:me )?|list |give me )?(?:all )?the (?:rest|others?|other ones?|remaining(?: ones?)?|remainder)(?: of (?:them|those|these))?$/i,
    says: (found) => {
      found.isStrong = true;
      found.isPointing = true;
      // Of a list, the rest are the rows that did not fit; the others are other records.
      found.restOf = /others?\b|other ones?/i.test(found.rest) ? 'others' : 'rest';
      if (/^(?:show|list)/i.test(found.rest)) found.toList = true;
    },
  },
  {
    pattern:
      /^(?:where|how) (?:do|are|is) (?:they|those|these|it) (?:stand|standing|at|doing)$|^(?:what|which) (?:is|are) their (?:status|state)$|^in (?:what|which) (?:status|state)(?: are they)?$/i,
    says: (found) => {
      found.isStrong = true;
      found.isPointing = true;
      found.asksStanding = true;
    },
  },
  {
    pattern: new RegExp(
      `^${polite}(?:compare[ds]?|versus|vs\\.?|against|relative to|in comparison (?:to|with))\\b(?: ${pronoun})?(?: (?:to|with|against|versus|vs\\.?))*\\s*(.*)$`,
      'i',
    ),
    says: (found, match) => {
      found.isStrong = true;
      found.comparedWith = (match[1] ?? '').trim();
    },
  },
  {
    pattern:
      /^(?:the |that of the )?(?:(day|week|month|quarter|year) (?:before|earlier|prior)(?: (?:that|it|then))?|(?:previous|prior|preceding|earlier) (one|period|time|day|week|month|quarter|year)|(?:one|period|time) before(?: that)?|before(?: that)?|(?:previous|prior|preceding) \d+ (?:days|weeks|months)|\d+ (?:days|weeks|months) before(?: that)?)$/i,
    says: (found, match) => {
      found.isStrong = true;
      const unit = (match[1] ?? match[2] ?? '').toLowerCase();
      found.movedBack = isMovedBy(unit) ? unit : 'same';
    },
  },
  {
    pattern:
      /^(?:the )?((?:a|one) year (?:ago|earlier)|same (?:period|time|day|week|month|quarter|point)(?: of| in)?(?: the)? (?:last|previous|prior) year)$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.comparedWith = match[1] ?? '';
    },
  },
  {
    pattern:
      /^(?:as |in |use |take |show |with |give me )*(?:an? |the )?(median|average|mean|avg|p90|90th percentile|maximum|max|minimum|min|sum)(?: (?:value|values|of (?:that|it|them|those|these)))?$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.aggregate = (match[1] ?? '').toLowerCase();
    },
  },
  {
    pattern:
      /^(?:as|in) (?:an? |the )?(?:rates?|shares?|percent(?:age)?s?|%|fractions?|proportions?|ratios?|parts?) of (?!(?:the )?total\b)(?:the )?(.+)$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.rateOf = (match[1] ?? '').toLowerCase();
    },
  },
  {
    pattern:
      /^(?:which|what)(?:'s| is)?(?: the)? (?:shares?|percent(?:age)?|%|fraction|proportion|part) of (?:the )?(.+?)(?: (?:is|are|was|were) (?:that|this|it|they|those|these))?$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.isPointing = true;
      found.rateOf = (match[1] ?? '').toLowerCase();
    },
  },
  {
    pattern:
      /^(?:in (?:\$|€|dollars?|euros?|money|cash)|(?:in|as|by) (?:the )?(?:amounts?|value)|(?:and )?(?:worth )?how much(?: (?:is|are|was|were) (?:that|this|they|those|these|it)(?: all)?)?(?: worth)?|how much (?:money|value)(?: (?:is|are) (?:that|those|they))?|what (?:is|are|was|were) (?:that|this|they|those|these|it)(?: all)? worth|(?:the|their|its|(?:the )?(?:total|combined|summed)) (?:amounts?|value|worth))(?: in total| together| altogether)?$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.isPointing = true;
      found.toAmount = true;
      if (/ (?:in total|together|altogether)$/i.test(match[0])) found.ungrouped = true;
    },
  },
  {
    pattern:
      /^(?:what|how much) do(?:es)? (?:that|this|they|those|these|it)(?: all)? (?:add up to|come to|sum up to|amount to|total|make)(?: in total| together| altogether)?$/i,
    says: (found) => {
      found.isStrong = true;
      found.isPointing = true;
      found.toAmount = true;
      found.ungrouped = true;
    },
  },
  {
    pattern: /^(?:as|in) (?:a |the )?rates?$/i,
    says: (found) => {
      found.isStrong = true;
      found.rateOf = '';
    },
  },
  {
    pattern:
      /^(?:back )?(?:as|in|to) (?:the )?(?:absolute |plain |real |actual )?(?:numbers|figures|counts|absolutes?)$/i,
    says: (found) => {
      found.isStrong = true;
      found.transform = 'none';
    },
  },
  {
    pattern: /(?:^|\s)without (?:the |any |a )?compar\w+(?: to .*)?$|^no compar\w+$/i,
    says: (found) => {
      found.isStrong = true;
      found.comparedWith = 'nothing';
    },
  },
  {
    pattern: new RegExp(
      `(?:^|\\s)(?:(?:re)?sort(?:ed)?|order(?:ed)?|ranked)(?: ${pronoun})?(?: by)?\\s+(.+)$`,
      'i',
    ),
    says: (found, match) => {
      found.isStrong = true;
      found.sortedBy = (match[1] ?? '').trim();
    },
  },
  {
    pattern:
      /^((?:newest|oldest|latest|highest|lowest|largest|biggest|smallest|longest|shortest|most recent|ascending|descending)(?: (?:ones|values))?(?: first)|the other way (?:a?round)|reverse(?:d)?(?: (?:it|order|the order))?|ascending|descending|alphabetical(?:ly)?(?: order)?)$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.sortedBy = match[1] ?? '';
    },
  },
  {
    pattern: new RegExp(
      `^(?:${polite}(?:list|show|display|give|get|see|name|open(?! ones\\b))(?: me)?(?: all)?(?: of)?(?: the)? (?:them|those|these|it|ones|records?|details?|rows?|list|underlying \\w+|individual \\w+)(?: all)?|which ones?(?: (?:are|were) (?:they|those|these|it|that))?|(?:who|what|which) (?:are|were) (?:they|those|these|the ones)|(?:the )?(?:details|records)|(?:as )?a list|list|(?:the |their )?names(?: of (?:them|those|these))?|drill ?down|show me|show)$`,
      'i',
    ),
    says: (found) => {
      found.isStrong = true;
      found.toList = true;
    },
  },
  {
    pattern:
      /^(?:how many(?: of (?:them|those|these))?(?: (?:are|is|were) (?:there|that|those|they|it|these|them))?(?: in total| altogether)?|count (?:them|those|these)|them|the count|just the (?:count|number))$/i,
    says: (found) => {
      found.isStrong = true;
      found.toCount = true;
    },
  },
  {
    pattern:
      /(?:^|\s)(?:without (?:the |any )?(?:filters?|conditions?)|no filters?|clear (?:the |all )?filters?|unfiltered)$/i,
    says: (found) => {
      found.isStrong = true;
      found.unfiltered = true;
    },
  },
  {
    pattern:
      /(?:^|\s)(?:(?:without|remove|drop|clear|ignore|no|any) (?:the |any )?(?:dates?|time|time ?frame|period)(?: (?:range|filter|limit|restriction))?|regardless of (?:date|time|when)|(?:for |of )?all time|ever)$/i,
    says: (found) => {
      found.isStrong = true;
      found.anyTime = true;
    },
  },
  {
    pattern:
      /(?:^|\s)(?:with (?:the )?(?:zeros|empty ones|empty groups)|without (\bnone\b)|(?:show |and |also )?(?:those|the ones|ones) with (?:none|zero|0)|zeros|empty (?:ones|groups))$/i,
    says: (found) => {
      found.isStrong = true;
      found.includeEmpty = true;
    },
  },
  {
    pattern:
      /(?:^|\s)(?:as |in )?(?:a )?(?:percent(?:ages?)?(?: of (?:the )?total)?|%(?: of (?:the )?total)?|shares?(?: of (?:the )?total)?|proportions?)$/i,
    says: (found) => {
      found.isStrong = true;
      found.transform = 'share';
    },
  },
  {
    pattern: /(?:^|\s)(?:as )?(?:a )?(?:running total|running sum|cumulative(?:ly)?|accumulated)$/i,
    says: (found) => {
      found.isStrong = true;
      found.transform = 'running';
    },
  },
  {
    pattern:
      /(?:^|\s)(?:as |with )?(?:a |the )?(?:(\d{1,2})[- ](?:\w+ )?)?(?:moving|rolling) (?:average|mean|avg)(?: (?:of|over) (?:the last )?(\d{1,2})(?: \w+)?)?$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.transform = 'moving_avg';
      found.window = Number(match[1] ?? match[2] ?? 0) || null;
    },
  },
  {
    pattern:
      /(?:^|\s)(?:in total|overall|altogether|ungrouped|without (?:the |a |any )?(?:grouping|breakdown|split|groups)|no (?:grouping|breakdown)|(?:just )?the total|^total)$/i,
    says: (found) => {
      found.isStrong = true;
      found.ungrouped = true;
    },
  },
  {
    pattern: new RegExp(
      `(?:^|\\s)(?:${polite}(?:plot|chart|graph|draw|visuali[sz]e)(?: ${pronoun})?|(?:as|in|into|on|with|to)?\\s*(?:a |an |the )?(?:(line|bar|column|pie|trend) ?)?(chart|graph|plot|diagram|table|picture)|as (?:an? |the )?(lines?|bars?|columns?|pie))$`,
      'i',
    ),
    says: (found, match) => {
      found.isStrong = true;
      found.chart =
        match[2]?.toLowerCase() === 'table'
          ? 'table'
          : /bar|column|pie/i.test(match[1] ?? match[3] ?? '')
            ? 'bar'
            : 'line';
    },
  },
  {
    pattern:
      /(?:^|\s)(?:for )?(?:everyone|everybody|all (?:people|reps|agents|teams|of us)|the whole (?:team|company|organi[sz]ation)|company ?wide)$/i,
    says: (found) => {
      found.isStrong = true;
      found.subject = 'none';
    },
  },
  {
    pattern:
      /^(?:show |give |list )?(?:me )?(?:the )?(?:first |up to )?(\d{1,3})(?: (?:rows?|results?|lines?|entries|of (?:them|those)))?$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.limit = Number(match[1]);
    },
  },
  {
    pattern:
      /^(?:show |give |list |see )?(?:me )?(?:the )?(?:next|following)(?: (\d{1,3}|two|three|four|five|ten|one|few|page|ones|rows))?(?: (?:rows?|results?|ones|more|of (?:them|those)))?$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.nextRows = smallNumbers[(match[1] ?? '').toLowerCase()] ?? (Number(match[1]) || 0);
    },
  },
  {
    pattern: new RegExp(
      `^(?:and |what about |which is |who is |show (?:me )?|what is )?(?:the )?(${places.join('|')})(?: (?:one|place|(most \\w+|\\w+est|best|worst|most)(?: (?:one|deal|ticket|account|customer|rep|agent|product|partner|campaign|lead))?))?$`,
      'i',
    ),
    says: (found, match) => {
      found.isStrong = true;
      found.place = ordinalWords[(match[1] ?? '').toLowerCase()] ?? null;
      found.placeBy = match[2]?.toLowerCase() ?? null;
    },
  },
  {
    pattern:
      /^(?:(?:as|in|into|to|export(?: (?:it|that|this|them))?(?: (?:as|to|into))?|download(?: as)?) )?(?:an? )?(?:csv|excel|xlsx|spreadsheet)(?: file| export)?$|^(?:export|download)(?: (?:it|that|this|them))?$/i,
    says: (found) => {
      found.isStrong = true;
      found.isExport = true;
    },
  },
  {
    pattern:
      /^(?:show |give |list )?(?:me )?(?:all(?: of (?:them|it|those))?|(?:back to )?everything|everyone of them|more(?: rows| results)?)$/i,
    says: (found) => {
      found.isStrong = true;
      found.limit = allRows;
    },
  },
];

const isMovedBy = (unit: string): unit is Exclude<MovedBack, 'same'> =>
  /^(?:day|week|month|quarter|year)$/.test(unit);

/** Wishes that reach over what a comma divides. */
export const wholeWishes: readonly CueRule[] = [
  {
    // "Is that better than Americas", "how does that compare to Naomi".
    pattern: new RegExp(
      `^(?:(?:is|are|was|were) ${pronoun} (?:any )?(?:better|worse|more|higher|lower|less|fewer|longer|shorter|faster|slower|bigger|smaller|good|bad) than|how (?:does|do|did) ${pronoun} compare (?:to|with|against)) (?:the )?(.+)$`,
      'i',
    ),
    says: (found, match) => {
      found.isStrong = true;
      found.comparedWith = (match[1] ?? '').trim();
    },
  },
  {
    // "Which customers were hit": the verb says no more than that they are in the rows.
    pattern:
      /^((?:which|what) [\p{L}-]+(?: [\p{L}-]+)?)(?: (?:were|was|are|is|got|have|has|had|did))?(?: been)? (?:hit|affected|impacted|involved|concerned|struck|responsible)(?: by (?:it|that|this|them|those))?$/iu,
    says: strongly(),
    keeps: (match) => match[1] ?? '',
  },
  {
    pattern:
      /,?\s*(?:instead of|rather than|in place of|(?:and )?not(?= (?:by|per)))(?: (?:by|per))? (?:the )?([^,;]+)$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.insteadOf = (match[1] ?? '').trim();
      setMode(found, 'swap');
      found.isReplacing = true;
    },
  },
];
