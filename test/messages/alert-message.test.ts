import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/domain/alert.ts';
import { readAlertActionValue } from '../../src/messages/alert-action-value.ts';
import { buildAlertMessage, buildAlertReply } from '../../src/messages/alert-message.ts';
import { renderPlainText } from '../../src/messages/fallback-text.ts';
import type { Action, Message } from '../../src/messages/message.ts';
import { minutesAfter, noon } from '../alerting/builders.ts';
import { people, sampleAlert, sampleFindings, sampleStates, zone } from './alert-samples.ts';

const build = (alert: Alert) => buildAlertMessage({ alert, people, zone });
const ruleIds = Object.keys(sampleFindings);

const actionsOf = (message: Message): readonly Action[] =>
  message.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
const labelsOf = (message: Message) =>
  actionsOf(message).map((action) =>
    action.kind === 'button' ? action.label : action.kind === 'menu' ? action.placeholder : action.label,
  );

describe('alert message', () => {
  it.each(ruleIds)('reads well in every state: %s', async (ruleId) => {
    const pages = Object.entries(sampleStates).map(([name, change]) => {
      const message = build(change(sampleAlert(ruleId)));
      return `##### ${name}\n${renderPlainText(message)}\n\n(notification) ${message.text}\n`;
    });
    await expect(pages.join('\n')).toMatchFileSnapshot(`__snapshots__/${ruleId}.txt`);
  });

  it.each(ruleIds)('says everything in its text alone, with the headline first: %s', (ruleId) => {
    for (const change of Object.values(sampleStates)) {
      const message = build(change(sampleAlert(ruleId)));
      const [first] = message.blocks;
      expect(first?.kind).toBe('headline');
      if (first?.kind !== 'headline') continue;
      expect(message.text.startsWith(`${first.word}: ${first.text}`)).toBe(true);
      expect(message.text).toMatch(/\d/);
      expect(message.text).not.toMatch(/undefined|null|NaN|\{|\}|Invalid|\.\./);
      expect(renderPlainText(message)).not.toMatch(/undefined|null|NaN|\{|\}|Invalid/);
    }
  });

  it.each(ruleIds)('survives a finding without any facts: %s', (ruleId) => {
    for (const change of Object.values(sampleStates)) {
      const alert = change(sampleAlert(ruleId));
      const { snapshot } = alert;
      const bare = {
        ...alert,
        snapshot: {
          ...snapshot,
          account: null,
          owner: null,
          fired: {
            ...snapshot.fired,
            facts: {},
            chart: null,
            evidence: { caption: '', columns: [], rows: [] },
          },
        },
      };
      expect(renderPlainText(build(bare))).not.toMatch(/undefined|null|NaN|\{|\}|Invalid|: *$/m);
    }
  });

  it('takes the buttons away when it is over, but for Why?', () => {
    const over = sampleStates['resolved, the subject has left']!(sampleAlert('sla-at-risk'));
    expect(labelsOf(build(sampleAlert('sla-at-risk')))).toEqual([
      'Acknowledge',
      'Assign to me',
      'Snooze',
      'Why?',
    ]);
    expect(labelsOf(build(over))).toEqual(['Why?']);
  });

  it('offers only what still makes sense', () => {
    const snoozed = sampleStates['assigned and snoozed']!(sampleAlert('sla-at-risk'));
    expect(labelsOf(build(snoozed))).toEqual(['End snooze', 'Why?']);
  });

  it('puts the alert and its version into every button', () => {
    const alert = sampleAlert('sla-at-risk', { version: 7 });
    const values = actionsOf(build(alert)).flatMap((action) =>
      action.kind === 'button' ? [action.value] : action.options.map(({ value }) => value),
    );
    expect(values).toHaveLength(6);
    for (const value of values)
      expect(readAlertActionValue(value)).toMatchObject({ alertId: alert.id, version: 7 });
  });

  it('keeps within what platforms show: buttons to 75 characters, five actions, ten fields', () => {
    const subject = { kind: 'ticket', id: 'x', label: 'very long '.repeat(60) } as const;
    for (const ruleId of ruleIds) {
      const message = build(sampleAlert(ruleId, { subject }));
      expect(actionsOf(message).length).toBeLessThanOrEqual(5);
      for (const action of actionsOf(message))
        if (action.kind === 'button') expect(action.accessibilityLabel?.length).toBeLessThanOrEqual(75);
      for (const block of message.blocks) {
        if (block.kind === 'fields') expect(block.fields.length).toBeLessThanOrEqual(10);
        if (block.kind === 'headline') expect(block.text.length).toBeLessThanOrEqual(150);
      }
    }
  });

  it('gives the same message for the same alert, so that nothing is sent twice', () => {
    expect(build(sampleAlert('sla-at-risk'))).toEqual(build(sampleAlert('sla-at-risk')));
  });

  it('mentions the owner by chat id only where the rule wants it', () => {
    const mentions = (alert: Alert) =>
      build(alert).blocks.flatMap((block) =>
        block.kind === 'paragraph'
          ? block.content.filter((part) => typeof part !== 'string' && part.kind === 'person')
          : [],
      );
    const alert = sampleAlert('deal-slipped');
    expect(mentions(alert)).toEqual([{ kind: 'person', name: 'Ada Okafor', chatUserId: 'U0ADA' }]);
    const { snapshot } = alert;
    const quiet = { ...alert, snapshot: { ...snapshot, rule: { ...snapshot.rule, mentionOwner: false } } };
    expect(mentions(quiet)).toEqual([]);
  });

  it('writes working time beside the wall clock when the two differ', () => {
    const alert = sampleAlert('sla-at-risk');
    const overnight = { ...alert.snapshot.fired.facts, due_at: '2026-03-11T08:20:00.000Z' };
    const text = build({
      ...alert,
      snapshot: { ...alert.snapshot, fired: { ...alert.snapshot.fired, facts: overnight } },
    }).text;
    expect(text).toContain('At 13:00 CET, 20 h 20 min were left, of which 43 min are working time.');
  });

  it('shows the newest facts once something visible has changed', () => {
    const alert = sampleAlert('sla-at-risk');
    const latest = {
      observedAt: minutesAfter(noon, 25).toISOString(),
      value: 0.93,
      facts: { ...alert.snapshot.fired.facts, remaining_seconds: 1_080, assignee: 'Ben Sato' },
      chart: null,
    };
    const text = renderPlainText(build({ ...alert, snapshot: { ...alert.snapshot, latest } }));
    expect(text).toContain('93 % of the time for the first response is used');
    expect(text).toContain('At 13:25 CET, 18 min were left.');
    expect(text).toContain('Assignee: Ben Sato');
    expect(text).toContain('As of Tue 10 Mar 13:25 CET');
  });
});

describe('reply in the thread', () => {
  it('says how bad it is now and calls the owner', () => {
    const raised = sampleStates['severity raised']!(sampleAlert('sla-at-risk'));
    const text = renderPlainText(buildAlertReply({ alert: raised, people, zone }, 'severity-raised'));
    expect(text).toBe(
      'Critical: raised from Medium\n' +
        'Northwind Traders is waiting: 82 % of the time for the first response is used. ' +
        'At 13:00 CET, 43 min were left. @Ada Okafor, this one is yours.',
    );
  });

  it('says that a snooze is over', () => {
    const text = buildAlertReply({ alert: sampleAlert('deal-slipped'), people, zone }, 'snooze-elapsed').text;
    expect(text).toMatch(/^High: the snooze is over and it still holds\. The close date was moved/);
  });
});
