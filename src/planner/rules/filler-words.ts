/**
 * Words that change nothing about what is computed. Everything else must be consumed by a rule or the question is not
 * answered, so a word belongs here only when leaving it out can never change the right answer.
 */
export const fillerWords: ReadonlySet<string> = new Set(
  `a an the of to for in on at from with and is are was were be been being am do does did done doing have has had having
  i we you us our ours your yours there here that which what who whom whose how
  many much me please kindly hey hi hello thanks thank heed bot can could show give tell let know see display return
  find fetch pull get got want need like list total overall all any some so far just only currently current now right
  moment as also about regarding concerning number count figure figures data result results
  question answer report view quick quickly s
  every each per by across within during using based broken down split grouped group breakdown
  ok okay um uh well actually really still already yet at
  pls plz thx ty cheers hiya heya yo ugh hmm oh btw fyi rn asap tbh lol folks
  look looks looking looked carry carries carrying carried sit sits sitting gives gave giving given
  seem seems seemed stand stands standing belong belongs belonging exist exists happen happens happened would supposed
  anyone anybody somebody someone everyone everybody among amongst altogether their theirs its they them`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
