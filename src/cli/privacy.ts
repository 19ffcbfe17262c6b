import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { type Heed, openHeed } from '../app/open-heed.ts';
import {
  defaultExportFolder,
  describeErasure,
  eraseSubject,
  exportSubject,
  findSubject,
  listErasureStates,
  planSubjectErasure,
  resumeErasures,
  writeExport,
} from '../app/privacy.ts';
import { UserError } from '../toolkit/issue.ts';
import { terminalProgress } from './terminal-progress.ts';
import { ExitWith, openContext, type VerbContext, withExamples } from './verb.ts';

/** `heed privacy export | erase | status | resume`. */
export function addPrivacy(program: Command): void {
  const privacy = program
    .command('privacy')
    .description('export or erase what Heed holds about a person or a customer (docs/guides/privacy.md)');
  addExport(privacy);
  addErase(privacy);
  privacy
    .command('status')
    .description('list the erasures, and whether posted messages are edited')
    .option('--json', 'print JSON')
    .action((options: { json?: true }) =>
      withHeed((heed, context) => printStatus(heed, context, options.json === true)),
    );
  privacy
    .command('resume')
    .description('finish erasures that were cut off')
    .action(() =>
      withHeed(async (heed, { stdout }) => {
        const count = await resumeErasures(heed, terminalProgress(process.stderr));
        stdout(count === 0 ? 'Nothing was left to do.' : `${count} finished.`);
      }),
    );
  withExamples(privacy, [
    ['heed privacy export ana@acme.example --out ./ana', 'everything about one person, as a folder'],
    ['heed privacy erase "Ana Lopez" --dry-run', 'what would change'],
    ['heed privacy erase ana@acme.example --yes', 'erase without asking'],
    ['heed privacy erase --account "Acme Corp"', 'a customer with everything that belongs to it'],
  ]);
}

function addExport(privacy: Command): void {
  privacy
    .command('export')
    .description('write everything about a person into a folder')
    .argument('<person>', 'e-mail address, full name, chat id, or id of a contact, lead or colleague')
    .option('--out <dir>', 'folder for the files; default a new one in the working directory')
    .option('--json', 'print one JSON value instead')
    .action((person: string, options: { out?: string; json?: true }) =>
      withHeed(async (heed, { stdout }) => {
        const subject = await find(heed, { person });
        const exported = await exportSubject(heed, subject);
        if (options.json) {
          stdout(JSON.stringify(exported));
          return;
        }
        const folder = resolve(options.out ?? defaultExportFolder());
        writeExport(exported, folder);
        stdout(`Everything about ${subject.label} is in ${folder}; begin with README.txt.`);
      }),
    );
}

function addErase(privacy: Command): void {
  privacy
    .command('erase')
    .description('erase a person, or with --account a customer and everything that belongs to it')
    .argument('[person]', 'e-mail address, full name, chat id, or id of a contact, lead or colleague')
    .option('--account <name>', 'name, domain or id of a customer')
    .option('--dry-run', 'only tell what would change')
    .option('--yes', 'do not ask')
    .option('--json', 'print JSON')
    .action((person: string | undefined, options: EraseOptions) =>
      withHeed(async (heed, context) => {
        const subject = await find(heed, whoIsMeant(person, options.account));
        const plan = await planSubjectErasure(heed, subject);
        const tell = options.json && options.dryRun ? context.stdout : context.stderr;
        tell(options.json && options.dryRun ? JSON.stringify(plan) : describePlan(plan));
        if (options.dryRun) return;
        if (!options.yes) await confirm();
        const status = await eraseSubject(heed, subject, terminalProgress(process.stderr));
        context.stdout(options.json ? JSON.stringify(status) : describeErasure(status, heed.store.engine));
      }),
    );
}

interface EraseOptions {
  readonly account?: string;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly json?: true;
}

function whoIsMeant(person: string | undefined, account: string | undefined) {
  if (person !== undefined && account === undefined) return { person };
  if (account !== undefined && person === undefined) return { account };
  throw new UserError([
    { code: 'usage', path: 'heed privacy erase', message: 'name either a person or --account <name>' },
  ]);
}

async function find(heed: Heed, who: Parameters<typeof findSubject>[1]) {
  const found = await findSubject(heed, who);
  if (!found.ok) throw new UserError(found.issues);
  return found.value;
}

function describePlan({ subject, touched, deleted }: Awaited<ReturnType<typeof planSubjectErasure>>): string {
  const list = (title: string, rows: Readonly<Record<string, number>>): readonly string[] =>
    Object.keys(rows).length === 0
      ? []
      : [
          title,
          ...Object.entries(rows).map(([name, count]) => `  ${name.padEnd(28)} ${String(count).padStart(9)}`),
        ];
  const isShared = subject.identities.some(({ isNameUnique }) => !isNameUnique);
  return [
    `This is ${subject.label}.`,
    ...list('Rows that belong to them or mention them:', touched),
    ...list('Rows that are deleted:', deleted),
    ...(isShared
      ? [
          'Somebody else has the same name: the name alone is replaced only in rows that belong to this person.',
        ]
      : []),
  ].join('\n');
}

async function confirm(): Promise<void> {
  if (!process.stdin.isTTY) throw new ExitWith(2, 'Nothing was erased: add --yes when nobody can be asked.');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question('This cannot be undone. Type "erase" to go on: ');
    if (answer.trim().toLowerCase() !== 'erase') throw new ExitWith(1, 'Nothing was erased.');
  } finally {
    lines.close();
  }
}

async function printStatus(heed: Heed, { stdout }: VerbContext, asJson: boolean): Promise<void> {
  const states = await listErasureStates(heed);
  if (asJson) stdout(JSON.stringify(states));
  else if (states.length === 0) stdout('Nobody was erased yet.');
  else
    for (const { startedAt, pseudonym, state, step, postedMessages } of states)
      stdout(
        `${startedAt.toISOString()}  ${pseudonym.padEnd(26)} ${(state === 'done' ? 'done' : `at ${step}`).padEnd(20)} messages: ${postedMessages.edited} edited, ${postedMessages.waiting} waiting, ${postedMessages.givenUp} given up`,
      );
}

/** The log stays silent: an erasure rewrites it. */
async function withHeed(work: (heed: Heed, context: VerbContext) => Promise<void>): Promise<void> {
  const context = openContext();
  const heed = await openHeed({ ...context.config, HEED_LOG_LEVEL: 'silent' });
  try {
    await work(heed, context);
  } finally {
    await heed.close();
  }
}
