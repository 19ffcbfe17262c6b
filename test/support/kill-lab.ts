import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type FaultAction, type Sandbox } from '../../src/chat/sandbox/index.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { toJson } from '../../src/store/json.ts';
import { migrateUp } from '../../src/store/migrate.ts';
import { newId, stableId } from '../../src/toolkit/ids.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';

/** A burst of alerts, a service that is killed again and again, and the log of what Slack really got. */
export interface KillLabOptions {
  readonly alerts: number;
  readonly channels: number;
  readonly kills: number;
  /** Milliseconds that the service lives after it is ready, drawn evenly. */
  readonly lives: readonly [number, number];
  readonly databaseUrl?: string;
  readonly onProgress?: (line: string) => void;
}

export interface KillLabResult {
  readonly kills: number;
  readonly committed: number;
  readonly posted: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

/** Every way in which the answer to a post gets lost or refused. */
const faults: readonly (readonly [FaultAction, number])[] = [
  [{ kind: 'cut-after' }, 0.05],
  [{ kind: 'server-error-after' }, 0.04],
  [{ kind: 'truncate-after' }, 0.02],
  [{ kind: 'server-error-before' }, 0.03],
  [{ kind: 'drop-before' }, 0.02],
  [{ kind: 'rate-limited', retryAfterSeconds: 1 }, 0.02],
  [{ kind: 'hang-after' }, 0.01],
];

export async function runKillLab(options: KillLabOptions): Promise<KillLabResult> {
  const home = mkdtempSync(join(tmpdir(), 'heed-kill-'));
  const sandbox = await createSandbox({
    limits: { pacing: 'off', fileProcessingMilliseconds: 10 },
    stateFile: join(home, 'truth.ndjson'),
  });
  try {
    const names = Array.from({ length: options.channels }, (_, index) => `burst-${index}`);
    for (const name of names) sandbox.control.addChannel({ name });
    const catalogue = writeCatalogue(home, names);
    await seed(home, options, names);
    for (const [action, probability] of faults)
      sandbox.control.addFault({ method: 'chat.postMessage', action, probability });
    for (let kill = 1; kill <= options.kills; kill += 1) {
      const child = await startChild(home, catalogue, sandbox, options);
      const [low, high] = options.lives;
      await pause(low + Math.random() * (high - low));
      await end(child, 'SIGKILL');
      if (kill % 10 === 0) options.onProgress?.(`${kill} kills, ${posts(sandbox).length} posts`);
    }
    sandbox.control.clearFaults();
    const last = await startChild(home, catalogue, sandbox, options);
    await untilQuiet(sandbox, options.alerts);
    await end(last, 'SIGTERM');
    return await compare(home, sandbox, options);
  } finally {
    await sandbox.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** The shipped catalogue with one rule only, spread over many channels, without a limit on a burst. */
function writeCatalogue(home: string, channels: readonly string[]): string {
  const folder = join(home, 'catalogue');
  cpSync(packagePath('catalogue'), folder, { recursive: true });
  rmSync(join(folder, 'alerts'), { recursive: true });
  mkdirSync(join(folder, 'alerts'));
  writeFileSync(
    join(folder, 'alerts', 'burst.yml'),
    "rules:\n  - id: burst\n    title: Burst\n    finding: account-health\n    when: { field: value, op: lt, value: 50 }\n    severity: high\n    labels: { lane: '{band}' }\n    post_at_most: 100000\n",
  );
  const routes = channels.map((name) => `  - match: { lane: ${name} }\n    channel: '#${name}'\n`).join('');
  writeFileSync(join(folder, 'routes.yml'), `default: '#${channels[0] ?? ''}'\nroutes:\n${routes}`);
  writeFileSync(join(folder, 'channels.yml'), 'channels: []\n');
  return folder;
}

/** Findings as the analyser would have left them; the service turns them into alerts by itself. */
async function seed(home: string, options: KillLabOptions, channels: readonly string[]): Promise<void> {
  const store = await open(home, options);
  await migrateUp(store);
  const runId = newId();
  const now = new Date();
  await store.db
    .insertInto('analysis_run')
    .values({ id: runId, started_at: now, finished_at: now, state: 'done', as_of: now, report: toJson({}) })
    .execute();
  const rows = Array.from({ length: options.alerts }, (_, index) => {
    const label = `Burst account ${String(index).padStart(5, '0')}`;
    return {
      id: stableId('finding', 'burst', String(index)),
      kind: 'account-health',
      subject_kind: 'account',
      subject_id: stableId('account', 'burst', String(index)),
      subject_label: label,
      value: 20,
      observed_at: now,
      run_id: runId,
      computed_at: now,
      evidence: toJson({ caption: 'Components', columns: [], rows: [] }),
      facts: toJson({
        profile: 'cs4',
        band: channels[index % channels.length],
        previous_score: 80,
        change_7d: -60,
        coverage: 1,
        account: label,
        arr: 1000,
        currency: 'USD',
        top_driver: 'usage',
      }),
    };
  });
  for (let from = 0; from < rows.length; from += 200)
    await store.db
      .insertInto('finding')
      .values(rows.slice(from, from + 200))
      .execute();
  await store.close();
}

async function startChild(
  home: string,
  catalogue: string,
  sandbox: Sandbox,
  options: KillLabOptions,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [packagePath('test', 'support', 'service-child.mjs')], {
    cwd: home,
    env: {
      PATH: process.env['PATH'],
      HEED_HOME: home,
      HEED_CATALOGUE: catalogue,
      HEED_SECRET: 'the secret of the kill lab',
      HEED_LOG_LEVEL: 'warn',
      HEED_ALERTS_CRON: '* * * * * *',
      SLACK_BOT_TOKEN: sandbox.botToken,
      SLACK_APP_TOKEN: sandbox.appToken,
      SLACK_API_URL: sandbox.apiUrl,
      ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) =>
      reject(new Error(`the service did not start (exit ${code ?? 'by signal'}): ${complaints}`)),
    );
  });
  return child;
}

function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

const posts = (sandbox: Sandbox) =>
  sandbox.control.log().filter(({ kind, by }) => kind === 'post' && by === 'chat.postMessage');

/** Until everything is there, and then long enough that a copy too many would have come as well. */
async function untilQuiet(sandbox: Sandbox, wanted: number): Promise<void> {
  const until = Date.now() + 240_000;
  let last = -1;
  let quietSince = Date.now();
  while (Date.now() < until) {
    const count = posts(sandbox).length;
    if (count !== last) quietSince = Date.now();
    last = count;
    if (count >= wanted && Date.now() - quietSince > 5000) return;
    await pause(200);
  }
}

/** What the database committed against what Slack accepted. */
async function compare(home: string, sandbox: Sandbox, options: KillLabOptions): Promise<KillLabResult> {
  const store = await open(home, options);
  const rows = await store.db.selectFrom('outbox').select('id').where('lane', '=', 'alert').execute();
  await store.close();
  const seen = new Map<string, number>();
  for (const { message } of posts(sandbox)) {
    const payload = message.metadata?.['event_payload'];
    const id =
      typeof payload === 'object' && payload !== null && 'outbox_id' in payload
        ? (payload['outbox_id'] as string)
        : 'no marker';
    seen.set(id, (seen.get(id) ?? 0) + 1);
  }
  return {
    kills: options.kills,
    committed: rows.length,
    posted: posts(sandbox).length,
    lost: rows.map(({ id }) => id).filter((id) => !seen.has(id)),
    doubled: [...seen].filter(([, times]) => times > 1).map(([id]) => id),
  };
}

function open(home: string, options: KillLabOptions): Promise<Store> {
  return openStore({
    home,
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
  });
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
