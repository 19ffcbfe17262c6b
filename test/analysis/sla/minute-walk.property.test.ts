import { describe, it } from 'vitest';
import { checkAxis, checkClocks, zones } from '../support/walk-properties.ts';

/** Random cases per property; `HEED_PROPERTY_CASES=100000` makes a longer run. */
const CASES = Number(process.env['HEED_PROPERTY_CASES'] ?? 10_000);

/** Only a guard against a run that hangs. */
const TIMEOUT_MS = 60_000 + CASES * 40;

describe('business time against a walk through every minute', () => {
  it(
    `counts and adds business time in ${zones.length} zones over 4 clock changes each (S0-19)`,
    () => checkAxis(CASES),
    TIMEOUT_MS,
  );
});

describe('clocks of tickets against a walk through every minute', () => {
  it(
    'finds use, warning, due and breach of every cycle for any life of a ticket (S0-19)',
    () => checkClocks(CASES),
    TIMEOUT_MS,
  );
});
