import { describe, expect, it } from 'vitest';
import { buildBurstMessage } from '../../src/messages/burst-message.ts';
import { renderPlainText } from '../../src/messages/fallback-text.ts';
import { noon } from '../alerting/builders.ts';

const held = Array.from({ length: 37 }, (_, index) => ({
  label: `#${100 + index} Slow`,
  severity: 'high' as const,
}));
const view = {
  ruleId: 'sla-at-risk',
  ruleTitle: 'SLA target at risk',
  postedCount: 20,
  held,
  isFirstEvaluation: true,
  at: noon,
  zone: 'Europe/Berlin',
};

describe('burst message', () => {
  it('is one line with the number, why, and the next worst', () => {
    expect(renderPlainText(buildBurstMessage(view))).toBe(
      [
        'High: and 37 more: SLA target at risk',
        'This is the first time the rule looked, and 57 subjects match. The worst 20 are posted here; the others are open too, and are posted if they get worse.',
        'Next: #100 Slow (High); #101 Slow (High); #102 Slow (High); #103 Slow (High); #104 Slow (High); …',
        'As of Tue 10 Mar 13:00 CET · rule sla-at-risk',
      ].join('\n'),
    );
  });

  it('says that they fired at once when the rule is not new', () => {
    const text = buildBurstMessage({ ...view, isFirstEvaluation: false, held: held.slice(0, 1) }).text;
    expect(text).toContain('and 1 more: SLA target at risk. 21 alerts of this rule fired at once.');
    expect(text).toMatch(/Next: #100 Slow \(High\)$/);
  });
});
