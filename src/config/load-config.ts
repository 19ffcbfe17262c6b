import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { packagePath } from '../toolkit/package-root.ts';
import { type Environment, type SettingName, settings } from './settings.ts';

/** Everything that can be set, checked and frozen. */
export interface Config extends Given {
  /** Absolute. */
  readonly home: string;
  /** Absolute folder of the catalogue, without what is laid over it. */
  readonly catalogueDir: string;
  /** Absolute folders of the catalogue from the ground up: `catalogueDir` and what is laid over it. */
  readonly catalogueFolders: readonly string[];
}

/** What is set, before folders are made absolute. */
type Given = Omit<Environment, 'HEED_HOME' | 'HEED_CATALOGUE' | 'HEED_CATALOGUE_DIR'>;

/**
 * Reads `.env` (if there is one in the working directory; real variables win) and checks every setting. All mistakes
 * come back at once, each with its key, the problem and an example.
 */
export function loadConfig(
  environment: NodeJS.ProcessEnv = process.env,
  directory: string = process.cwd(),
): Result<Config> {
  const dotEnv = join(directory, '.env');
  // Assigns only what is not set yet, so that a real variable wins over the file.
  if (environment === process.env && existsSync(dotEnv)) process.loadEnvFile(dotEnv);

  const issues: Issue[] = [];
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(settings) as SettingName[]) {
    const given = environment[name]?.trim();
    const parsed = settings[name].schema.safeParse(given === '' ? undefined : given);
    if (parsed.success) values[name] = parsed.data;
    else issues.push(...parsed.error.issues.map((issue) => settingIssue(name, issue.message)));
  }
  if (issues.length > 0) return fail(...issues);

  const { HEED_HOME, HEED_CATALOGUE, HEED_CATALOGUE_DIR, ...rest } = values as unknown as Environment;
  const contradictions = findContradictions(rest);
  if (contradictions.length > 0) return fail(...contradictions);
  const catalogueDir =
    HEED_CATALOGUE === undefined ? packagePath('catalogue') : resolve(directory, HEED_CATALOGUE);
  const own = HEED_CATALOGUE_DIR === undefined ? [] : [resolve(directory, HEED_CATALOGUE_DIR)];
  const missing = own.find((folder) => !existsSync(folder));
  if (missing !== undefined)
    return fail(settingIssue('HEED_CATALOGUE_DIR', `names the folder ${missing}, which does not exist`));
  return ok(
    Object.freeze({
      ...rest,
      home: resolve(directory, HEED_HOME),
      catalogueDir,
      catalogueFolders: Object.freeze([catalogueDir, ...own]),
    }),
  );
}

function settingIssue(name: SettingName, problem: string): Issue {
  return {
    code: 'invalid-setting',
    path: name,
    message: `${problem} (for example ${name}=${settings[name].example})`,
  };
}

function findContradictions(values: Given): Issue[] {
  const issues: Issue[] = [];
  if (values.HEED_PLANNER === 'bedrock' && values.BEDROCK_MODEL_ID === undefined) {
    issues.push(settingIssue('BEDROCK_MODEL_ID', 'is needed with HEED_PLANNER=bedrock'));
  }
  const hasPrices = values.BEDROCK_PRICE_IN !== undefined && values.BEDROCK_PRICE_OUT !== undefined;
  const wantsPrices =
    values.BEDROCK_COST_PER_DAY !== undefined ||
    values.BEDROCK_PRICE_IN !== undefined ||
    values.BEDROCK_PRICE_OUT !== undefined;
  if (wantsPrices && !hasPrices) {
    const missing = values.BEDROCK_PRICE_IN === undefined ? 'BEDROCK_PRICE_IN' : 'BEDROCK_PRICE_OUT';
    issues.push(settingIssue(missing, 'is needed: a cost takes the price of both directions'));
  }
  if (
    values.QUICKCHART_URL !== undefined &&
    new URL(values.QUICKCHART_URL).hostname.endsWith('quickchart.io')
  ) {
    issues.push(
      settingIssue('QUICKCHART_URL', 'is the public host: customer figures would leave; name your own host'),
    );
  }
  issues.push(...halfSources(values));
  return issues;
}

/** A live source needs its address and its credentials; the half that is there shows that it is wanted. */
function halfSources(values: Given): Issue[] {
  const needed: SettingName[] = [];
  const { HEED_SALESFORCE_ACCESS_TOKEN: token, HEED_SALESFORCE_CLIENT_ID: id } = values;
  const hasClient = id !== undefined || values.HEED_SALESFORCE_CLIENT_SECRET !== undefined;
  if (values.HEED_SALESFORCE_URL !== undefined || token !== undefined || hasClient) {
    needed.push('HEED_SALESFORCE_URL');
    if (token === undefined) needed.push('HEED_SALESFORCE_CLIENT_ID', 'HEED_SALESFORCE_CLIENT_SECRET');
  }
  const zendesk = ['HEED_ZENDESK_URL', 'HEED_ZENDESK_EMAIL', 'HEED_ZENDESK_API_TOKEN'] as const;
  if (zendesk.some((name) => values[name] !== undefined)) needed.push(...zendesk);
  return needed
    .filter((name) => values[name as keyof typeof values] === undefined)
    .map((name) => settingIssue(name, 'is not set, and the source cannot be read without it'));
}
