import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import { tidy } from '../token.ts';
import { rephrased } from '../turn.ts';
import { changeForms } from './change-forms.ts';
import { otherInstead, withoutCondition } from './change-instead.ts';
import { withoutShell } from './change-shell.ts';
import { changeTurns, plainChanges } from './change-turns.ts';
import { shownBy } from './shown.ts';
import { terseForms } from './terse-forms.ts';

/**
 * How people put a change of the answer before, in the words in which changes are read: "swap urgent for high" becomes
 * "high instead", "is that more than the month before" becomes "compared with the month before". What names nothing of that
 * answer and points at nothing shown comes back as it was.
 */
export function inChangeWords(question: string, previous: QueryPlan, catalogue: Catalogue): string {
  const typed = tidy(question).replace(/[\s?.!]+$/, '');
  const { text, wish } = withoutShell(typed);
  const shown = shownBy(previous, catalogue);
  const given = wish.replace(/^(?:give|show|get|tell|send) (?:me|us) (?:just |only )?/i, '');
  const plain = rephrased(given, plainChanges);
  if (plain !== given)
    return plain === 'with the assignee' && previous.kind === 'metric' ? 'by assignee' : plain;
  for (const form of [otherInstead, withoutCondition, ...terseForms, ...changeForms]) {
    const said = form(wish, shown) ?? (given === wish ? null : form(given, shown));
    if (said !== null) return said;
  }
  const turned = rephrased(given, changeTurns);
  if (turned !== given) return turned;
  if (wish !== typed && isChange.test(wish)) return wish;
  return text === typed ? question : text;
}

/** Verbs that change what is shown; politeness around them says nothing. */
const isChange =
  /^(?:only|just|exclude|leave out|take out|drop|remove|skip|hide|cut|slice|split|break|group|limit|narrow|filter|sort|order|rank|compare|plot|chart|what about|how about|how many of (?:them|those|these))\b/i;
