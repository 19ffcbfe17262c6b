import { wordTable } from '../../toolkit/word-table.ts';

/** One to ten, as they are written out wherever a question counts something. */
export const smallNumbers = wordTable({
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
});
