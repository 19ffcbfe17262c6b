import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../../store/schema.ts';
import { emailKey, foldedWords, nameKeys } from '../../store/suppression-keys.ts';
import { fail, ok, type Result } from '../../toolkit/issue.ts';
import { type Identity, nameWords } from './identity.ts';
import { type PersonEntity, personEntities } from './record-rules.ts';
import type { PrivacySubject } from './subject.ts';

interface PersonRow {
  readonly entity: PersonEntity;
  readonly id: string;
  readonly source: string;
  readonly source_id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/**
 * Finds the one person that is meant by an e-mail address, a full name, a chat id or the id of a record. Records with
 * the same address are one person. A name that fits people with different addresses is never decided by guessing: the
 * candidates come back with their ids. An address that no record has may still stand in texts, so it is accepted.
 *
 * @param pseudonym what stands where the name stood
 */
export async function findPerson(
  db: Kysely<Schema>,
  text: string,
  pseudonym: string,
): Promise<Result<PrivacySubject>> {
  const wanted = text.trim();
  const found = await look(db, wanted);
  const groups = groupByAddress(found);
  const [only, ...others] = groups;
  if (only === undefined) {
    return isEmail(wanted) ? ok(addressAlone(wanted, pseudonym)) : fail(await unknownPerson(db, wanted));
  }
  if (others.length > 0) {
    return fail({
      code: 'ambiguous-person',
      path: wanted,
      message: `fits ${groups.length} people; say which by the id of a record`,
      suggestions: found.map(describe),
    });
  }
  return ok(await buildSubject(db, await withSameAddress(db, only), pseudonym));
}

/** The same, for every contact of a customer. */
export async function findContacts(
  db: Kysely<Schema>,
  accountIds: readonly string[],
): Promise<readonly PersonRow[]> {
  const isTheirs = sql<boolean>`account_id = any(${[...accountIds]}::uuid[])`;
  const contacts = await people(db, 'contact', isTheirs);
  return [...contacts, ...(await people(db, 'lead', isTheirs))];
}

async function look(db: Kysely<Schema>, text: string): Promise<readonly PersonRow[]> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
    return everywhere(db, sql<boolean>`id = ${text}::uuid`);
  }
  if (isEmail(text)) return everywhere(db, sql<boolean>`lower(email) = ${emailKey(text)}`);
  const linked = await db
    .selectFrom('chat_identity')
    .select('person_id')
    .where('chat_user_id', '=', text)
    .execute();
  if (linked.length > 0) {
    const ids = linked.map((row) => row.person_id);
    return people(db, 'person', sql<boolean>`id = any(${ids}::uuid[])`);
  }
  return everywhere(db, sql<boolean>`name is not null`, nameFilter(text));
}

/** All words, in either order of first and last name; accents and case do not count. */
function nameFilter(text: string): (row: PersonRow) => boolean {
  const key = (name: string): string => foldedWords(nameWords(name).join(' ')).join(' ');
  const wanted = key(text);
  const turned = foldedWords(nameWords(text).join(' '));
  const other = [turned.at(-1), ...turned.slice(0, -1)].join(' ');
  return ({ name }) => name !== null && (key(name) === wanted || key(name) === other);
}

async function everywhere(
  db: Kysely<Schema>,
  condition: ReturnType<typeof sql<boolean>>,
  filter: (row: PersonRow) => boolean = () => true,
): Promise<readonly PersonRow[]> {
  const rows: PersonRow[] = [];
  for (const entity of personEntities) rows.push(...(await people(db, entity, condition)).filter(filter));
  return rows;
}

async function people(
  db: Kysely<Schema>,
  entity: PersonEntity,
  condition: ReturnType<typeof sql<boolean>>,
): Promise<readonly PersonRow[]> {
  const phone = entity === 'contact' ? sql`phone` : sql`null::text`;
  const { rows } = await sql<Omit<PersonRow, 'entity'>>`
    select id, source, source_id, name, email, ${phone} as phone from ${sql.table(entity)}
    where ${condition} order by id`.execute(db);
  return rows.map((row) => ({ entity, ...row }));
}

function groupByAddress(rows: readonly PersonRow[]): readonly (readonly PersonRow[])[] {
  const groups = new Map<string, PersonRow[]>();
  for (const row of rows) {
    const key = row.email === null ? row.id : emailKey(row.email);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

async function withSameAddress(
  db: Kysely<Schema>,
  rows: readonly PersonRow[],
): Promise<readonly PersonRow[]> {
  const email = rows.find((row) => row.email !== null)?.email;
  if (!email) return rows;
  const same = await everywhere(db, sql<boolean>`lower(email) = ${emailKey(email)}`);
  const known = new Set(rows.map(({ id }) => id));
  return [...rows, ...same.filter(({ id }) => !known.has(id))];
}

async function buildSubject(
  db: Kysely<Schema>,
  rows: readonly PersonRow[],
  pseudonym: string,
): Promise<PrivacySubject> {
  const ids = rows.map(({ id }) => id);
  const chats = await db
    .selectFrom('chat_identity')
    .select('chat_user_id')
    .where('person_id', 'in', ids)
    .orderBy('chat_user_id')
    .execute();
  const records = rows.map(({ entity, id }) => ({ entity, id, newId: randomUUID() }));
  const identity: Identity = {
    ...identityOf(rows, pseudonym),
    chatIds: chats.map((row) => row.chat_user_id),
    ids: records.map(({ id, newId }) => ({ old: id, new: newId })),
  };
  return {
    kind: 'person',
    label: rows.map(describe).join('; '),
    records,
    identities: await markNamesakes(db, [identity], ids),
  };
}

/** What names a person, from their records. */
export function identityOf(rows: readonly PersonRow[], pseudonym: string): Identity {
  const sourceIds = rows.flatMap(({ source_id }) => (isEmail(source_id) ? [] : [source_id]));
  const isLong = (id: string): boolean => id.length >= 12 && /\d/.test(id) && /\p{L}/u.test(id);
  return {
    kind: 'person',
    pseudonym,
    names: distinct(rows.flatMap(({ name }) => (name === null || name.trim() === '' ? [] : [name.trim()]))),
    isNameUnique: true,
    emails: distinct([
      ...rows.flatMap(({ email }) => (email === null || email.trim() === '' ? [] : [email.trim()])),
      ...rows.flatMap(({ source_id }) => (isEmail(source_id) ? [source_id] : [])),
    ]),
    phones: distinct(rows.flatMap(({ phone }) => (phone === null ? [] : [phone]))),
    domains: [],
    chatIds: [],
    sourceIds: distinct(sourceIds.filter(isLong)),
    shortIds: distinct(sourceIds.filter((id) => !isLong(id))),
    ids: [],
  };
}

/** Notes which names somebody else has too; the name alone is then not enough to know whom a text means. */
export async function markNamesakes(
  db: Kysely<Schema>,
  identities: readonly Identity[],
  ids: readonly string[],
): Promise<Identity[]> {
  const taken = new Set<string>();
  const others = await everywhere(db, sql<boolean>`name is not null and not (id = any(${[...ids]}::uuid[]))`);
  for (const { name } of others) for (const key of nameKeys(nameWords(name ?? '').join(' '))) taken.add(key);
  const isTaken = (name: string): boolean =>
    nameKeys(nameWords(name).join(' ')).some((key) => taken.has(key));
  return identities.map((identity) => ({ ...identity, isNameUnique: !identity.names.some(isTaken) }));
}

function addressAlone(email: string, pseudonym: string): PrivacySubject {
  const identity = { ...identityOf([], pseudonym), emails: [email] };
  return {
    kind: 'person',
    label: `${email} (no record has this address)`,
    records: [],
    identities: [identity],
  };
}

async function unknownPerson(db: Kysely<Schema>, text: string) {
  const words = new Set(foldedWords(text));
  const near = await everywhere(db, sql<boolean>`name is not null`, ({ name }) =>
    foldedWords(name ?? '').some((word) => words.has(word)),
  );
  return {
    code: 'unknown-person',
    path: text,
    message:
      'nobody has this name, address or id; give the full name, the e-mail address, the chat id or the id of a record',
    suggestions: near.slice(0, 5).map(describe),
  };
}

function describe({ entity, id, name, email, source }: PersonRow): string {
  return `${id} (${entity} ${name ?? 'without a name'}${email === null ? '' : ` <${email}>`}, from ${source})`;
}

const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
const distinct = (values: readonly string[]): string[] => [...new Set(values)];
