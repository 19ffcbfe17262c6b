import { tidy } from '../token.ts';

const opening =
  /^(?:(?:please|pls|can you|could you|kindly) )?(?:(?:show|give|tell)(?: me| us)? |what(?:'s| is| are| was| were)? |which )?(?:the |our )?/i;

/** A question without how it is opened and closed: "can you show me the daily average of calls?" is "daily average of calls". */
export const withoutOpening = (question: string): string =>
  tidy(question)
    .replace(/[?!.]+$/, '')
    .replace(opening, '');
