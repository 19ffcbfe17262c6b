// A process of its own that opens an embedded store, for tests that kill it. Plain JavaScript on the compiled output.
//   node store-child.mjs hold <home>      opens, prints "ready", stays
//   node store-child.mjs commit <home>    migrates, then commits rows for ever and prints "ack <id>" after each
import { openStore } from '../../dist/store/database.js';
import { migrateUp } from '../../dist/store/migrate.js';
import { newId } from '../../dist/toolkit/ids.js';

const [verb, home] = process.argv.slice(2);
const say = (text) => process.stdout.write(`${text}\n`);

try {
  const store = await openStore({ home });
  if (verb === 'commit') await migrateUp(store);
  say('ready');
  if (verb === 'hold') setInterval(() => undefined, 60_000);
  while (verb === 'commit') {
    const id = newId();
    // Two rows in one transaction: a torn one would leave a single row.
    await store.transaction(async (trx) => {
      await trx.insertInto('audit_log').values({ id, action: 'first', subject: id }).execute();
      await trx.insertInto('audit_log').values({ id: newId(), action: 'second', subject: id }).execute();
    });
    say(`ack ${id}`);
  }
} catch (error) {
  say(`error ${JSON.stringify({ name: error.name, message: error.message, pid: error.pid })}`);
  process.exitCode = 1;
}
