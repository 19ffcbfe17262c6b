import { it } from 'vitest';
import { readFileSync, writeFileSync } from 'node:fs';
import { openEvaluationWorld } from './evals/world.ts';
import { planLine } from './evals/lines.ts';
import { ask } from '../src/app/ask.ts';
it('tries', async () => {
  const world = await openEvaluationWorld({ planner: 'rules' });
  const name = process.env['CORPUS'] ?? '';
  const lines = readFileSync(name, 'utf8').trim().split('\n').filter((l) => l.includes('|'));
  const counts: Record<string, number> = {};
  const answered: string[] = [], rest: string[] = [];
  for (const line of lines) {
    const [who, q] = line.split('|') as [string, string];
    try {
      const a = await ask(world.heed, { question: q, as: who });
      if (a.plan === null) console.log("ERR", q, a.reason);
      const kind = a.plan === null ? 'none' : a.plan.kind === 'refuse' ? `refuse ${a.plan.reason}` : a.plan.kind;
      counts[kind] = (counts[kind] ?? 0) + 1;
      const isAnswer = kind === 'metric' || kind === 'list' || kind === 'summary';
      const text = a.text.replaceAll('\n', ' ').slice(0, 150);
      (isAnswer ? answered : rest).push(`${who.split(' ')[0]}| ${q}\n      ${planLine(a)}${isAnswer ? `\n      = ${text}` : ''}`);
    } catch (e) { counts['error'] = (counts['error'] ?? 0) + 1; rest.push(`${who}| ${q}\n      ERROR ${String(e).slice(0, 300)}`); }
  }
  const total = JSON.stringify(counts);
  writeFileSync(process.env["OUT"] ?? `${name}.out`, `${total}\n\n# NOT ANSWERED\n${rest.join('\n')}\n\n# ANSWERED\n${answered.join('\n')}\n`);
  console.log(name, lines.length, answered.length, total);
  await world.close();
}, 600000);
