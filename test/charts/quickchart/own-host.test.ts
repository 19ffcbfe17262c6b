import { describe, expect, it } from 'vitest';
import { requireOwnHost } from '../../../src/charts/quickchart/own-host.ts';
import { UserError } from '../../../src/toolkit/issue.ts';

function refusal(host: string): string | undefined {
  try {
    requireOwnHost({ host });
  } catch (error) {
    return error instanceof UserError ? error.issues[0]?.code : String(error);
  }
  return undefined;
}

describe('requireOwnHost', () => {
  it.each([
    'charts.internal:3400',
    '10.0.0.7',
    'localhost:3400',
    '[::1]:3400',
    'quickchart.io.example.com',
    'myquickchart.io',
  ])('accepts %s', (host) => {
    expect(requireOwnHost({ host }).host).toBe(host);
  });

  it.each([
    'quickchart.io',
    'QuickChart.IO',
    'quickchart.io.',
    'quickchart.io:443',
    'www.quickchart.io',
    'api.quickchart.io:8443',
  ])('refuses the public service written as %s', (host) => {
    expect(refusal(host)).toBe('public-chart-host');
  });

  it.each([
    '',
    'https://charts.internal',
    'charts.internal/chart',
    'user@charts.internal',
    'a b',
    'x?y',
    'host:port',
  ])('refuses %j, which is no host name', (host) => {
    expect(refusal(host)).toBe('invalid-chart-host');
  });

  it('says what to do instead', () => {
    expect(() => requireOwnHost({ host: 'quickchart.io' })).toThrow(
      /host of your own.*draw charts in process/,
    );
  });

  it('takes https unless told otherwise', () => {
    expect(requireOwnHost({ host: 'charts.internal' }).scheme).toBe('https');
    expect(requireOwnHost({ host: 'charts.internal', scheme: 'http' }).scheme).toBe('http');
  });
});
