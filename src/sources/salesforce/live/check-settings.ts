import { isIP } from 'node:net';
import { type Issue, UserError } from '../../../toolkit/issue.ts';
import type { SalesforceSettings } from '../../connector.ts';

/** Names of the settings, for messages. */
export const settingNames = {
  url: 'HEED_SALESFORCE_URL',
  clientId: 'HEED_SALESFORCE_CLIENT_ID',
  clientSecret: 'HEED_SALESFORCE_CLIENT_SECRET',
  accessToken: 'HEED_SALESFORCE_ACCESS_TOKEN',
  apiVersion: 'HEED_SALESFORCE_API_VERSION',
} as const;

/** @throws UserError naming the setting that cannot be used */
export function checkSettings(settings: SalesforceSettings): void {
  const issues = [urlIssue(settings.instanceUrl), versionIssue(settings.apiVersion)];
  const found = issues.filter((issue) => issue !== null);
  if (found.length > 0) throw new UserError(found);
}

function urlIssue(text: string): Issue | null {
  const wrong = (message: string): Issue => ({ code: 'salesforce-url', path: settingNames.url, message });
  if (!URL.canParse(text)) return wrong('is no address; write https://<your domain>.my.salesforce.com');
  const url = new URL(text);
  const isPlain = url.protocol === 'http:' && isLoopback(url.hostname);
  // Tokens and customers' data must not travel in the open; a stand-in on this machine may.
  if (url.protocol !== 'https:' && !isPlain) return wrong('must begin with https://');
  if (url.username !== '' || url.password !== '') return wrong('must hold no user name and no password');
  if (url.pathname !== '/' || url.search !== '') return wrong(`must end after the host: ${url.origin}`);
  if (/\.lightning\.force\.com$/i.test(url.hostname)) {
    const domain = url.hostname.replace(/\.lightning\.force\.com$/i, '.my.salesforce.com');
    return wrong(`is the address of the web pages; the API answers at https://${domain}`);
  }
  return null;
}

function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

const versionIssue = (version: string): Issue | null =>
  /^\d{2,3}\.0$/.test(version)
    ? null
    : {
        code: 'salesforce-version',
        path: settingNames.apiVersion,
        message: 'is no version; write for example 62.0',
      };
