import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerDeps, AnsweredQuestion } from '../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { asker, now, seedWorld, world } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

let store: Store;
let deps: AnswerDeps;

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
  deps = { store, catalogue: theCatalogue(), planner: createRulesPlanner(), clock: fixedClock(now) };
});

interface Where {
  readonly as?: string;
  readonly conversation?: string;
  readonly thread?: string | null;
  readonly at?: Date;
}

function ask(
  question: string,
  { as = 'Max Manager', conversation = 'C1', thread = 'T1', at = now }: Where = {},
): Promise<AnsweredQuestion> {
  const surface = { platform: 'slack', conversation, threadId: thread };
  return answerQuestion(
    { ...deps, clock: fixedClock(at) },
    { asker: asker(as), question, surface, requestId: 'r1' },
  );
}

const openedIn = (from: string, to: string) =>
  world.ticket.filter(({ opened_at }) => {
    const at = new Date(opened_at).getTime();
    return at >= Date.parse(from) && at < Date.parse(to);
  });
const october = () => openedIn('2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z');

describe('a thread', () => {
  it('keeps its plan from one question to the next, even within one millisecond', async () => {
    const first = await ask('how many tickets were opened last month?');
    expect(first.answer.rows).toEqual([[october().length]]);
    const second = await ask('only urgent');
    expect(second.answer.rows).toEqual([[october().filter(({ priority }) => priority === 'urgent').length]]);
    expect(second.answer.notes).toEqual(['This continues “how many tickets were opened last month?”.']);
    const third = await ask('this month instead');
    const november = openedIn('2026-11-01T00:00:00Z', '2026-11-21T10:30:00Z');
    expect(third.answer.rows).toEqual([[november.filter(({ priority }) => priority === 'urgent').length]]);
    const fourth = await ask('and high too');
    const both = november.filter(({ priority }) => priority === 'urgent' || priority === 'high');
    expect(fourth.answer.rows).toEqual([[both.length]]);
    const fifth = await ask('compare to last month');
    const before = openedIn('2026-10-01T00:00:00Z', '2026-10-21T10:30:00Z').filter(
      ({ priority }) => priority === 'urgent' || priority === 'high',
    );
    expect(fifth.answer.rows[0]?.slice(0, 2)).toEqual([both.length, before.length]);
    const list = await ask('list them');
    expect(list.answer.plan?.kind).toBe('list');
    expect(list.answer.rows.length).toBe(Math.min(10, both.length));
  });

  it('takes a name for what it turns out to be, in the place of another of its kind', async () => {
    await ask('tickets for GTX Pro last month', { thread: 'names' });
    const other = await ask('what about MG Special?', { thread: 'names' });
    expect(other.answer.plan).toMatchObject({
      where: [{ any: [{ dimension: 'product', values: ['MG Special'] }] }],
    });
    expect(other.answer.notes.at(-1)).toBe('I took “MG Special” as Product.');
  });

  it('tells another figure of the groups that were shown, and of no others', async () => {
    const thread = 'each';
    const first = await ask('tickets opened last month by account', { thread });
    const named = first.answer.rows.filter(([name]) => name !== null);
    const top = await ask('top 2', { thread });
    const names = top.answer.rows.map(([name]) => name);
    expect(names).toEqual(named.slice(0, 2).map(([name]) => name));
    const each = await ask('their urgent tickets', { thread });
    const counted = names.map((name) => {
      const account = world.account.find((one) => one.name === name);
      const own = october().filter((one) => one.account_id === account?.id && one.priority === 'urgent');
      return [name, own.length] as const;
    });
    expect(new Map(each.answer.rows.map(([name, n]) => [name, n]))).toEqual(
      new Map(counted.filter(([, n]) => n > 0)),
    );
    expect(each.answer.notes.at(-1)).toBe(`I took them as those of ${names.join(', ')}.`);
  });

  it('never hears of another thread or conversation, nor of what others asked outside of threads', async () => {
    await ask('tickets by priority last month', { conversation: 'C2', thread: 'one' });
    for (const elsewhere of [
      { conversation: 'C2', thread: 'two' },
      { conversation: 'C3', thread: 'one' },
      { conversation: 'C2', thread: null },
    ]) {
      const { answer } = await ask('only urgent ones', elsewhere);
      expect(answer.outcome).toBe('refused');
      expect(answer.reason).toContain('no answer here yet');
    }
    await ask('tickets by priority last month', { conversation: 'C4', thread: null });
    const stranger = await ask('top 2', { conversation: 'C4', thread: null, as: 'Rita Rep' });
    // Nothing was ranked here before: asked of what, not answered with the tickets of somebody else.
    expect(stranger.answer.outcome).toBe('clarified');
    const same = await ask('top 2', { conversation: 'C4', thread: null });
    expect(same.answer.rows.length).toBe(2);
  });

  it('lets a direct message go on for half an hour, and a thread for a week', async () => {
    const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
    await ask('tickets by priority last month', { conversation: 'D9', thread: null });
    await ask('tickets by priority last month', { conversation: 'C9', thread: 'T9' });
    const soon = await ask('top 2', { conversation: 'D9', thread: null, at: later(29) });
    expect(soon.answer.outcome).toBe('answered');
    const late = await ask('top 1', { conversation: 'D9', thread: null, at: later(29 + 31) });
    expect(late.answer.outcome).toBe('clarified');
    expect(
      (await ask('top 2', { conversation: 'C9', thread: 'T9', at: later(6 * 1440) })).answer.outcome,
    ).toBe('answered');
    const forgotten = await ask('top 2', { conversation: 'C9', thread: 'T9', at: later(14 * 1440) });
    expect(forgotten.answer.outcome).toBe('clarified');
  });

  it('answers whoever goes on under their own rights', async () => {
    const all = await ask('open deals by stage', { thread: 'rights' });
    const own = await ask('top 10', { thread: 'rights', as: 'Rita Rep' });
    const sumOf = ({ answer }: AnsweredQuestion) => answer.rows.reduce((sum, row) => sum + Number(row[1]), 0);
    expect(sumOf(own)).toBeGreaterThan(0);
    expect(sumOf(own)).toBeLessThan(sumOf(all));
    expect(own.answer.provenance?.scope).toContain('your own');
  });

  it('refuses a figure that the next one may not see, by name', async () => {
    const hidden = [...deps.catalogue.metrics.values()].find(
      ({ roles }) => roles.length > 0 && !roles.includes('agent') && roles.includes('manager'),
    )!;
    const first = await ask(hidden.verifiedQuestions[0] ?? `what is the ${hidden.label}`, {
      thread: 'hidden',
    });
    expect(first.answer.outcome).toBe('answered');
    const second = await ask('as a table', { thread: 'hidden', as: 'Ada Agent' });
    expect(second.answer.outcome).toBe('refused');
    expect(second.answer.rows).toEqual([]);
  });

  it('is not changed by a question that had no answer', async () => {
    await ask('tickets by priority last month', { thread: 'kept' });
    await ask('close that ticket', { thread: 'kept' });
    const { answer } = await ask('top 2', { thread: 'kept' });
    expect(answer.notes[0]).toBe('This continues “tickets by priority last month”.');
  });

  it.each(['tickets about florps last month', 'best performer last month'])(
    'asks which answer is meant when “%s” came in between and was not answered',
    async (between) => {
      const thread = `between ${between}`;
      await ask('tickets by priority last month', { thread });
      expect((await ask(between, { thread })).answer.outcome).not.toBe('answered');
      const { answer, message } = await ask('only urgent ones', { thread });
      expect(answer.outcome).toBe('clarified');
      expect(answer.reason).toBe(
        `“${between}” has no answer here. Is this about “tickets by priority last month”?`,
      );
      expect(answer.plan).toMatchObject({ kind: 'metric', where: [{ any: [{ values: ['urgent'] }] }] });
      expect(message.text).toContain('Yes, about “tickets by priority last month”');
    },
  );

  it('goes on at once when the same words are only spelled better, or when a whole question came in between', async () => {
    await ask('tickets by priority last month', { thread: 'again' });
    expect((await ask('only ugrnxent', { thread: 'again' })).answer.outcome).toBe('refused');
    expect((await ask('only urgent', { thread: 'again' })).answer.outcome).toBe('answered');
    await ask('tickets about florps last month', { thread: 'again' });
    await ask('open deals by owner', { thread: 'again' });
    const { answer } = await ask('top 2', { thread: 'again' });
    expect(answer.notes[0]).toBe('This continues “open deals by owner”.');
  });
});
