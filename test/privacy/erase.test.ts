import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPerson } from '../../src/access/privacy/find-person.ts';
import { recordRules } from '../../src/access/privacy/record-rules.ts';
import { beginErasure, planErasure, runErasure } from '../../src/jobs/erase-person.ts';
import { exportPerson } from '../../src/jobs/export-person.ts';
import { openStore, type Store, sql } from '../../src/store/database.ts';
import type { RecordRow } from '../../src/store/record-columns.ts';
import { createRecordLoad } from '../../src/store/record-load.ts';
import { loadSuppressor, loadTextSuppressor } from '../../src/store/suppression.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { stableId } from '../../src/toolkit/ids.ts';
import { copyTestHome, describeStores } from '../support/store.ts';
import {
  bystanderId,
  colleagueId,
  contactId,
  plantEverywhere,
  planted,
  spellings,
  tablesWith,
} from './planted-world.ts';

const pseudonym = 'Erased person 0a1b2c3d';
const folders: string[] = [];
const closings: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closings) await close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'heed-privacy-'));
  folders.push(home);
  mkdirSync(join(home, 'charts'));
  writeFileSync(join(home, 'charts', 'line-1.png'), 'png');
  writeFileSync(
    join(home, 'heed.log'),
    `{"msg":"asked by ${planted.name}"}\n{"msg":"nobody"}\n{"to":"${planted.email}"}\n`,
  );
  return home;
}

async function countsByAccount(store: Store) {
  const { rows } = await sql`
    select (select count(*) from ticket t join account a on a.id = t.account_id) as tickets,
           (select count(*) from ticket t join contact c on c.id = t.contact_id) as with_contact,
           (select count(*) from ticket t join person p on p.id = t.assignee_id) as with_assignee,
           (select count(*) from message m join person p on p.id = m.author_id) as by_author,
           (select count(*) from contact where deleted_at is null) as contacts,
           (select avg(score) from survey_response s join contact c on c.id = s.contact_id) as csat,
           (select count(*) from answer) as answers`.execute(store.db);
  return rows[0];
}

describeStores('erasing a person who is in every table', (engine) => {
  let store: Store;
  let home: string;
  let before: unknown;
  let contactBefore: unknown;
  let databaseFolder: string | null = null;

  beforeAll(async () => {
    home = newHome();
    if (engine.engine === 'embedded') {
      const own = await copyTestHome();
      folders.push(own);
      databaseFolder = join(own, 'postgres');
      store = await openStore({ home: own, durability: 'process' });
      closings.push(() => store.close());
    } else store = await engine.open();
    await plantEverywhere(store);
    // So that finding nothing afterwards means something.
    expect((await tablesWith(store, spellings)).length).toBeGreaterThan(45);
    before = await countsByAccount(store);
    contactBefore = await store.db
      .selectFrom('contact')
      .selectAll()
      .where('id', '=', bystanderId)
      .executeTakeFirst();
    const found = await findPerson(store.db, planted.email, pseudonym);
    if (!found.ok) throw new Error(JSON.stringify(found.issues));
    const deps = { store, clock: systemClock, home, by: `command line, ${planted.name}` };
    await runErasure(deps, await beginErasure(deps, found.value));
    // Others may use the same server: an older transaction of theirs is waited for.
  }, 180_000);

  it('leaves no spelling of them in any column of any table (S0-48)', async () => {
    expect(await tablesWith(store, spellings)).toEqual([]);
    expect(await tablesWith(store, [contactId, colleagueId])).toEqual([]);
  });

  it('leaves no byte of them in the files of the database', async () => {
    const files = await databaseFiles();
    const holding = (texts: readonly string[]) =>
      files.filter((file) => {
        const content = readFileSync(file);
        return texts.some((text) => content.includes(Buffer.from(text)));
      });
    expect(holding(spellings)).toEqual([]);
    // The files are the right ones: what stands in place of the name is there.
    expect(holding([pseudonym]).length).toBeGreaterThan(10);
  });

  it('keeps every row and figure, under one random pseudonym', async () => {
    expect(await countsByAccount(store)).toEqual(before);
    const contact = await store.db
      .selectFrom('contact')
      .selectAll()
      .where('name', '=', pseudonym)
      .executeTakeFirstOrThrow();
    expect(contact).toMatchObject({
      email: null,
      phone: null,
      role: null,
      raw: null,
      source_id: `erased:${contact.id}`,
    });
    expect(contact.id).not.toBe(contactId);
    const ticket = await store.db.selectFrom('ticket').selectAll().executeTakeFirstOrThrow();
    expect(ticket.contact_id).toBe(contact.id);
    expect(ticket.subject).toBe(
      `Spoke with ${pseudonym}; ${pseudonym} <erased-0a1b2c3d@erased.invalid> or [erased number], cc ${pseudonym}. again`,
    );
    const colleague = await store.db.selectFrom('person').selectAll().executeTakeFirstOrThrow();
    expect(colleague).toMatchObject({ name: pseudonym, active: false, email: null });
  });

  it('leaves somebody with nearly the same name, address and number exactly as they were', async () => {
    const after = await store.db
      .selectFrom('contact')
      .selectAll()
      .where('id', '=', bystanderId)
      .executeTakeFirst();
    expect(after).toEqual(contactBefore);
  });

  it('empties the questions they asked and replaces their name in those of others', async () => {
    const answers = await store.db
      .selectFrom('answer')
      .select(['question', 'plan', 'sql_text'])
      .orderBy('question')
      .execute();
    expect(answers.map(({ question }) => question)).toEqual(['[erased]', `tickets of ${pseudonym}?`]);
    expect(answers[0]).toMatchObject({ plan: null, sql_text: null });
  });

  it('asks for an edit of the posted message, and of no message in their own direct conversation', async () => {
    const rows = await store.db.selectFrom('outbox').selectAll().orderBy('conversation').execute();
    const [direct, channel] = rows;
    expect(direct).toMatchObject({
      conversation: '@erased',
      state: 'sent',
      wanted_revision: 1,
      message_id: null,
    });
    expect(channel).toMatchObject({
      conversation: 'C1',
      state: 'waiting',
      wanted_revision: 2,
      message_id: '1.2',
    });
    expect(JSON.stringify(channel?.body)).toContain(
      `"chatUserId":null,"kind":"person","name":"${pseudonym}"`.slice(0, 17),
    );
  });

  it('writes who did it, when and how much, without the name', async () => {
    const entry = await store.db
      .selectFrom('audit_log')
      .selectAll()
      .where('action', '=', 'privacy-erase')
      .executeTakeFirstOrThrow();
    expect(entry.detail).toMatchObject({
      by: `command line, ${pseudonym}`,
      pseudonym,
      steps: ['chat', 'records', 'texts', 'files', 'forget', 'compact'],
      messages: 1,
      deleted: { chat_identity: 1, conversation_pace: 1 },
      files: { 'log lines': 2, pictures: 1 },
    });
    expect(await store.db.selectFrom('erasure').select(['state', 'subject']).execute()).toEqual([
      { state: 'done', subject: null },
    ]);
  });

  it('rewrites the log and deletes the pictures', () => {
    expect(readFileSync(join(home, 'heed.log'), 'utf8')).toBe(
      `{"msg":"asked by ${pseudonym}"}\n{"msg":"nobody"}\n{"to":"erased-0a1b2c3d@erased.invalid"}\n`,
    );
    expect(readdirSync(join(home, 'charts'))).toEqual([]);
    expect(readdirSync(home).sort()).toEqual(['charts', 'heed.log']);
  });

  it('does not let a later load bring them back, by id, address or mention', async () => {
    const row = (entity: string, key: string, more: object): RecordRow => ({
      id: stableId(entity, 'crm', key),
      source: 'crm',
      source_id: key,
      ...more,
    });
    const loads = [
      ['contact', row('contact', planted.sourceId, { name: planted.name, email: planted.email })],
      ['contact', row('contact', 'other-key', { name: 'Z. Q.', email: planted.email.toUpperCase() })],
      [
        'ticket',
        row('ticket', 'T2', {
          contact_id: contactId,
          status: 'open',
          opened_at: '2026-06-01T00:00:00Z',
          subject: `${planted.name} (QUACKENBÜSH Zoë) ${planted.email} +49 30 8765-4321`,
          raw: { who: [planted.name] },
        }),
      ],
      [
        'ticket',
        row('ticket', 'T3', {
          contact_id: stableId('contact', 'crm', 'other-key'),
          status: 'open',
          opened_at: '2026-06-01T00:00:00Z',
        }),
      ],
    ] as const;
    const suppressed = await store.transaction(async (trx) => {
      const suppressor = await loadSuppressor(trx);
      const load = createRecordLoad(trx, 'crm');
      let count = 0;
      for (const [entity, one] of loads) {
        const kept = await suppressor?.rows(trx, entity, [one]);
        count += kept?.suppressed ?? 0;
        await load.add(entity, kept?.rows ?? []);
      }
      return count;
    });
    expect(suppressed).toBe(2);
    expect(await tablesWith(store, [...spellings, contactId])).toEqual([]);
    const ticket = await store.db
      .selectFrom('ticket')
      .selectAll()
      .where('source_id', '=', 'T2')
      .executeTakeFirstOrThrow();
    const contact = await store.db
      .selectFrom('contact')
      .select('name')
      .where('id', '=', ticket.contact_id)
      .execute();
    expect(contact).toEqual([{ name: pseudonym }]);
    // The ticket of the record that only the address gave away is the erased person's, too.
    const other = await store.db
      .selectFrom('ticket')
      .select('contact_id')
      .where('source_id', '=', 'T3')
      .executeTakeFirstOrThrow();
    expect(other.contact_id).toBe(ticket.contact_id);
    const texts = await loadTextSuppressor(store.db);
    expect(texts?.text(`"${planted.name}" is no date; +49 30 87654321`)).toBe(
      `"${pseudonym}" is no date; [erased number]`,
    );
  });

  /** Embedded: everything, the log of changes too. Server: the files of this database's tables and indexes. */
  async function databaseFiles(): Promise<readonly string[]> {
    if (databaseFolder !== null) return walk(databaseFolder);
    const { rows } = await sql<{ path: string }>`
      select current_setting('data_directory') || '/' || pg_relation_filepath(oid) as path
      from pg_class where relkind in ('r', 'i', 't') and relfilenode <> 0`.execute(store.db);
    return rows.map(({ path }) => path);
  }
});

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
  });
}

describeStores('an erasure beside a long transaction', (engine) => {
  const holders = [
    ['writes', sql`select pg_current_xact_id()`],
    ['reads from an older snapshot', sql`set transaction isolation level repeatable read, read only`],
  ] as const;
  it.skipIf(engine.engine === 'embedded').each(holders)(
    'that %s is not called done before the old rows can go, and is resumed',
    async (_what, begin) => {
      const store = await engine.open();
      await store.db
        .insertInto('contact')
        .values({ id: contactId, source: 's', source_id: '1', name: 'Ana Lopez', email: 'ana@one.example' })
        .execute();
      const found = await findPerson(store.db, 'ana@one.example', pseudonym);
      if (!found.ok) throw new Error(JSON.stringify(found.issues));
      const deps = { store, clock: systemClock, home: newHome(), by: 'a test', waitSeconds: 0.5 };
      const state = () =>
        store.db.selectFrom('erasure').select(['state', 'step', 'subject']).executeTakeFirst();
      let release = (): void => undefined;
      let begun = (): void => undefined;
      const hasBegun = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const holder = store.transaction(async (trx) => {
        await begin.execute(trx);
        await sql`select 1`.execute(trx);
        begun();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      });
      await hasBegun;
      const id = await beginErasure(deps, found.value);
      await expect(runErasure(deps, id)).rejects.toThrow(/older transaction still runs/);
      expect(await state()).toEqual({ state: 'running', step: 'compact', subject: null });
      release();
      await holder;
      await runErasure({ ...deps, waitSeconds: 150 }, id);
      expect(await state()).toMatchObject({ state: 'done' });
    },
    180_000,
  );
});

describeStores('looking somebody up', (engine) => {
  it('finds nothing new to export or erase when reading only, and everything that is planted', async () => {
    const store = await engine.open();
    await plantEverywhere(store);
    const found = await findPerson(store.db, 'quackenbush, zoe', pseudonym);
    if (!found.ok) throw new Error(JSON.stringify(found.issues));
    const { touched } = await planErasure({ store }, found.value);
    const exported = await exportPerson({ store, home: newHome(), now: new Date() }, found.value);
    const counted = Object.fromEntries(
      Object.entries(exported.tables).map(([table, rows]) => [table, rows.length]),
    );
    expect(counted).toMatchObject(touched);
    expect(Object.keys(counted)).toEqual(
      expect.arrayContaining(['contact', 'person', 'lead', 'answer', 'outbox', 'inbox']),
    );
    // Every imported table with a column of words holds something of them; the others hold a mere count or status.
    const withWords = Object.keys(recordRules).filter((table) => counted[table] === undefined);
    expect(withWords).toEqual([]);
    expect(exported.logLines).toHaveLength(2);
  });

  it('never guesses: a name that several people have is refused with their ids', async () => {
    const store = await engine.open();
    const add = (key: string, name: string, email: string | null) =>
      store.db
        .insertInto('contact')
        .values({ id: stableId('c', key), source: 's', source_id: key, name, email })
        .execute();
    await add('1', 'Ana Lopez', 'ana@one.example');
    await add('2', 'Ana López', 'ana@two.example');
    const byName = await findPerson(store.db, 'ana lopez', pseudonym);
    expect(byName).toMatchObject({ ok: false, issues: [{ code: 'ambiguous-person' }] });
    expect(byName.ok ? [] : byName.issues[0]?.suggestions).toEqual(
      [stableId('c', '1'), stableId('c', '2')]
        .sort()
        .map((id) => expect.stringContaining(id) as unknown as string),
    );
    const byId = await findPerson(store.db, stableId('c', '2'), pseudonym);
    expect(byId).toMatchObject({ ok: true, value: { records: [{ id: stableId('c', '2') }] } });
    // Their names are one, so a text that has the name alone may mean the other.
    expect(byId.ok && byId.value.identities[0]?.isNameUnique).toBe(false);
    expect(await findPerson(store.db, 'nobody', pseudonym)).toMatchObject({
      ok: false,
      issues: [{ code: 'unknown-person' }],
    });
    expect(await findPerson(store.db, 'x@y.example', pseudonym)).toMatchObject({
      ok: true,
      value: { records: [] },
    });
  });
});
