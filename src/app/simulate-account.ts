import type { AccountChoice } from '../interactions/simulate.ts';
import { customerKey, looseCustomerKey } from '../sources/identity.ts';
import { fail, ok, type Result } from '../toolkit/issue.ts';
import { nearest } from '../toolkit/nearest.ts';

interface NamedAccount {
  readonly id: string;
  readonly name: string;
}

const MOST_SUGGESTIONS = 5;

/**
 * The account that was meant: its name without regard to case, blanks and legal form, or words that only one name
 * holds. Several that fit are asked back, and an unknown name gets the nearest ones; nothing is ever guessed.
 */
export function matchAccount(accounts: readonly NamedAccount[], choice: AccountChoice): Result<NamedAccount> {
  if (choice.by === 'id') {
    const found = accounts.find(({ id }) => id === choice.id);
    return found === undefined
      ? fail({ code: 'unknown-account', path: 'account', message: 'This account is not there any more.' })
      : ok(found);
  }
  const path = `account "${choice.name}"`;
  const key = customerKey(choice.name);
  const loose = looseCustomerKey(choice.name);
  const ways: readonly ((name: string) => boolean)[] = [
    (name) => customerKey(name) === key,
    (name) => looseCustomerKey(name) === loose,
    (name) => ` ${looseCustomerKey(name)}`.includes(` ${loose}`),
  ];
  const fits = ways
    .map((isFit) => accounts.filter(({ name }) => isFit(name)))
    .find((found) => found.length > 0);
  const [only, ...others] = fits ?? [];
  if (only !== undefined && others.length === 0) return ok(only);
  if (fits !== undefined)
    return fail({
      code: 'ambiguous-account',
      path,
      message: `"${choice.name}" fits ${fits.length} accounts; write the whole name.`,
      suggestions: fits.slice(0, MOST_SUGGESTIONS).map(({ name }) => name),
    });
  return fail({
    code: 'unknown-account',
    path,
    message: `There is no account called "${choice.name}".`,
    suggestions: nearestNames(
      loose,
      accounts.map(({ name }) => name),
    ),
  });
}

/** Also where somebody wrote only the beginning of a name, and that with a slip. */
function nearestNames(written: string, names: readonly string[]): readonly string[] {
  const words = written.split(' ').length;
  const keys = names.map((name) => [looseCustomerKey(name), name] as const);
  const candidates = keys.flatMap(([key, name]) => [
    [key, name] as const,
    [key.split(' ').slice(0, words).join(' '), name] as const,
  ]);
  const near = nearest(
    written,
    candidates.map(([key]) => key),
    MOST_SUGGESTIONS,
  );
  const meant = near.flatMap((key) => candidates.filter(([one]) => one === key).map(([, name]) => name));
  return [...new Set(meant)].slice(0, MOST_SUGGESTIONS);
}
