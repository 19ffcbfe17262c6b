// Reads a CSV of a gigabyte through the compiled reader, a mapping of ten columns and the checks, without a store: rows
// per second and the largest resident memory of the process. The file is written row by row first, into a folder for
// temporary files, and removed again.
//   node benchmarks/stream-csv.mjs [megabytes]
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Every 1,000th row has an impossible date: rejects are counted as well. */
const BAD_EVERY = 1_000;

const mapping = {
  version: 1,
  source: 'stream',
  decimal: '.',
  files: [
    {
      file: 'tickets.csv',
      entities: [
        {
          entity: 'ticket',
          id: 'id',
          fields: {
            number: 'id',
            accountId: { ref: 'account', column: 'account' },
            assigneeId: { ref: 'person', column: 'agent' },
            subject: 'subject',
            status: { column: 'status', words: { resolved: 'solved' } },
            priority: 'priority',
            openedAt: 'opened_at',
            solvedAt: 'solved_at',
            replies: 'replies',
            sentimentScore: 'sentiment',
          },
        },
      ],
    },
  ],
};

function rowOf(index) {
  const day = String((index % 28) + 1).padStart(2, '0');
  const opened = index % BAD_EVERY === 0 ? '2026-02-30 09:00' : `2026-10-${day}T08:${day}:00Z`;
  const solved = index % 3 === 0 ? '' : `2026-11-${day} 17:30:12`;
  const subject =
    index % 5 === 0
      ? `"Printer ""B${index % 90}"" is on fire, again"`
      : `Stock counts differ in region ${index % 400}`;
  const status = ['open', 'pending', 'resolved', 'closed'][index % 4];
  const priority = ['low', 'normal', 'high', 'urgent'][index % 4];
  return `${index},C-${index % 10_000},A-${index % 300},${subject},${status},${priority},${opened},${solved},${index % 9},${((index % 200) - 100) / 100}\n`;
}

async function write(file, bytes) {
  const out = createWriteStream(file, { highWaterMark: 1 << 20 });
  let written = 0;
  let rows = 0;
  out.write('id,account,agent,subject,status,priority,opened_at,solved_at,replies,sentiment\n');
  while (written < bytes) {
    let block = '';
    for (let count = 0; count < 2_000; count += 1) {
      rows += 1;
      block += rowOf(rows);
    }
    written += Buffer.byteLength(block);
    if (!out.write(block)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return rows;
}

async function read(file) {
  const load = (name) => import(pathToFileURL(join(root, 'dist', 'sources', name)).href);
  const { readMapped } = await load('mapping/read-mapped.js');
  const { mappingSchema } = await load('mapping/mapping-schema.js');
  const { checkRecords } = await load('check-record.js');
  const { fileInput } = await load('text/input-file.js');
  const { emptyDirectory } = await load('identity.js');
  const parsed = mappingSchema.parse(mapping);
  const counts = { accepted: 0, rejected: 0, issues: [] };
  const started = performance.now();
  for await (const event of checkRecords(
    readMapped(fileInput(file), parsed, parsed.files[0], emptyDirectory),
  )) {
    if (event.kind === 'accepted') counts.accepted += event.records.length;
    else if (event.kind === 'rejected') counts.rejected += 1;
    else if (event.kind === 'refused') counts.issues.push(...event.issues);
  }
  const seconds = (performance.now() - started) / 1_000;
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const peak = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  const peakMegabytes = peak === undefined ? process.resourceUsage().maxRSS / 1_024 : Number(peak) / 1_024;
  process.stdout.write(JSON.stringify({ ...counts, seconds, peakMegabytes }));
}

async function main(megabytes) {
  const folder = mkdtempSync(join(tmpdir(), 'heed-stream-'));
  try {
    const file = join(folder, 'tickets.csv');
    const rows = await write(file, megabytes * 1_000_000);
    const self = fileURLToPath(import.meta.url);
    const child = spawnSync(
      process.execPath,
      ['--max-old-space-size=64', ...process.execArgv, self, '--read', file],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    );
    if (child.status !== 0) throw new Error(`the reader ended with ${child.status ?? child.signal}`);
    const result = JSON.parse(child.stdout);
    const expectedRejects = Math.floor(rows / BAD_EVERY);
    if (result.rejected !== expectedRejects || result.accepted !== rows - expectedRejects)
      throw new Error(`${rows} rows became ${result.accepted} accepted and ${result.rejected} rejected`);
    if (result.issues.length > 0) throw new Error(JSON.stringify(result.issues));
    const bytes = statSync(file).size;
    const report = {
      megabytes: Math.round(bytes / 1_000_000),
      rows,
      rejected: result.rejected,
      seconds: Math.round(result.seconds * 10) / 10,
      rowsPerSecond: Math.round(rows / result.seconds),
      megabytesPerSecond: Math.round(bytes / 1_000_000 / result.seconds),
      peakMegabytes: Math.round(result.peakMegabytes),
    };
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === '--read') await read(process.argv[3]);
else await main(Number(process.argv[2] ?? 1_000));
