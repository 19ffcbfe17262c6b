import { buildMatcher } from '../../access/privacy/build-matcher.ts';
import type { Identity } from '../../access/privacy/identity.ts';
import type { RecordText } from '../../store/record-texts.ts';
import { createPersonalMask } from '../../toolkit/mask-personal.ts';
import { scrub } from '../../toolkit/scrub.ts';

export interface Names {
  readonly contacts: readonly string[];
  readonly colleagues: readonly string[];
}

export interface TextMask {
  text(text: string): string;
  record(record: RecordText): RecordText;
}

/**
 * Takes personal details out of texts before they leave for a model: addresses, numbers, cards, accounts by their
 * shape, secrets by theirs, and the names of the customer's contacts and of colleagues. Names that no record knows stay.
 */
export function createTextMask({ contacts, colleagues }: Names): TextMask {
  const personal = createPersonalMask();
  const names = buildMatcher([...contacts, ...colleagues].map(identityOf));
  const text = (words: string): string => names.scrubText(personal.mask(scrub(words)), true);
  return {
    text,
    record: (record) => ({
      ...record,
      title: text(record.title),
      lines: record.lines.map((line) => ({ ...line, text: text(line.text) })),
    }),
  };
}

const identityOf = (name: string): Identity => ({
  kind: 'person',
  pseudonym: '[name]',
  names: [name],
  isNameUnique: true,
  emails: [],
  phones: [],
  domains: [],
  chatIds: [],
  sourceIds: [],
  shortIds: [],
  ids: [],
});
