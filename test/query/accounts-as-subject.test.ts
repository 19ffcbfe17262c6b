import { beforeAll, expect, it } from 'vitest';
import type { Asker } from '../../src/access/asker.ts';
import { heedTables } from '../../src/catalogue/tables.ts';
import type { Store } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { theCatalogue } from './support/ask.ts';
import { visibleTo } from './support/ownership.ts';
import { amongRows, askAll, people, questions, seedMatrixWorld } from './support/scope-matrix.ts';

const catalogue = theCatalogue();
const asked = questions(catalogue);

const mates = (who: Asker) =>
  `(select id from person where team_id = ${who.teamId === null ? 'null' : `'${who.teamId}'`} and deleted_at is null)`;
const owners = {
  my_accounts: (who: Asker) => `owner_id = '${who.personId}'`,
  my_teams_accounts: (who: Asker) => `owner_id in ${mates(who)}`,
} as const;

const refusals = ['subject-not-applicable', 'no-team'];

/** Tables whose rows are about an account through another record of theirs. */
const through = {
  ticket_id: 'ticket',
  opportunity_id: 'opportunity',
  partner_id: 'partner',
  conversation_id: 'conversation',
} as const;

/** Rows about accounts of these owners; null where rows are about no account. */
function aboutAccountsOf(table: string, owner: string): string | null {
  const accounts = `(select id from account where ${owner} and deleted_at is null)`;
  const has = (column: string) => Object.hasOwn(heedTables[table] ?? {}, column);
  if (table === 'account') return owner;
  if (has('account_id')) return `account_id in ${accounts}`;
  if (table === 'hot_shard')
    return `id in (select id from customer_escalation where deleted_at is null and account_id in ${accounts})`;
  const [column, parent] = Object.entries(through).find(([name]) => has(name)) ?? [];
  return column === undefined
    ? null
    : `${column} in (select id from ${parent} where deleted_at is null and account_id in ${accounts})`;
}

describeStores('figures of accounts that somebody owns (S1-44)', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open({ poolSize: 4 });
    await seedMatrixWorld(store);
  });

  const askers = people.filter(({ name }) =>
    ['Rita Rep', 'Rob Rep', 'Ada Agent', 'Sam Saleslead', 'Max Manager'].includes(name),
  );
  const subjects = Object.keys(owners) as (keyof typeof owners)[];

  const asking = (subject: keyof typeof owners) =>
    subject === 'my_accounts' ? askers : askers.filter(({ teamId }) => teamId !== null);
  it.each(subjects.flatMap((subject) => asking(subject).map((who) => ({ who, subject }))))(
    'are those of a world that holds nothing but rows of $subject, for $who.name',
    async ({ who, subject }) => {
      // Together they ask for everything.
      const peers = asking(subject);
      const plans = asked.filter((_, index) => index % peers.length === peers.indexOf(who));
      const told = await askAll(
        store,
        catalogue,
        who,
        plans.map((plan) => ({ ...plan, subject })),
      );
      const owner = owners[subject](who);
      const which = (table: string) => {
        const ofOwner = aboutAccountsOf(table, owner);
        const visible = visibleTo(table, who);
        return ofOwner === null ? visible : `(${visible}) and ${ofOwner}`;
      };
      const expected = await amongRows(store, which, (among) =>
        askAll(among, catalogue, { ...who, role: 'manager' }, plans),
      );
      const wrong: unknown[] = [];
      let compared = 0;
      for (const [index, plan] of plans.entries()) {
        const got = told[index]!;
        if (got === 'not-allowed' || got.some((cell) => refusals.includes(cell))) continue;
        compared += 1;
        if (JSON.stringify(got) !== JSON.stringify(expected[index]))
          wrong.push({ plan, got, expected: expected[index] });
      }
      expect(wrong).toEqual([]);
      expect(compared).toBeGreaterThan(5);
    },
  );
});
