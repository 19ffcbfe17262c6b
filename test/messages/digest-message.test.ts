import { expect, it } from 'vitest';
import { buildDigestMessage, type DigestView } from '../../src/messages/digest-message.ts';

const aView = (overrides: Partial<DigestView> = {}): DigestView => ({
  title: 'Daily digest',
  day: 'Friday 20 November',
  board: {
    text: 'Status: Open tickets 48.',
    blocks: [{ kind: 'headline', text: 'Status', tone: 'neutral' }, { kind: 'divider' }],
  },
  alerts: [],
  resolvedCount: 0,
  ...overrides,
});

it('says what needs somebody before how things stand, and names each severity once', () => {
  const alerts = Array.from({ length: 8 }, (_, index) => ({
    severity: 'critical' as const,
    text: `Critical: problem ${index}`,
    acknowledgedBy: index === 0 ? 'Priya' : null,
  }));
  const message = buildDigestMessage(aView({ alerts, resolvedCount: 2 }));
  const page = JSON.stringify(message.blocks);
  expect(message.text).toBe(
    'Daily digest, Friday 20 November: 8 alerts are open, 2 ended in the last 24 hours. Status: Open tickets 48.',
  );
  expect(page).toContain('• Critical: problem 0 (Priya has it)');
  expect(page).not.toContain('Critical: Critical');
  expect(page).toContain('and 2 more in the alert channels');
  expect(message.blocks.filter(({ kind }) => kind === 'headline')).toHaveLength(1);
});

it('is calm when nothing is open', () => {
  const message = buildDigestMessage(aView());
  expect(message.text).toContain('No alert is open.');
  expect(message.blocks[0]).toMatchObject({ kind: 'headline', tone: 'good' });
});
