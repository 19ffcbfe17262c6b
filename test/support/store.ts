import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, it } from 'vitest';
import { raiseWall } from '../../src/query/row-security/raise-wall.ts';
import { rowSecurityOf } from '../../src/query/row-security/row-policies.ts';
import { openStore, type Store, type StoreOptions } from '../../src/store/database.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { afterThisFile } from './clean-ups.ts';
import { shippedCatalogue } from './shipped-catalogue.ts';

export interface TestStoreOptions {
  readonly onEvent?: NonNullable<StoreOptions['onEvent']>;
  /** Connections to a server; the embedded engine always has two. */
  readonly poolSize?: number;
}

/** A migrated embedded store in its own temporary folder; closed and removed after the test file. */
export async function openTestStore(options: TestStoreOptions = {}): Promise<Store> {
  const home = await copyTestHome();
  const store = await openStore({ home, durability: 'process', ...options });
  afterThisFile(async () => {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  });
  return store;
}

/** A temporary home folder with a migrated database in it, not opened; the caller removes it. */
export async function copyTestHome(): Promise<string> {
  const template = await migratedTemplate();
  const home = mkdtempSync(join(tmpdir(), 'heed-test-'));
  cpSync(template, home, { recursive: true });
  return home;
}

let template: Promise<string> | undefined;

/**
 * The migrated folder that all test stores are copied from; made once per content of migrations/ and engine version.
 * Processes that start together may each build one; the first to rename wins and the others use it.
 */
function migratedTemplate(): Promise<string> {
  template ??= (async () => {
    const target = join(tmpdir(), `heed-template-${contentHash()}`);
    if (existsSync(target)) return target;
    const building = mkdtempSync(join(tmpdir(), 'heed-building-'));
    const store = await openStore({ home: building, durability: 'process' });
    await migrateUp(store);
    await raiseWall(store, shippedCatalogue());
    await store.close();
    try {
      renameSync(building, target);
    } catch (error) {
      if (!existsSync(target)) throw error;
      rmSync(building, { recursive: true, force: true });
    }
    return target;
  })();
  return template;
}

let ofContent: string | undefined;

function contentHash(): string {
  ofContent ??= hashContent();
  return ofContent;
}

function hashContent(): string {
  const hash = createHash('sha256');
  const folder = packagePath('migrations');
  hash.update(rowSecurityOf(shippedCatalogue()).version);
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  hash.update(readFileSync(packagePath('node_modules', '@electric-sql', 'pglite', 'package.json')));
  return hash.digest('hex').slice(0, 16);
}

/** Address of a Postgres server whose user may create databases; scripts/test-postgres.sh prints one. */
export const serverUrl = process.env['HEED_TEST_DATABASE_URL'];

export interface StoreUnderTest {
  readonly engine: Store['engine'];
  /** Opens a migrated, empty store; closed and removed after the suite. */
  open(options?: TestStoreOptions): Promise<Store>;
  /** Opens a further store on the same data as one that `open` gave; only a server can have two. */
  openTwin?(store: Store): Promise<Store>;
}

/**
 * Runs a suite on the embedded engine and, when HEED_TEST_DATABASE_URL is set, on that server in fresh databases.
 */
export function describeStores(name: string, suite: (engine: StoreUnderTest) => void): void {
  describe(`${name} (embedded)`, () => suite({ engine: 'embedded', open: openTestStore }));
  const title = `${name} (server)`;
  if (!serverUrl) {
    describe(title, () => {
      it.skip('is skipped because HEED_TEST_DATABASE_URL is not set', () => undefined);
    });
    return;
  }
  describe(title, () => suite(serverUnderTest(serverUrl)));
}

function serverUnderTest(url: string): StoreUnderTest {
  const addresses = new WeakMap<Store, string>();
  async function openAt(databaseUrl: string, options: TestStoreOptions): Promise<Store> {
    const store = await openStore({ databaseUrl, home: tmpdir(), ...options });
    addresses.set(store, databaseUrl);
    return store;
  }
  return {
    engine: 'server',
    async open(options = {}) {
      const databaseUrl = await createServerDatabase(url);
      const store = await openAt(databaseUrl, options);
      afterThisFile(() => store.close());
      return store;
    },
    async openTwin(store) {
      const databaseUrl = addresses.get(store);
      if (!databaseUrl) throw new Error('this store was not opened by this suite');
      const twin = await openAt(databaseUrl, {});
      afterThisFile(() => twin.close());
      return twin;
    },
  };
}

/** A fresh database made from a migrated template; dropped after the test file. Returns its URL. */
export async function createServerDatabase(url: string): Promise<string> {
  const templateName = `heed_template_${contentHash()}`;
  const name = `heed_test_${randomBytes(6).toString('hex')}`;
  await withAdmin(url, async (admin) => {
    // One builder at a time, and nobody copies a template that is being filled. Tests only: the core has no such lock.
    await admin.query('select pg_advisory_lock(485033)');
    const found = await admin.query('select 1 from pg_database where datname = $1', [templateName]);
    if (found.rows.length === 0) await buildServerTemplate(url, admin, templateName);
    await admin.query(`create database ${name} template ${templateName}`);
  });
  const databaseUrl = withDatabase(url, name);
  afterThisFile(() => dropServerDatabase(url, databaseUrl));
  return databaseUrl;
}

async function buildServerTemplate(url: string, admin: pg.Client, templateName: string): Promise<void> {
  const building = `${templateName}_building`;
  await admin.query(`drop database if exists ${building} with (force)`);
  await admin.query(
    `create database ${building} template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`,
  );
  const store = await openStore({ databaseUrl: withDatabase(url, building), home: tmpdir() });
  await migrateUp(store);
  await raiseWall(store, shippedCatalogue());
  await store.close();
  await admin.query(`alter database ${building} rename to ${templateName}`);
}

async function dropServerDatabase(url: string, databaseUrl: string): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1);
  await withAdmin(url, (admin) => admin.query(`drop database if exists ${name} with (force)`));
}

async function withAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
