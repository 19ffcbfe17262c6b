import { fillerWords } from './filler-words.ts';

/** Words that the rules themselves know, beside the catalogue's: never taken for typos, and typos are read as them. */
const spoken = `today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february march
  april may june july august september october november december second minute hour day week month quarter year half
  fortnight last past previous prior trailing rolling next coming upcoming ago since until till before after between first
  third fourth two three four five six seven eight nine ten eleven twelve thirty sixty ninety couple
  daily weekly monthly quarterly yearly annual annually hourly trend trending history time versus compared against same
  top bottom best worst highest lowest biggest largest smallest longest shortest slowest fastest oldest newest latest recent
  most fewest least more less fewer greater higher lower above below under over exceeding than except excluding without not
  other only between maximum exactly mine team teams who which change changed growth increase decrease average median total
  complete full calendar date ever before because forecast predict summarize summarise explain filter filters`;

export const grammarWords: ReadonlySet<string> = new Set([...spoken.split(/\s+/), ...fillerWords]);
