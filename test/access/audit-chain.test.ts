import { CompiledQuery, sql, type Transaction } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { allowAuditChange, audit } from '../../src/access/audit.ts';
import { verifyAudit } from '../../src/access/verify-audit.ts';
import type { Store } from '../../src/store/database.ts';
import { listExpired, pruneBatch } from '../../src/store/retention-store.ts';
import type { Schema } from '../../src/store/schema.ts';
import { newId } from '../../src/toolkit/ids.ts';
import { describeStores } from '../support/store.ts';

const day = (n: number) => new Date(Date.UTC(2026, 10, n));

describeStores('the audit trail (S0-47)', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    for (let index = 1; index <= 9; index += 1)
      await audit(store.db, {
        actorId: newId(),
        action: index % 2 === 0 ? 'export' : 'answer',
        subject: `answer:${index}`,
        detail: { words: `what was asked ${index}`, rows: index },
        at: day(index),
      });
  });

  /** Runs work and takes everything back. */
  async function trial(work: (trx: Transaction<Schema>) => Promise<void>): Promise<void> {
    class Undo extends Error {}
    await expect(
      store.transaction(async (trx) => {
        await work(trx);
        throw new Undo();
      }),
    ).rejects.toThrow(Undo);
  }

  /** What somebody could do who owns the database and turns its guards off. */
  async function tamper(trx: Transaction<Schema>, statement: string): Promise<void> {
    for (const text of [
      'alter table audit_log disable trigger user',
      statement,
      'alter table audit_log enable trigger user',
    ])
      await trx.executeQuery(CompiledQuery.raw(text));
  }

  it('is whole as it was written, and names its head', async () => {
    await trial(async (trx) => {
      const verdict = await verifyAudit(trx);
      expect(verdict).toMatchObject({
        kind: 'whole',
        entries: 9,
        rewritten: 0,
        prunedThrough: 0,
        head: { seq: 9 },
      });
      const noted = verdict.kind === 'whole' ? verdict.head.hash : '';
      await audit(trx, { actorId: null, action: 'answer', subject: 'later' });
      expect((await verifyAudit(trx, noted)).kind).toBe('whole');
      expect(await verifyAudit(trx, 'a hash of another trail')).toMatchObject({ kind: 'broken', seq: 10 });
    });
  });

  it.each([
    ['update audit_log set seq = 99 where seq = 4'],
    ['delete from audit_log where seq = 4'],
    ['truncate audit_log'],
  ])('refuses %s', async (statement) => {
    await expect(store.db.executeQuery(CompiledQuery.raw(statement))).rejects.toThrow(/only grows/);
  });

  it.each([
    ["update audit_log set detail = '{}' where seq = 4", 4, 'what it says was changed'],
    ["update audit_log set subject = 'x' where seq = 5", 5, 'what it says was changed'],
    ['update audit_log set actor_id = null where seq = 6', 6, 'what it says was changed'],
    ['update audit_log set salt = null where seq = 2', 2, 'what it says was changed'],
    ["update audit_log set action = 'nothing' where seq = 7", 7, 'was changed'],
    ["update audit_log set at = at + interval '1 hour' where seq = 3", 3, 'was changed'],
    ['update audit_log set id = gen_random_uuid() where seq = 1', 1, 'was changed'],
    ["update audit_log set contents_hash = 'x' where seq = 3", 3, 'was changed'],
    ['delete from audit_log where seq = 4', 5, 'entry 4 is missing'],
    ['delete from audit_log where seq = 1', 2, 'not removed by retention'],
    ['delete from audit_log where seq = 9', 8, 'it is the last one, but there were 9 entries'],
    ['delete from audit_log', 0, 'there were 9 entries'],
    [
      'delete from audit_log where seq = 4; update audit_log set seq = seq - 1 where seq > 4',
      4,
      'does not follow',
    ],
    // A link that was redone by itself leaves the next one hanging.
    [
      "update audit_log set action = 'x', hash = audit_entry_hash(seq, id, at, 'x', contents_hash, previous_hash) where seq = 4",
      5,
      'does not follow',
    ],
  ])('notices %s', async (statement, seq, why) => {
    await trial(async (trx) => {
      await tamper(trx, statement);
      expect(await verifyAudit(trx)).toMatchObject({
        kind: 'broken',
        seq,
        why: expect.stringContaining(why),
      });
    });
  });

  it('stays whole when an erasure replaces words, and notices when the new words are changed (S0-48)', async () => {
    await trial(async (trx) => {
      await allowAuditChange(trx, 'erasure');
      await sql`update audit_log set detail = '{"words": "erased"}', actor_id = null where seq in (2, 5)`.execute(
        trx,
      );
      expect(await verifyAudit(trx)).toMatchObject({ kind: 'whole', entries: 11, rewritten: 2 });
      await sql`update audit_log set subject = 'erased again' where seq = 5`.execute(trx);
      expect(await verifyAudit(trx)).toMatchObject({ kind: 'whole', entries: 12, rewritten: 2 });
      await tamper(trx, "update audit_log set subject = 'something else' where seq = 5");
      expect(await verifyAudit(trx)).toMatchObject({ kind: 'broken', seq: 5 });
      await expect(sql`update audit_log set action = 'other' where seq = 6`.execute(trx)).rejects.toThrow(
        /only what entry 6 says of people/,
      );
    });
  });

  it('loses its beginning to retention and nothing else', async () => {
    await trial(async (trx) => {
      const [expired] = await listExpired(trx, 'audit_log', day(5));
      for (let batch = 0; batch < 3; batch += 1) await pruneBatch(trx, expired!, 2);
      expect(await verifyAudit(trx)).toMatchObject({ kind: 'whole', prunedThrough: 4, head: { seq: 11 } });
      await tamper(trx, 'delete from audit_log where seq = 5');
      expect(await verifyAudit(trx)).toMatchObject({ kind: 'broken', seq: 6 });
      await expect(sql`delete from audit_log where seq = 7`.execute(trx)).rejects.toThrow(/without a gap/);
    });
  });

  it('is one chain when many write at once, and keeps nothing of a unit that failed', async () => {
    const writers = Array.from({ length: 120 }, (_, index) =>
      store
        .transaction(async (trx) => {
          await audit(trx, { actorId: null, action: 'answer', subject: `at once ${index}` });
          if (index % 5 === 0) throw new Error('given up');
        })
        .catch(() => undefined),
    );
    await Promise.all(writers);
    expect(await verifyAudit(store.db)).toMatchObject({ kind: 'whole', entries: 9 + 96, head: { seq: 105 } });
  });
});
