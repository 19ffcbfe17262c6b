import { expect, it } from 'vitest';
import { planning } from './support/plans.ts';

const { planned, lastOf } = planning(new Map());

// Every one of these once took time that doubled with each repeat: it is enough that they come to an end.
it.each([
  'can you please ',
  'could you also please just ',
  'i want to see ',
  'let me please ',
  'i need you know ',
  'will likely to ',
  'the one the ',
  'what percentage part of ',
  'e-mails, and ',
  'may 2026 ',
  'tuesdays or ',
  'all together in total ',
])('“%s”, said over and over, comes to an end', (words) => {
  const question = `${words.repeat(30)}open tickets`;
  const kinds = [planned(question), lastOf('tickets opened by priority last month', question)].map(
    ({ kind }) => kind,
  );
  for (const kind of kinds) expect(kind).toMatch(/^(?:metric|list|refuse|clarify)$/);
});
