import { type Kysely, sql } from 'kysely';
import type { Schema } from '../../store/schema.ts';
import { foldText } from '../../store/suppression-keys.ts';
import { fail, ok, type Result } from '../../toolkit/issue.ts';
import { findContacts, identityOf, markNamesakes } from './find-person.ts';
import type { Identity } from './identity.ts';
import type { PrivacySubject } from './subject.ts';

interface AccountRow {
  readonly id: string;
  readonly source: string;
  readonly source_id: string;
  readonly name: string;
  readonly domain: string | null;
}

/**
 * Finds the one customer that is meant by a name, a domain or the id of a record, with everybody who works there.
 * Records that were merged into it belong to it.
 *
 * @param pseudonym what stands where the name stood
 * @param personPseudonym what stands where the name of somebody there stood
 */
export async function findAccount(
  db: Kysely<Schema>,
  text: string,
  pseudonym: string,
  personPseudonym: string,
): Promise<Result<PrivacySubject>> {
  const wanted = text.trim();
  const live = await accounts(db, sql<boolean>`deleted_at is null`);
  const exact = live.filter(
    ({ id, name, domain }) =>
      id === wanted || plain(name) === plain(wanted) || plain(domain ?? '') === plain(wanted),
  );
  const [only, ...others] = exact;
  if (only === undefined) {
    const near = live.filter(({ name }) => plain(name).includes(plain(wanted).slice(0, 5))).slice(0, 5);
    return fail({
      code: 'unknown-account',
      path: wanted,
      message: 'no customer has this name; give the full name or the id of the record',
      suggestions: near.map(describe),
    });
  }
  if (others.length > 0) {
    return fail({
      code: 'ambiguous-account',
      path: wanted,
      message: `fits ${exact.length} customers; say which by the id of its record`,
      suggestions: exact.map(describe),
    });
  }
  const merged = await accounts(db, sql<boolean>`raw->>'mergedInto' = ${only.id}`);
  const rows = [only, ...merged];
  const people = await findContacts(
    db,
    rows.map(({ id }) => id),
  );
  return ok({
    kind: 'account',
    label: describe(only),
    records: [
      ...rows.map(({ id }) => ({ entity: 'account' as const, id, newId: id })),
      ...people.map(({ entity, id }) => ({ entity, id, newId: id })),
    ],
    identities: [
      accountIdentity(rows, pseudonym),
      ...(await markNamesakes(
        db,
        people.map((row) => identityOf([row], personPseudonym)),
        people.map(({ id }) => id),
      )),
    ],
  });
}

function accountIdentity(rows: readonly AccountRow[], pseudonym: string): Identity {
  const base = identityOf([], pseudonym);
  const isLong = (id: string): boolean => id.length >= 12 && /\d/.test(id);
  const sourceIds = rows.map((row) => row.source_id);
  return {
    ...base,
    kind: 'account',
    names: [...new Set(rows.map(({ name }) => name.trim()))],
    domains: [
      ...new Set(rows.flatMap(({ domain }) => (domain === null || !domain.includes('.') ? [] : [domain]))),
    ],
    sourceIds: sourceIds.filter(isLong),
    shortIds: sourceIds.filter((id) => !isLong(id)),
    ids: rows.map(({ id }) => ({ old: id, new: 'erased' })),
  };
}

async function accounts(
  db: Kysely<Schema>,
  condition: ReturnType<typeof sql<boolean>>,
): Promise<readonly AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select id, source, source_id, name, domain from account where ${condition} order by id`.execute(db);
  return rows;
}

const plain = (text: string): string => foldText(text).trim().replace(/\s+/g, ' ');

const describe = ({ id, name, source }: AccountRow): string => `${id} (${name}, from ${source})`;
