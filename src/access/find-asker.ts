import type { Store } from '../store/database.ts';
import { fail, ok, type Result } from '../toolkit/issue.ts';
import type { Asker } from './asker.ts';

/** Somebody on a chat platform, named by the ids that the platform itself vouches for. */
export interface ChatPersonKey {
  readonly platform: 'slack' | 'teams';
  readonly workspaceId: string;
  readonly chatUserId: string;
}

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly role: Asker['role'] | null;
  readonly team_id: string | null;
  readonly time_zone: string | null;
}

type Reader = Pick<Store, 'db'>;

/**
 * Who a chat user is in Heed. Deny by default: no link, no role, inactive or deleted all give null.
 *
 * @param fallbackZone for people without a zone of their own
 */
export async function findAsker(
  store: Reader,
  who: ChatPersonKey,
  fallbackZone = 'UTC',
): Promise<Asker | null> {
  const row = await people(store)
    .innerJoin('chat_identity', 'chat_identity.person_id', 'person.id')
    .where('chat_identity.platform', '=', who.platform)
    .where('chat_identity.workspace_id', '=', who.workspaceId)
    .where('chat_identity.chat_user_id', '=', who.chatUserId)
    .executeTakeFirst();
  return row ? toAsker(store, row, fallbackZone) : null;
}

/** The same for a person whose id is known already, for example whoever left a standing order. */
export async function findAskerById(
  store: Reader,
  personId: string,
  fallbackZone = 'UTC',
): Promise<Asker | null> {
  const row = await people(store).where('person.id', '=', personId).executeTakeFirst();
  return row ? toAsker(store, row, fallbackZone) : null;
}

/**
 * Who is meant by a name or an e-mail address, for the command line, where whoever types may read the database anyway.
 *
 * @returns an issue when nobody fits, several fit, or the one who fits may not ask
 */
export async function findAskerByName(
  store: Reader,
  text: string,
  fallbackZone = 'UTC',
): Promise<Result<Asker>> {
  const wanted = normal(text);
  const rows = await people(store).select('person.email').execute();
  const exact = rows.filter((row) => normal(row.name) === wanted || normal(row.email ?? '') === wanted);
  const fits = exact.length > 0 ? exact : rows.filter((row) => normal(row.name).split(' ').includes(wanted));
  const [only, ...others] = fits;
  if (!only) {
    return fail({
      code: 'unknown-person',
      path: '--as',
      message: `Nobody active is called "${text}".`,
      suggestions: rows
        .filter((row) => normal(row.name).startsWith(wanted.slice(0, 2)))
        .slice(0, 5)
        .map((row) => row.name),
    });
  }
  if (others.length > 0) {
    return fail({
      code: 'ambiguous-person',
      path: '--as',
      message: `"${text}" fits ${fits.length} people; use an e-mail address.`,
      suggestions: fits.slice(0, 5).map((row) => row.email ?? row.name),
    });
  }
  const asker = await toAsker(store, only, fallbackZone);
  if (asker) return ok(asker);
  return fail({
    code: 'person-without-role',
    path: '--as',
    message: `${only.name} has no role in Heed and may not ask; give them one in the source that people come from.`,
  });
}

function people({ db }: Reader) {
  return db
    .selectFrom('person')
    .select(['person.id', 'person.name', 'person.role', 'person.team_id', 'person.time_zone'])
    .where('person.active', '=', true)
    .where('person.deleted_at', 'is', null);
}

async function toAsker({ db }: Reader, row: PersonRow, fallbackZone: string): Promise<Asker | null> {
  if (row.role === null) return null;
  return {
    personId: row.id,
    name: row.name,
    role: row.role,
    teamId: row.team_id ?? (await managedTeam(db, row)),
    zone: isZone(row.time_zone) ? row.time_zone : fallbackZone,
  };
}

/** A lead who is in no team leads one: sources often name only the team's manager. */
async function managedTeam(db: Store['db'], row: PersonRow): Promise<string | null> {
  if (row.role !== 'supervisor' && row.role !== 'manager') return null;
  const team = await db
    .selectFrom('team')
    .select('id')
    .where('manager_id', '=', row.id)
    .where('deleted_at', 'is', null)
    .orderBy('name')
    .executeTakeFirst();
  return team?.id ?? null;
}

function isZone(zone: string | null): zone is string {
  if (zone === null) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

function normal(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ');
}
