import { streamEscalations } from './escalations.ts';
import type { WorldBasis, WorldSink } from './world.ts';
import type { WorldTruth } from './world-truth.ts';

/** A dozen in a small world; one for every 25 accounts in a large one. */
const fewest = 12;
const accountsPerEscalation = 25;

/** One text file for each customer escalation. */
export function writeEscalations(
  basis: WorldBasis,
  sink: WorldSink,
): Pick<WorldTruth, 'openEscalations' | 'irregularEscalations'> {
  const { accounts, people, asOf, scale } = basis;
  const count = Math.max(fewest, Math.round(accounts.length / accountsPerEscalation));
  const openEscalations: string[] = [];
  const irregularEscalations: { number: string; quirk: string }[] = [];
  const request = { accounts, people, asOf, days: scale.days, count };
  for (const { number, status, quirk, text } of streamEscalations(basis.random('escalations'), request)) {
    sink.text(`on_call/${number}.txt`, text);
    if (!['Resolved', 'Closed'].includes(status)) openEscalations.push(number);
    if (quirk !== null) irregularEscalations.push({ number, quirk });
  }
  return { openEscalations, irregularEscalations };
}
