import type { Turn } from '../turn.ts';
import { shownThing } from './change-shell.ts';

const beside =
  '(?:than|on|from|to|against|over|with|vs\\.?|versus|since|compared (?:to|with)|relative to|in comparison (?:to|with))';
const changed =
  '(?:(?:any |a lot |much |a bit |slightly )?(?:more|less|fewer|higher|lower|better|worse|up|down|bigger|smaller|longer|shorter|faster|slower|above|below|an increase|a decrease|an improvement|a rise|a drop)(?:,? or |/)?)+';
const unitBefore = { mom: 'month', wow: 'week', qoq: 'quarter', yoy: 'year', dod: 'day' } as const;

/** Changes that would be taken for others by a word of theirs: these come first. */
export const plainChanges: readonly Turn[] = [
  // "Only those open longer than 14 days": their age, and no state by that name.
  [
    /^(?:and )?((?:only|just|keep|show) )?(?:only |just )?(?:those|the ones|ones|these|which ones|which of (?:them|those)) (?:(?:that|which) )?(?:(?:are|have been|is|has been) )?(?:been )?open (?:for )?(?:longer|more) than (?=\d|an?\b|two|three|four|five|six|seven|ten)/i,
    'only those older than ',
  ],
  // A column or a figure beside what is shown.
  [
    /^(?:and )?(?:show|add|include|put|tell(?: me)?|list) (?:the |their |its )(?!same\b|ones?\b|number\b|count\b|total\b|tickets\b|deals\b)((?:[\w-]+ ){0,2}[\w-]+)(?: (?:as well|too|also|in there|next to (?:each(?: one| of them)?|it|them|those)|beside (?:each|it|them)|to (?:it|that|them)))$/i,
    'with the $1',
  ],
  [
    /^(?:(?:swap|replace|exchange|change) (?:the )?[\w ]+? (?:for|with|by|to) )?(?:the )?(?:number|count) of ([a-z]+(?: [a-z]+)?)(?: instead)?$/i,
    (said, rows = '') =>
      /^swap|^replace|^exchange|^change|instead$/i.test(said) ? `how many ${rows} is that` : said,
  ],
  [
    /^(?:make|turn|show) (?:it|that|this)(?: into)? (?:the |a )?(median|average|mean)(?: instead(?: of (?:the |an? )?(?:average|median|mean))?)?$/i,
    '$1 instead',
  ],
  [/^and (?:how many|the number of) ([a-z]+(?: [a-z]+)?)$/i, 'how many $1 is that'],
  [/^(?:and )?(?:for )?my whole team$/i, 'and my team'],
  [
    /^(?:(?:ok|okay|and|so|now),? )*(?:for )?(?:the whole company|everybody|everyone|all of us|the entire company|company[- ]wide)(?: in the company)?,? (?:not (?:only|just) (?:mine|me|my own|my team(?:'s)?))$/i,
    'and for everyone',
  ],
  [
    /^(?:and )?what did (?:that|it|this|they|those|the [a-z]+|that [a-z]+) look like (?:in |for |over |during )?(?=the|last|in|\d)/i,
    'and ',
  ],
  [
    /^without (?:anyone|anybody|those|people|agents|reps|the ones) (?:who|that|which) (?:has|have|had|got) (?:fewer|less) than (\d+) (?=[a-z])/i,
    'only those with at least $1 ',
  ],
  [
    /^(?:and )?(?:who|which (?:agents?|people|engineers?|reps?|persons?)) (?:are|is|were|was) (?:they|those|these|it|each(?: of them| one)?) assigned to$/i,
    'with the assignee',
  ],
];

/** Turns of phrase for changes of what is shown, each with what is read in its place. */
export const changeTurns: readonly Turn[] = [
  // Days of the week in the same period, and not the last ones.
  [/^(?:(?:only|just|and) )+(?:on )?saturdays? (?:and|or|&|,|\+) ?sundays?$/i, 'on weekends'],
  [/^(?:(?:only|just) )+(?:the )?weekends?$/i, 'on weekends'],
  [
    /^(?:(?:only|just) )+(?:on )?((?:mon|tues|wednes|thurs|fri|satur|sun)day)s? (?:and|or|&) (?:on )?((?:mon|tues|wednes|thurs|fri|satur|sun)day)s?$/i,
    'on $1s and $2s',
  ],
  [
    /^make (?:it|that|this) (?:in)?(?:to )?an? (?:stacked )?(bar|line|pie|area)(?: chart| graph)?\b/i,
    'as a $1 chart',
  ],
  // How it stands beside another period.
  [
    new RegExp(
      `^(?:and )?(?:(?:is|are|was|were) )?(?:${shownThing} )?(?:by how much )?${changed} ${beside} (?=\\S)(?![$€]?\\d)`,
      'i',
    ),
    'compared with ',
  ],
  [
    new RegExp(
      `^(?:how much|by how much) ${changed} (?:(?:is|are|was|were) ${shownThing} )?${beside} (?=\\S)`,
      'i',
    ),
    'compared with ',
  ],
  [
    new RegExp(
      `^(?:did|has|have|do|does) ${shownThing} (?:go(?:ne)?|get|gotten|change|changed|move|moved|rise|risen|fall|fallen|drop|dropped|improve|improved|grow|grown|increase|increased|decrease|decreased)(?: ${changed})?,? ${beside} (?=\\S)`,
      'i',
    ),
    'compared with ',
  ],
  [
    new RegExp(
      `^(?:what(?:'s| is| was) |show (?:me )?|and )?(?:the |any )?(?:change|difference|delta|growth|increase|decrease|gap) ${beside} (?=\\S)`,
      'i',
    ),
    'compared with ',
  ],
  [
    new RegExp(
      `^how (?:do|does|did) ${shownThing} (?:stack up|measure up|hold up|fare|look|do|compare) ${beside} (?=\\S)`,
      'i',
    ),
    'compared with ',
  ],
  [
    new RegExp(
      `^(?:put|set|hold|show) ${shownThing} (?:next to|beside|alongside|side by side with|against) (?=\\S)`,
      'i',
    ),
    'compared with ',
  ],
  ...Object.entries(unitBefore).map(
    ([short, unit]) =>
      [
        new RegExp(
          `^(?:and )?(?:the )?${short}(?: (?:comparison|change|growth|delta|difference|trend))?$`,
          'i',
        ),
        `compared with the ${unit} before`,
      ] as const,
  ),
  // The same period, another figure.
  [
    /^(?:for |in |over )?(?:the )?same (?:period|month|week|quarter|year|time|days?|range|time ?frame)[,:]? (?:but )?(?!(?:of |in )?(?:the )?(?:last|previous|prior) year\b)(?=\S)/i,
    'same for ',
  ],
  [
    / (?:in|for|over|during|of|at) (?:the same|that|this same|this very) (?:period|month|week|quarter|year|time|days?|range|time ?frame)(?: too| as well| instead)?$/i,
    ' over the same period',
  ],
  // Another period, spread as before.
  [
    new RegExp(
      `^how (?:were|was|are|is) ${shownThing} (?:spread|distributed|split|divided|broken down)(?: (?:up|out))? (?=\\S)`,
      'i',
    ),
    'same for ',
  ],
  [
    /^(?:and |but )?as (?:a )?(?:share|percentage|percent|%|part) of (?:the |our )?(?:team|overall|grand|whole|entire|group)?(?: ?total| whole)(?=[?.!]*$)/i,
    'as a share',
  ],
  [
    /^(?:and )?(?:from where|where from|where (?:do|did) (?:they|those|these) (?:all )?come from)(?=[?.!]*$)/i,
    'by source',
  ],
  [
    /^(?:and )?which (customers|accounts|clients|products|teams) (?:does|do|did|is|are|were) (?:that|this|it|they|those|these) (?:hit|hitting|affect|affecting|concern|concerning|about|from|of)(?=[?.!]*$)/i,
    'by $1',
  ],
  [/^(?:just|only) the (?:top|first) one(?=[?.!]*$)/i, 'only the top 1'],
  // What was meant.
  [/^(?:sorry|oops|my bad|correction|no)?[,: ]*(?:i )?meant? (?:to (?:say|ask) )?(?=\S)(.+)$/i, '$1 instead'],
  // Another name.
  [/^(?:check|do|try|look up|look at) (?:also )?(?!I\b)(?=["\p{Lu}][^']{0,40}$)/u, 'what about '],
  // Only some of them.
  [
    /^(?:hide|remove|drop|exclude|leave out|skip|ignore) (?:everything|anything|all|everyone|those|the ones) (?:that|who|which)(?: is|'s| are) ?(?:not|n't) /i,
    'only ',
  ],
  [
    /^(?:hide|remove|drop|exclude|leave out|skip|ignore) (?:everything|anything|all|everyone|those|the ones) (?:that|who|which) (?:isn't|aren't|wasn't|weren't) /i,
    'only ',
  ],
  // Left out.
  [/^(?:do not|don't|not) (?:count|include|consider|take)(?:ing)? (?:the )?/i, 'without '],
  [
    /^(?:take|leave|keep|filter) (?:the )?(.+?) out(?: of (?:it|that|this|them|those|these|the (?:number|figure|count|list)))?$/i,
    'without $1',
  ],
  [/^(?:take|leave|keep|filter) out (?:the )?(.+)$/i, 'without $1'],
  [
    new RegExp(
      `^(?:how|what) (?:would|will|does|is|was) ${shownThing}(?: be| look)?(?: like)? (?:if|when) (?:we|you|i) (?:skip|leave out|ignore|drop|exclude|remove) (?:the )?`,
      'i',
    ),
    'without ',
  ],
  [
    new RegExp(
      `^(?:what|how) (?:would|will|does|is|was) (?:${shownThing}|the \\w+)(?: be| look)?(?: like)? with (?:the )?(.+?) (?:removed|left out|excluded|taken out|gone)$`,
      'i',
    ),
    'without $1',
  ],
  // A course.
  [
    /^(?:(?:and )?(?:the |as a |in a )?)?(dai|week|month|quarter|year)ly (?:trend|course|development|view|basis|steps|figures|numbers|breakdown|values|chart|graph)$/i,
    'by $1',
  ],
  [/^by dai$/i, 'by day'],
  [/^(?:the |as a )?trend (?:per|by) (day|week|month|quarter)$/i, 'by $1'],
  [
    new RegExp(
      `^how (?:did|has|have|does|do) ${shownThing} (?:develop(?:ed)?|evolve[d]?|go(?:ne)?|move[d]?|change[d]?|look(?:ed)?|trend(?:ed)?|progress(?:ed)?) (?:by |per |over the )?(?=(?:day|week|month|quarter)s?\\b)(day|week|month|quarter)s?(?: (?:by|to|after|on) \\1)?$`,
      'i',
    ),
    'by $1',
  ],
  [
    new RegExp(
      `^(?:plot|chart|graph|draw|spread|lay out|visuali[sz]e) ${shownThing}(?: out)?(?: over (?:the )?(?:time|period|day|week|month|quarter|year))?,? (?=(?:by|per)\\b)`,
      'i',
    ),
    '',
  ],
  [
    new RegExp(
      `^(?:the )?(?:course|development|trend|timeline|curve|history) of ${shownThing} (?=(?:by|per)\\b)`,
      'i',
    ),
    '',
  ],
  // Sorted.
  [
    /^(?:from )?(?:highest|biggest|largest|high|big) to (?:lowest|smallest|low|small) ([a-z]+)$/i,
    'sort by $1, highest first',
  ],
  [
    /^(?:from )?(?:lowest|smallest|low|small) to (?:highest|biggest|largest|high|big) ([a-z]+)$/i,
    'sort by $1, lowest first',
  ],
  [
    /^(?:put|show|list|have|get|bring) (?:the )?(?:largest|biggest|highest|big|most valuable|most expensive)(?: (?:ones|\w+s))? (?:on top|at the top|first|up top|at the beginning)$/i,
    'highest first',
  ],
  [
    /^(?:put|show|list|have|get|bring) (?:the )?(?:smallest|lowest|small|cheapest|least valuable)(?: (?:ones|\w+s))? (?:on top|at the top|first|up top|at the beginning)$/i,
    'lowest first',
  ],
  [/^most (?:valuable|expensive)(?: ones)? first$/i, 'highest first'],
  [
    /^(?:arrange|rank|re-?sort|order|sort) (?:it|that|this|them|those|these|the list) (?:by|on) /i,
    'sort by ',
  ],
  [
    /^(sort(?:ed)? by .+?),? (?:(?:from )?(?:high|big|large|highest|biggest|largest) to (?:low|small|lowest|smallest)|(?:highest|biggest|largest) (?:at the top|on top)|desc)$/i,
    '$1, highest first',
  ],
  [
    /^(sort(?:ed)? by .+?),? (?:(?:from )?(?:low|small|lowest|smallest) to (?:high|big|large|highest|biggest|largest)|(?:lowest|smallest) (?:at the top|on top)|asc)$/i,
    '$1, lowest first',
  ],
  [/^by (.+?),? desc(?:ending)?$/i, 'sort by $1, highest first'],
  [/^by (.+?),? asc(?:ending)?$/i, 'sort by $1, lowest first'],
  [
    /^(?:same,? )?(highest|largest|biggest|lowest|smallest) (?!ones|first|values)(\w+(?: \w+)?) first$/i,
    'sort by $2, $1 first',
  ],
  [
    /^(?:and )?(?:(?:what are |give |show |tell |i need )?(?:me )?(?:the|their) names(?: of (?:them|those|these))?|names(?: please| pls)?|who are they|what are they called)$/i,
    'list them',
  ],
  [
    /^(.+?),? but (?=(?:by|per|week by|month by|day by|weekly|monthly|daily|as a|sorted|ordered|in)\b)/i,
    '$1, ',
  ],
  [/^longest waiting(?: ones?)?(?: (?:first|on top))?$/i, 'oldest first'],
  [/^(.*?,? ?)most (?:negative|unhappy|critical in tone) first$/i, '$1lowest first'],
  [/^(.*?,? ?)most (?:positive|happy) first$/i, '$1highest first'],
];
