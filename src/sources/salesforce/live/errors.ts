import { UserError } from '../../../toolkit/issue.ts';
import { settingNames } from './check-settings.ts';

/** Salesforce says no to one request; who asked decides what follows. */
export class RefusedRequest extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'RefusedRequest';
    this.code = code;
  }
}

/** Codes that say: this object, or this field, is not for you, or your org has none. */
const absenceCodes: ReadonlySet<string> = new Set([
  'INVALID_TYPE',
  'INVALID_TYPE_FOR_OPERATION',
  'NOT_FOUND',
  'INSUFFICIENT_ACCESS',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'FUNCTIONALITY_NOT_ENABLED',
  'MALFORMED_QUERY',
  'INVALID_FIELD',
]);

export const saysAbsent = (error: unknown): error is RefusedRequest =>
  error instanceof RefusedRequest && absenceCodes.has(error.code);

const single = (code: string, path: string, message: string): UserError =>
  new UserError([{ code, path, message }]);

export const loginRefused = (code: string, message: string): UserError =>
  single(
    'salesforce-login',
    settingNames.clientId,
    `Salesforce refuses the login (${code}: ${message}); check ${settingNames.clientId} and ${settingNames.clientSecret}, and that the connected app has the client credentials flow switched on with a run-as user`,
  );

export const tokenRefused = (message: string): UserError =>
  single(
    'salesforce-session',
    settingNames.accessToken,
    `Salesforce no longer takes the token (${message}); put a fresh one into ${settingNames.accessToken}, or use ${settingNames.clientId} and ${settingNames.clientSecret}, with which Heed renews it by itself`,
  );

export const sessionRefused = (message: string): UserError =>
  single(
    'salesforce-session',
    settingNames.clientId,
    `Salesforce refuses a token that it gave out just now (${message}); check that the run-as user of the connected app is active, may use the API and is not bound to other IP addresses`,
  );

export const wrongAddress = (url: string, message: string): UserError =>
  single(
    'salesforce-url',
    settingNames.url,
    `${url} is not the API of a Salesforce org (it ${message}); write https://<your domain>.my.salesforce.com`,
  );

export const rightsMissing = (what: string, message: string): UserError =>
  single(
    'salesforce-rights',
    settingNames.url,
    `Salesforce lets Heed not read ${what} (${message}); give the run-as user a permission set with "API Enabled" and read access to it`,
  );

/** @param resumesAt when calls are tried again */
export function callsUsedUp(
  used: { readonly used: number; readonly limit: number } | null,
  share: number,
  resumesAt: Date,
): UserError {
  const counted =
    used === null
      ? 'Salesforce has no API calls left for the last 24 hours'
      : `${used.used} of ${used.limit} API calls of the last 24 hours are used (${Math.floor((used.used / used.limit) * 100)} %); Heed stops at ${Math.round(share * 100)} % and leaves the rest to others`;
  const when = `${resumesAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return single(
    'salesforce-api-calls',
    settingNames.url,
    `${counted}. What was read is kept; reading goes on at ${when} if calls are free again. Sync less often, or ask Salesforce for more calls`,
  );
}
