import { describe, expect, it } from 'vitest';
import { loadSlaPolicies, parseSlaPolicies } from '../../../src/catalogue/sla.ts';
import { packagePath } from '../../../src/toolkit/package-root.ts';

const file = (policies: string, open = "{ monday: ['09:00-12:00', '22:00-06:00'] }") => `
calendars:
  - { id: berlin, zone: Europe/Berlin, open: ${open}, holidays: ['12-25'] }
policies:
${policies}
`;

describe('sla.yml', () => {
  it('loads the shipped policies, ending with one for everybody', () => {
    const loaded = loadSlaPolicies(packagePath('catalogue'));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
    expect(loaded.value.policies.at(-1)).toMatchObject({ id: 'standard', when: [] });
    const calendars = new Set(loaded.value.policies.map((policy) => policy.calendar.id));
    expect([...calendars]).toEqual(['always', 'new-york', 'berlin']);
  });
  it('reads several ranges a day, a night shift and targets in hours and minutes', () => {
    const parsed = parseSlaPolicies(
      file('  - { id: all, calendar: berlin, resolution: { high: 2 h 30 min, low: 45 min } }'),
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    const [policy] = parsed.value.policies;
    expect(policy?.calendar.week[0]).toEqual([
      { fromMinute: 540, toMinute: 720 },
      { fromMinute: 1320, toMinute: 1800 },
    ]);
    expect(policy?.targetSeconds.resolution).toEqual({ high: 9_000, low: 2_700 });
    expect([...(policy?.pauseOn ?? [])]).toEqual(['pending']);
  });
  it('changes the version of a calendar with its hours, not with its name', () => {
    const versionOf = (open: string) => {
      const parsed = parseSlaPolicies(file('  - { id: all, calendar: berlin }', open));
      return parsed.ok ? parsed.value.policies[0]?.calendar.version : undefined;
    };
    expect(versionOf("{ monday: ['09:00-12:00'] }")).toBe(versionOf("{ monday: ['09:00-12:00'] }"));
    expect(versionOf("{ monday: ['09:00-12:00'] }")).not.toBe(versionOf("{ monday: ['09:00-13:00'] }"));
  });
  it('reads targets of next responses and updates, and when a target that ends at closing is due', () => {
    const parsed = parseSlaPolicies(
      file(
        [
          '  - { id: a, calendar: berlin, next_response: { low: 1 h }, update: { low: 2 h }, update_pauses: false }',
          '  - { id: b, calendar: berlin, due_at: opening }',
          '  - { id: c, calendar: berlin, due_at: opening }',
        ].join('\n'),
      ),
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    const [a, b, c] = parsed.value.policies;
    expect(a?.targetSeconds).toMatchObject({ next_response: { low: 3_600 }, update: { low: 7_200 } });
    expect([a?.updatePauses, b?.updatePauses]).toEqual([false, true]);
    expect([a?.calendar.boundary, b?.calendar.boundary]).toEqual(['closing', 'opening']);
    expect(b?.calendar.version).not.toBe(a?.calendar.version);
    expect(c?.calendar).toBe(b?.calendar);
  });
  it('changes the version of the file with a target or a calendar, not with a threshold of reporting', () => {
    const versionOf = (text: string) => {
      const parsed = parseSlaPolicies(text);
      return parsed.ok ? parsed.value.version : parsed.issues;
    };
    const policy = '  - { id: a, calendar: berlin, update: { low: 2 h } }';
    expect(versionOf(file(policy))).toBe(versionOf(`report_from_percent: 70\n${file(policy)}`));
    expect(versionOf(file(policy))).not.toBe(versionOf(file(policy.replace('2 h', '3 h'))));
    expect(versionOf(file(policy))).not.toBe(versionOf(file(policy).replace('12-25', '12-24')));
  });
  it.each([
    [
      'a calendar that is not there',
      '  - { id: a, calendar: paris }',
      'there is no calendar "paris"; there are berlin',
    ],
    [
      'a target without a unit',
      '  - { id: a, calendar: berlin, resolution: { low: "90" } }',
      'is not a target',
    ],
    [
      'a policy twice',
      '  - { id: a, calendar: berlin }\n  - { id: a, calendar: berlin }',
      '"a" is there twice',
    ],
    ['a pause on solved', '  - { id: a, calendar: berlin, pause_on: [solved] }', 'Invalid option'],
    [
      'an unknown condition',
      '  - { id: a, calendar: berlin, when: { mood: [bad] } }',
      'Unrecognized key: "mood"',
    ],
  ])('complains about %s with its line', (_name, policies, message) => {
    const parsed = parseSlaPolicies(file(policies));
    if (parsed.ok) throw new Error('was accepted');
    expect(parsed.issues[0]?.message).toContain(message);
    expect(parsed.issues[0]?.path).toMatch(/^sla\.yml:[567] /);
  });
  it.each([
    "{ monday: ['9-17'] }",
    "{ monday: ['09:00-09:00'] }",
    "{ monday: ['09:00-24:30'] }",
    "{ mon: ['09:00-17:00'] }",
  ])('refuses hours written as %s', (open) => {
    expect(parseSlaPolicies(file('  - { id: a, calendar: berlin }', open)).ok).toBe(false);
  });
});
