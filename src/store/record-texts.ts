import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** What was written in one record, as the source has it. */
export interface RecordText {
  readonly id: string;
  readonly accountId: string | null;
  /** `1043`, `CE-1043`; null: the source gives none. */
  readonly number: string | null;
  readonly title: string;
  readonly openedAt: Date;
  readonly status: string;
  /** Newest first; each at most `lineCharacters` long. */
  readonly lines: readonly { readonly at: string; readonly label: string; readonly text: string }[];
}

/** Entities whose rows hold text. */
export const textEntities = ['ticket', 'customer_escalation'] as const;
export type TextEntity = (typeof textEntities)[number];

const LINE_CHARACTERS = 600;
const MESSAGES = 3;

/**
 * Texts of records whose ids were found under somebody's scope: it does not check any right by itself. Of a ticket the
 * newest public messages of the customer (never internal comments), of an escalation its fields.
 *
 * @returns in the order of the ids; ids without a record are left out
 */
export async function listRecordTexts(
  db: Kysely<Schema>,
  entity: TextEntity,
  ids: readonly string[],
): Promise<readonly RecordText[]> {
  if (ids.length === 0) return [];
  const wanted = sql`${[...ids]}::uuid[]`;
  const { rows } = await (entity === 'ticket' ? ticketTexts(wanted) : escalationTexts(wanted)).execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

const ticketTexts = (ids: ReturnType<typeof sql>) => sql<RecordText>`
  select r.id, r.account_id as "accountId", r.number, coalesce(r.subject, '') as title, r.opened_at as "openedAt",
         r.status, coalesce(said.lines, '[]'::jsonb) as lines
    from ticket r
    left join lateral (
      select jsonb_agg(jsonb_build_object('at', m.at, 'label', 'customer', 'text', left(m.body, ${LINE_CHARACTERS}))
                       order by m.at desc) as lines
        from (select e.at, e.body from ticket_event e
               where e.ticket_id = r.id and e.body is not null and e.actor_id is null
                 and e.kind in ('created', 'comment') and e.public is distinct from false and e.deleted_at is null
               order by e.at desc, e.id desc limit ${MESSAGES}) m) said on true
   where r.id = any(${ids}) and r.deleted_at is null`;

const escalationTexts = (ids: ReturnType<typeof sql>) => sql<RecordText>`
  select r.id, r.account_id as "accountId", r.ce_number as number, r.title, r.opened_at as "openedAt", r.status,
         coalesce((
           select jsonb_agg(jsonb_build_object('at', r.opened_at, 'label', f.label, 'text', left(f.text, ${LINE_CHARACTERS}))
                            order by f.place)
             from (values (1, 'issue', r.issue), (2, 'impact', r.impact), (3, 'root cause', r.root_cause),
                          (4, 'action plan', r.action_plan), (5, 'technical details', r.technical_details))
                  as f (place, label, text)
            where f.text is not null and f.text <> ''), '[]'::jsonb) as lines
    from customer_escalation r
   where r.id = any(${ids}) and r.deleted_at is null`;

const MOST_NAMES = 500;

/** Names of people that texts of these accounts may hold: their contacts, and colleagues. */
export async function listNamesNear(
  db: Kysely<Schema>,
  accountIds: readonly string[],
): Promise<{ readonly contacts: readonly string[]; readonly colleagues: readonly string[] }> {
  const contacts = await sql<{ name: string }>`
    select distinct name from contact where account_id = any(${[...accountIds]}::uuid[]) and deleted_at is null
     order by name limit ${MOST_NAMES}`.execute(db);
  const colleagues = await sql<{ name: string }>`
    select distinct name from person where deleted_at is null order by name limit ${MOST_NAMES}`.execute(db);
  return {
    contacts: contacts.rows.map(({ name }) => name),
    colleagues: colleagues.rows.map(({ name }) => name),
  };
}
