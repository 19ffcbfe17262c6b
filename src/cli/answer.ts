import type { Command } from 'commander';
import { describeAnswer, repeatAnswer, writeAnswerFile } from '../app/kept-answer.ts';
import { openHeed } from '../app/open-heed.ts';
import { openContext, withExamples } from './verb.ts';

interface AnswerFlags {
  readonly again?: true;
  readonly as?: string;
  readonly json?: true;
  readonly csv?: string;
  readonly xlsx?: string;
  readonly rows?: string;
  readonly png?: string;
}

export function addAnswer(program: Command): void {
  const command = program
    .command('answer')
    .description('how an answer was computed: plan, statement with its values apart, data version, who asked')
    .argument('<id>', 'id of the answer, or the last eight characters of it')
    .option('--again', 'run its plan now and say what is different')
    .option('--as <person>', 'as this person (name or e-mail), with their rows; default: an administrator')
    .option('--csv <file>', 'write all rows as CSV')
    .option('--xlsx <file>', 'write all rows as an Excel workbook')
    .option('--rows <file>', 'write all rows as JSON, with how they were computed')
    .option('--png <file>', 'draw the chart')
    .option('--json', 'print JSON')
    .action(async (id: string, flags: AnswerFlags) => {
      const { config, stdout, stderr } = openContext();
      const heed = await openHeed(config);
      try {
        const request = { id, as: flags.as };
        const files = filesOf(flags);
        for (const target of files) stderr(await writeAnswerFile(heed, request, target));
        if (files.length > 0 && flags.again !== true) return;
        const printed = await (flags.again === true ? repeatAnswer : describeAnswer)(heed, request);
        stdout(flags.json ? JSON.stringify(printed.json) : printed.page);
      } finally {
        await heed.close();
      }
    });
  withExamples(command, [
    ['heed answer 1a2b3c4d', 'the end of the small print of every answer names it'],
    ['heed answer 1a2b3c4d --again', 'was 41, is now 44 (+3)'],
    ['heed answer 1a2b3c4d --csv rows.csv --as "Jonas Weber"', 'the rows that a rep sees'],
  ]);
}

function filesOf({ csv, xlsx, rows, png }: AnswerFlags) {
  const wanted = [
    ['csv', csv],
    ['xlsx', xlsx],
    ['json', rows],
    ['png', png],
  ] as const;
  return wanted.flatMap(([format, file]) => (file === undefined ? [] : [{ format, file }]));
}
