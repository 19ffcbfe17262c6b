import { type Token, tidy, tokenise } from './token.ts';
import type { Meaning } from './vocabulary.ts';

/** What takes the place of words of a question: something of the catalogue, or other words. */
export type Put =
  | { readonly kind: 'meaning'; readonly label: string; readonly meaning: Meaning }
  | { readonly kind: 'words'; readonly text: string };

/** Tokens from `from` up to but not including `to` are exchanged; with `from` = `to` something is put in between. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly put: readonly Put[];
}

/** A token that an edit brought in. */
interface PutToken extends Token {
  readonly meaning: Meaning | null;
}

/** A question read in another way: the same tokens with some of them exchanged, one edit after the other. */
export function withEdits(tokens: readonly Token[], edits: readonly Edit[]): readonly Token[] {
  let edited = tokens;
  for (const { from, to, put } of edits) {
    const at = edited[from - 1]?.end ?? edited[to]?.start ?? 0;
    const brought = put.flatMap((one) => tokensOf(one, at));
    edited = [...edited.slice(0, from), ...brought, ...edited.slice(to)].map((token, index) => ({
      ...token,
      index,
    }));
  }
  return edited;
}

/** They stand where the words stood that they replace, and cover nothing of the text. */
function tokensOf(put: Put, at: number): readonly PutToken[] {
  const place = { index: 0, start: at, end: at, capitalised: false, possessive: false };
  if (put.kind === 'words')
    return tokenise(tidy(put.text)).map((token) => ({ ...token, ...place, meaning: null }));
  // No word of the vocabulary: only the meaning counts.
  const word = `=${put.label.toLowerCase()}`;
  return [{ ...place, text: put.label, lower: word, word, kind: 'word', meaning: put.meaning }];
}

/** Whether a token was brought in by an edit: it is not looked at for another reading again. */
export const isPut = (token: Token | undefined): boolean => token !== undefined && 'meaning' in token;

/** What a token stands for by itself. */
export function putMeaning(token: Token): Meaning | null {
  return 'meaning' in token ? (token as PutToken).meaning : null;
}
