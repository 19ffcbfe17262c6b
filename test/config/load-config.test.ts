import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderEnvExample } from '../../src/config/env-example.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';

describe('configuration', () => {
  it('runs without any variable: embedded store, rules planner, every 10 minutes (S0-08)', () => {
    const loaded = loadConfig({}, '/srv/heed');
    if (!loaded.ok) throw new Error('expected a configuration');
    expect(loaded.value).toMatchObject({
      home: '/srv/heed/.heed',
      DATABASE_URL: undefined,
      HEED_PLANNER: 'rules',
      HEED_ANALYSIS_CRON: '*/10 * * * *',
      HEED_TIME_ZONE: 'UTC',
      SLACK_ADMIN_USERS: [],
    });
    expect(Object.isFrozen(loaded.value)).toBe(true);
  });

  it('lists every mistake at once with key, problem and example (S0-41)', () => {
    const loaded = loadConfig({
      HEED_TIME_ZONE: 'Mars/Olympus',
      SLACK_BOT_TOKEN: 'nope',
      SLACK_HTTP_PORT: '99999',
      DATABASE_URL: 'mysql://x',
      HEED_ANALYSIS_CRON: 'often',
    });
    if (loaded.ok) throw new Error('expected issues');
    expect(loaded.issues.map((issue) => issue.path)).toEqual([
      'HEED_TIME_ZONE',
      'DATABASE_URL',
      'SLACK_BOT_TOKEN',
      'SLACK_HTTP_PORT',
      'HEED_ANALYSIS_CRON',
    ]);
    for (const issue of loaded.issues) expect(issue.message).toContain(`for example ${issue.path}=`);
  });

  it('never repeats the value of a secret in a complaint (S0-45)', () => {
    const loaded = loadConfig({ SLACK_BOT_TOKEN: 'hunter2-secret', DATABASE_URL: 'oracle://bob:hunter2@db' });
    expect(JSON.stringify(loaded)).not.toContain('hunter2');
  });

  it('takes an empty variable as not set', () => {
    const loaded = loadConfig({ DATABASE_URL: '', HEED_PLANNER: ' ' });
    expect(loaded.ok && loaded.value.DATABASE_URL).toBeUndefined();
  });

  it('refuses Bedrock without a model and the public chart host', () => {
    const loaded = loadConfig({ HEED_PLANNER: 'bedrock', QUICKCHART_URL: 'https://quickchart.io' });
    expect(loaded.ok ? [] : loaded.issues.map((issue) => issue.path)).toEqual([
      'BEDROCK_MODEL_ID',
      'QUICKCHART_URL',
    ]);
  });

  it('keeps .env.example equal to the schema (S0-41)', () => {
    expect(readFileSync(packagePath('.env.example'), 'utf8')).toBe(renderEnvExample());
  });
});
