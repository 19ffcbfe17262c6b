import { wordTable } from '../../../toolkit/word-table.ts';

const irregular: Readonly<Record<string, string>> = wordTable({
  ...forms('be', 'is are was were am been being'),
  ...forms('have', 'has had having'),
  ...forms('do', 'does did done doing'),
  ...forms('win', 'won wins winning'),
  ...forms('lose', 'lost loses losing'),
  ...forms('buy', 'bought'),
  ...forms('sell', 'sold'),
  ...forms('send', 'sent'),
  ...forms('go', 'goes went gone going'),
  ...forms('come', 'came'),
  ...forms('take', 'took taken'),
  ...forms('get', 'got gotten getting'),
  ...forms('make', 'made'),
  ...forms('hold', 'held'),
  ...forms('meet', 'met'),
  ...forms('leave', 'left'),
  ...forms('pay', 'paid'),
  ...forms('keep', 'kept'),
  ...forms('spend', 'spent'),
  ...forms('break', 'broke broken'),
  ...forms('feel', 'felt'),
  ...forms('bring', 'brought'),
  ...forms('give', 'gave given'),
  ...forms('say', 'said'),
  ...forms('write', 'wrote written'),
  ...forms('sit', 'sat sitting'),
  ...forms('fall', 'fell fallen'),
  ...forms('find', 'found'),
  ...forms('speak', 'spoke spoken'),
  ...forms('use', 'uses used using'),
  ...forms('cancel', 'cancelled canceled cancelling canceling'),
  ...forms('put', 'putting'),
  ...forms('let', 'letting'),
  ...forms('run', 'ran running'),
  ...forms('see', 'saw seen'),
  ...forms('grow', 'grew grown'),
  ...forms('stick', 'stuck'),
  ...forms('shrink', 'shrank shrunk'),
  ...forms('rise', 'rose risen'),
  ...forms('deal', 'dealt'),
});

function forms(verb: string, said: string): Record<string, string> {
  return Object.fromEntries(said.split(' ').map((form) => [form, verb]));
}

/** They end like a form of a verb, and are things. */
const nouns =
  /^(?:meeting|billing|training|pricing|something|nothing|anything|everything|morning|evening|during|string)$/;

const kept = new Map<string, string>();

/** One form for all forms of a word, so that "solved", "solving" and "solves" are "solve". No word by itself. */
export function lemma(word: string): string {
  const known = kept.get(word);
  if (known !== undefined) return known;
  const found = lemmaOf(word);
  if (kept.size < 5000) kept.set(word, found);
  return found;
}

function lemmaOf(word: string): string {
  const verb = irregular[word] ?? word;
  if (verb.length < 4 || nouns.test(verb) || nouns.test(verb.replace(/s$/, ''))) return verb;
  return withoutEnding(verb)
    .replace(/([bdgmnprt])\1$/, '$1')
    .replace(/(?<=..)e$/, '');
}

function withoutEnding(word: string): string {
  if (/ie[sd]$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/[^e]ed$/.test(word) || (/ing$/.test(word) && word.length > 5)) return word.replace(/(?:ed|ing)$/, '');
  if (/(?:ch|sh|x|ss|zz)es$/.test(word)) return word.slice(0, -2);
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}
