import type { AccountSignals, HealthMoment, UsageDay } from '../../../src/analysis/health/account-signals.ts';
import { addDays } from '../../../src/analysis/wording.ts';
import { loadHealthSettings } from '../../../src/catalogue/health.ts';
import { packagePath } from '../../../src/toolkit/package-root.ts';

const loaded = loadHealthSettings(packagePath('catalogue'));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
export const settings = loaded.value;
const [cs4Profile, usage3Profile] = settings.profiles;
if (!cs4Profile || !usage3Profile) throw new Error('the shipped health.yml has two profiles');
export const cs4 = cs4Profile;
export const usage3 = usage3Profile;

export const today = '2026-03-31';
export const moment: HealthMoment = {
  day: today,
  until: new Date('2026-03-31T12:00Z'),
  feedDay: '2026-03-30',
};

function aUsageDay(day: string, overrides: Partial<UsageDay> = {}): UsageDay {
  return {
    day,
    apiCalls: 0,
    logins: 0,
    activeUsers: null,
    seatsEntitled: null,
    featuresUsed: null,
    featuresAvailable: null,
    ...overrides,
  };
}

/** `days` rows that end on 30 March. */
export function usageOf(days: number, overrides: Partial<UsageDay>): readonly UsageDay[] {
  return Array.from({ length: days }, (_, index) =>
    aUsageDay(addDays('2026-03-30', index - days + 1), overrides),
  );
}

export function signalsOf(overrides: Partial<AccountSignals> = {}): AccountSignals {
  const usage = overrides.usage ?? [];
  return {
    account: {
      id: 'a1',
      sourceId: 'A-1',
      name: 'Acme Corp',
      ownerId: 'ada',
      teamId: null,
      arr: 120_000,
      currency: 'EUR',
    },
    usage,
    firstUsageDay: usage[0]?.day ?? null,
    incidents: [],
    surveys: [],
    tones: [],
    ...overrides,
  };
}

export const at = (text: string) => new Date(text);
