import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDemo, runDemo } from '../../src/app/demo/run-demo.ts';
import { silentProgress } from '../../src/app/progress.ts';
import { loadConfig } from '../../src/config/load-config.ts';

const chromiumPath = process.env['HEED_CHROMIUM'] ?? '/usr/bin/chromium';
const hasChromium = existsSync(chromiumPath);
/** A folder for pictures of what the test saw, for people; none are taken without it. */
const pictures = process.env['HEED_TEST_PICTURES'];

describe.skipIf(!hasChromium)(
  hasChromium ? 'the demo’s buttons' : 'the demo’s buttons (skipped: no browser; set HEED_CHROMIUM)',
  () => {
    let home: string;
    let demo: RunningDemo;
    let browser: Browser;

    beforeAll(async () => {
      home = mkdtempSync(join(tmpdir(), 'heed-simulate-'));
      const config = loadConfig(
        { HEED_HOME: home, HEED_LOG_LEVEL: 'warn', HEED_ANALYSIS_CRON: '0 0 1 1 *' },
        home,
      );
      if (!config.ok) throw new Error(JSON.stringify(config.issues));
      demo = await runDemo(config.value, silentProgress, {
        seed: 42,
        size: 'small',
        asOf: new Date('2026-11-20T14:20:00Z'),
        port: 0,
        once: false,
      });
      browser = await chromium.launch({
        executablePath: chromiumPath,
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
      });
    }, 180_000);
    afterAll(async () => {
      await browser?.close();
      await demo?.stop();
      rmSync(home, { recursive: true, force: true });
    });

    const open = async (who: string, place: string): Promise<Page> => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await page.goto(`${demo.result.page}/?as=${who}`);
      await page.getByRole('navigation').getByText(place, { exact: true }).first().click();
      return page;
    };
    const openHome = (who: string): Promise<Page> => open(who, 'Heed Home');
    const shoot = async (page: Page, name: string): Promise<void> => {
      if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
    };

    it('make an outage and take it back, seen in the channel (S3-18, S3-19, S3-24)', async () => {
      const onlooker = await open('priya.raman', 'escalations');
      const page = await openHome('maria.delgado');
      await page.getByText('Demo: make something happen').waitFor({ timeout: 30_000 });
      await shoot(page, 'home-before');
      const menu = page.getByLabel('Outage of …');
      const option = await menu.locator('option').nth(1).innerText();
      const name = option.replace(/ \(health \d+\)$/, '');
      await menu.selectOption({ label: option });
      await page
        .getByText(/^Outage of .+health \d[\d.]* → \d[\d.]*/)
        .first()
        .waitFor({ timeout: 30_000 });
      await page.getByText(`Simulated now: outage of ${name}`).waitFor({ timeout: 30_000 });
      await shoot(page, 'home-outage');
      const headings = onlooker.getByRole('heading', { name });
      await headings.last().waitFor({ timeout: 30_000 });
      const messages = await headings.count();
      await shoot(onlooker, 'channel-outage');

      await page.getByRole('button', { name: 'Reset', exact: true }).click();
      await page
        .getByText(/^Reset of .+: health .+ 1 alert resolved in place/)
        .first()
        .waitFor({ timeout: 60_000 });
      await page.getByText('Nothing is simulated now.').waitFor({ timeout: 30_000 });
      await onlooker
        .getByRole('heading', { name: `Resolved: ${name}` })
        .last()
        .waitFor({ timeout: 30_000 });
      expect(await headings.count()).toBe(messages);
      await shoot(page, 'home-reset');
      await shoot(onlooker, 'channel-reset');
      await page.close();
      await onlooker.close();
    }, 180_000);

    it('let an ordinary hour pass, and are not there for a sales rep (S3-17, S3-24)', async () => {
      const page = await openHome('maria.delgado');
      await page.getByRole('button', { name: 'Pulse' }).click();
      await page
        .getByText(/^Pulse: one more hour of ordinary life for \d+ accounts/)
        .first()
        .waitFor({ timeout: 30_000 });
      await page.getByText('Simulated now: 1 pulse').waitFor({ timeout: 30_000 });
      await page.close();
      const rep = await openHome('jonas.weber');
      await rep.getByText('What Heed can do').waitFor({ timeout: 30_000 });
      expect(await rep.getByText('Demo: make something happen').count()).toBe(0);
      await rep.close();
    }, 120_000);
  },
);
