import { z } from 'zod';
import { nothingTouched, type TouchedIds } from '../store/ingest-store.ts';

const ids = z.array(z.uuid());
const touchedSchema = z.object({ accounts: ids, tickets: ids, escalations: ids, deals: ids });

/** Reads what was stored with a request; what cannot be read touches nothing. */
export function parseTouched(stored: unknown): TouchedIds {
  const parsed = touchedSchema.safeParse(stored);
  return parsed.success ? parsed.data : nothingTouched;
}

export function mergeTouched(all: readonly TouchedIds[]): TouchedIds {
  const union = (name: keyof TouchedIds) => [...new Set(all.flatMap((one) => one[name]))];
  return {
    accounts: union('accounts'),
    tickets: union('tickets'),
    escalations: union('escalations'),
    deals: union('deals'),
  };
}

export function countTouched({ accounts, tickets, escalations, deals }: TouchedIds): number {
  return accounts.length + tickets.length + escalations.length + deals.length;
}
