import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadAlertCatalogue } from '../../src/catalogue/alert-rules.ts';
import type { Issue } from '../../src/toolkit/issue.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Loads a catalogue of one rule file and returns what is wrong with it. */
function issuesOf(rules: string, routes = "default: '#escalations'\n"): readonly Issue[] {
  const folder = mkdtempSync(join(tmpdir(), 'heed-catalogue-'));
  folders.push(folder);
  mkdirSync(join(folder, 'alerts'));
  writeFileSync(join(folder, 'alerts', 'mine.yml'), rules);
  writeFileSync(join(folder, 'routes.yml'), routes);
  const loaded = loadAlertCatalogue(folder);
  return loaded.ok ? [] : loaded.issues;
}

const sound = `rules:
  - id: slow
    title: Slow answers
    finding: sla-clock
    when: { field: value, op: gte, value: 0.5 }
    severity: high
`;

describe('the shipped alert catalogue', () => {
  const loaded = loadAlertCatalogue(packagePath('catalogue'));

  it('passes its own lint and holds a rule for each kind of problem', () => {
    expect(loaded).toMatchObject({ ok: true });
    const ids = loaded.ok ? loaded.value.rules.map(({ id }) => id) : [];
    expect(ids).toEqual(
      expect.arrayContaining([
        'analyser-late',
        'analyser-step-failing',
        'customer-escalation-new-or-worsened',
        'deal-slipped',
        'health-below-band',
        'health-fell',
        'metric-anomaly',
        'share-outlier',
        'sla-at-risk',
        'sla-breached',
        'ticket-volume-anomaly',
      ]),
    );
  });

  it('tells what to do next in every rule', () => {
    if (!loaded.ok) throw new Error('the catalogue does not load');
    for (const rule of loaded.value.rules) expect(rule.nextStep, rule.id).toMatch(/\w.*[.}]$/);
  });
});

describe('alert rule lint', () => {
  it('accepts the smallest rule and fills in the defaults', () => {
    expect(issuesOf(sound)).toEqual([]);
  });

  it('names file, line and field of an unknown fact and suggests the nearest', () => {
    const [issue] = issuesOf(sound.replace('field: value', 'field: remaining'));
    expect(issue).toMatchObject({ path: 'alerts/mine.yml:5 rules[0].when.field' });
    expect(issue?.message).toContain('the SLA clock has no fact "remaining"');
    expect(issue?.suggestions).toContain('remaining_seconds');
  });

  it('suggests the key that was meant', () => {
    const [issue, ...others] = issuesOf(sound.replace('severity:', 'sevrity:'));
    expect(others).toEqual([]);
    expect(issue?.path).toMatch(/^alerts\/mine\.yml:6 /);
    expect(issue?.suggestions).toEqual(['severity']);
  });

  it('suggests the severity word that was meant', () => {
    const [issue] = issuesOf(sound.replace('severity: high', 'severity: hihg'));
    expect(issue?.path).toMatch(/^alerts\/mine\.yml:6 /);
    expect(issue?.suggestions).toEqual(['high']);
  });

  it('checks every placeholder of a text', () => {
    const [issue] = issuesOf(`${sound}    next_step: 'Call {acount} about {number}.'\n`);
    expect(issue).toMatchObject({ path: 'alerts/mine.yml:7 rules[0].next_step', suggestions: ['account'] });
  });

  it('knows the values that a fact can have', () => {
    const [issue] = issuesOf(
      sound.replace('{ field: value, op: gte, value: 0.5 }', '{ field: state, op: eq, value: breach }'),
    );
    expect(issue?.message).toContain('it is one of running, paused, breached');
    expect(issue?.suggestions).toEqual(['breached']);
  });

  it.each([
    ['{ field: state, op: gt, value: 3 }', 'gt needs a number or a time'],
    ['{ field: value, op: gte, value: many }', 'value is a share'],
    ['{ field: used_seconds, op: within_last, value: 24 h }', 'within_last needs an instant'],
    ['{ field: due_at, op: within_last, value: soon }', 'must be a duration'],
    ['{ field: value, op: about, value: 1 }', 'must be one of eq, neq'],
    ['{ field: value, op: gte }', 'must be exactly one value'],
    ['{ all: [] }', 'at least one comparison'],
    ['sometimes', 'must be a comparison'],
  ])('refuses the condition %s', (condition, complaint) => {
    const [issue] = issuesOf(sound.replace('{ field: value, op: gte, value: 0.5 }', condition));
    expect(issue?.path).toMatch(/^alerts\/mine\.yml:5 rules\[0\]\.when/);
    expect(issue?.message).toContain(complaint);
  });

  it('refuses a fingerprint of a measured value', () => {
    const [issue] = issuesOf(`${sound}    fingerprint: [subject, used_seconds]\n`);
    expect(issue?.message).toContain('measured value');
  });

  it('refuses two rules with one id', () => {
    const [issue] = issuesOf(sound + sound.replace('rules:\n', ''));
    expect(issue).toMatchObject({ code: 'duplicate-rule' });
  });

  it('refuses rules that inhibit each other in a circle', () => {
    const second = sound.replace('rules:\n', '').replace('id: slow', 'id: slower');
    const issues = issuesOf(`${sound}    inhibited_by: [slower]\n${second}    inhibited_by: [slow]\n`);
    expect(issues.map(({ code }) => code)).toEqual(['inhibition-circle', 'inhibition-circle']);
  });

  it('suggests the rule that was meant in inhibited_by', () => {
    const [issue] = issuesOf(`${sound}    inhibited_by: [slwo]\n`);
    expect(issue).toMatchObject({ code: 'unknown-rule', suggestions: ['slow'] });
  });

  it('refuses a route to what is no channel', () => {
    const [issue] = issuesOf(sound, 'default: everybody\n');
    expect(issue?.path).toMatch(/^routes\.yml:1 default/);
  });

  it('reports the mistakes of all files at once', () => {
    const issues = issuesOf(sound.replace('severity: high', 'severity: huge'), 'default: everybody\n');
    expect(issues.map(({ path }) => path.split(':')[0])).toEqual(['alerts/mine.yml', 'routes.yml']);
  });
});
