import { z } from 'zod';

/** One environment variable: its meaning, its check and what `.env.example` says about it. */
interface Setting<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly group: SettingGroup;
  /** One or two sentences: what it does, the default, when it matters. */
  readonly help: string;
  /** A plausible value, shown commented out. */
  readonly example: string;
  /** Masked wherever configuration is printed. */
  readonly secret?: true;
}

export const settingGroups = [
  'Heed',
  'Database',
  'Slack',
  'Questions',
  'Charts',
  'Sources',
  'Schedule',
  'Webhook',
] as const;
type SettingGroup = (typeof settingGroups)[number];

const setting = <Schema extends z.ZodType>(definition: Setting<Schema>): Setting<Schema> => definition;

const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'is not an IANA time zone; write for example Europe/Berlin' });
const cron = z.string().regex(/^(\S+\s+){4,5}\S+$/, {
  error: 'is not a cron expression of five fields, for example */10 * * * *',
});
const token = (prefix: string) =>
  z
    .string()
    .startsWith(prefix, { error: `must start with ${prefix}; copy it again from the Slack app's page` });

/** Credentials travel with every request, so only this machine may be reached without TLS. */
const liveAddress = (example: string) =>
  z.string().regex(/^(https:\/\/[^/]+|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?)\/?$/, {
    error: `must be the address alone, such as ${example}`,
  });

/** Every environment variable that Heed reads, in the order of `.env.example`. Empty strings count as absent. */
export const settings = {
  HEED_HOME: setting({
    group: 'Heed',
    schema: z.string().min(1).default('.heed'),
    example: '.heed',
    help: 'The one folder for embedded data, charts and logs. Two homes never touch each other. Default: .heed in the working directory.',
  }),
  HEED_TIME_ZONE: setting({
    group: 'Heed',
    schema: timeZone.default('UTC'),
    example: 'Europe/Berlin',
    help: 'Zone of people without a zone of their own, of digests and of dates in answers. Default: UTC.',
  }),
  HEED_LOG_LEVEL: setting({
    group: 'Heed',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    example: 'info',
    help: 'Least serious log line that is written. Logs are JSON lines in HEED_HOME/heed.log. Default: info.',
  }),
  HEED_SECRET: setting({
    group: 'Heed',
    schema: z.string().min(16, { error: 'must be at least 16 characters' }).optional(),
    example: 'a-long-random-string',
    secret: true,
    help: 'Signs the markers by which posted messages are recognised after a crash. The same on every replica. Default: made once and kept in HEED_HOME.',
  }),
  HEED_CATALOGUE: setting({
    group: 'Heed',
    schema: z.string().min(1).optional(),
    example: './my-catalogue',
    help: 'Folder with metrics, alert rules, SLA policies and routes that stands in for the shipped catalogue. Default: the catalogue shipped with Heed.',
  }),
  HEED_CATALOGUE_DIR: setting({
    group: 'Heed',
    schema: z.string().min(1).optional(),
    example: './our-catalogue',
    help: 'Folder of your own that is laid over the catalogue: new metrics, tables, boards and synonyms, and changes to shipped ones. See docs/guides/catalogue.md. Default: none.',
  }),
  HEED_LINK_HOSTS: setting({
    group: 'Heed',
    schema: list(z.string().regex(/^[a-z0-9.-]+$/i, { error: 'must be host names, separated by commas' })),
    example: 'example.my.salesforce.com,example.zendesk.com',
    help: 'Hosts that messages may link to, separated by commas. Links to other hosts are written as plain text. Default: none.',
  }),
  DATABASE_URL: setting({
    group: 'Database',
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\//, { error: 'must look like postgres://user:password@host:5432/heed' })
      .optional(),
    example: 'postgres://heed:password@localhost:5432/heed',
    secret: true,
    help: 'Postgres 15 or newer. Not set: an embedded Postgres in HEED_HOME, for evaluation and small teams on one machine.',
  }),
  SLACK_BOT_TOKEN: setting({
    group: 'Slack',
    schema: token('xoxb-').optional(),
    example: 'xoxb-…',
    secret: true,
    help: 'Bot token of the Slack app made from manifest.yml (OAuth & Permissions). Needed by `heed start`.',
  }),
  SLACK_APP_TOKEN: setting({
    group: 'Slack',
    schema: token('xapp-').optional(),
    example: 'xapp-…',
    secret: true,
    help: 'App-level token with connections:write (Basic Information). Set: Socket Mode, no open port needed.',
  }),
  SLACK_SIGNING_SECRET: setting({
    group: 'Slack',
    schema: z.string().min(8).optional(),
    example: '8f742231b10e…',
    secret: true,
    help: 'Signing secret (Basic Information). Set instead of SLACK_APP_TOKEN: Slack calls Heed over HTTP.',
  }),
  SLACK_HTTP_PORT: setting({
    group: 'Slack',
    schema: port().default(3000),
    example: '3000',
    help: 'Port for Slack events over HTTP (path /slack/events). Default: 3000.',
  }),
  SLACK_API_URL: setting({
    group: 'Slack',
    schema: z.url().optional(),
    example: 'http://127.0.0.1:4010/api/',
    help: 'Other address of the Slack Web API, for a stand-in. Default: Slack itself.',
  }),
  SLACK_TEAM_ID: setting({
    group: 'Slack',
    schema: z
      .string()
      .regex(/^T[A-Z0-9]+$/, { error: 'must be a workspace id such as T0123ABCD' })
      .optional(),
    example: 'T0123ABCD',
    help: 'The one workspace Heed listens to; events from others are refused. Default: the workspace of the bot token.',
  }),
  SLACK_ADMIN_USERS: setting({
    group: 'Slack',
    schema: list(
      z.string().regex(/^[UW][A-Z0-9]+$/, {
        error: 'must be Slack member ids such as U0123ABCD, separated by commas',
      }),
    ),
    example: 'U0123ABCD',
    help: 'Slack member ids that have the role admin from the start, separated by commas. Default: none.',
  }),
  HEED_PLANNER: setting({
    group: 'Questions',
    schema: z.enum(['rules', 'bedrock']).default('rules'),
    example: 'bedrock',
    help: 'rules: questions are understood without any model. bedrock: the rules first, then the model for other phrasings. Default: rules.',
  }),
  BEDROCK_MODEL_ID: setting({
    group: 'Questions',
    schema: z.string().min(1).optional(),
    example: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
    help: 'Bedrock model id or inference profile. Needed with HEED_PLANNER=bedrock. Credentials come from the usual AWS places.',
  }),
  BEDROCK_REGION: setting({
    group: 'Questions',
    schema: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'must be an AWS region such as eu-central-1' })
      .default('us-east-1'),
    example: 'eu-central-1',
    help: 'AWS region of the model. Default: us-east-1.',
  }),
  BEDROCK_ENDPOINT: setting({
    group: 'Questions',
    schema: z.url().optional(),
    example: 'https://bedrock-runtime.us-east-1.amazonaws.com',
    help: 'Other Bedrock endpoint, for a private link or a stand-in. Default: the region’s own.',
  }),
  BEDROCK_GUARDRAIL: setting({
    group: 'Questions',
    schema: z
      .string()
      .regex(/^[^:]+:[^:]+$/, { error: 'must be <guardrail id>:<version>' })
      .optional(),
    example: 'abc123:1',
    help: 'Bedrock guardrail as id:version, applied to every question. Default: none.',
  }),
  BEDROCK_SERVICE_TIER: setting({
    group: 'Questions',
    schema: z.enum(['default', 'flex', 'priority', 'reserved']).optional(),
    example: 'priority',
    help: 'Service tier that the model is asked in. Default: Bedrock’s own.',
  }),
  BEDROCK_TOKENS_PER_DAY: setting({
    group: 'Questions',
    schema: z.coerce.number().int().min(0).default(2_000_000),
    example: '300000',
    help: 'Tokens that one person’s questions may take at the model per day, in and out; beyond that the rules answer alone, and say so. Default: 2000000.',
  }),
  BEDROCK_COST_PER_DAY: setting({
    group: 'Questions',
    schema: z.coerce.number().min(0).optional(),
    example: '2.50',
    help: 'The same cap as an amount, in the currency of the two prices below, which it needs. Default: none.',
  }),
  BEDROCK_PRICE_IN: setting({
    group: 'Questions',
    schema: z.coerce.number().min(0).optional(),
    example: '0.003',
    help: 'Price of 1,000 tokens that the model reads, for the cost per person and day. Cached tokens are counted at the full price. Default: none.',
  }),
  BEDROCK_PRICE_OUT: setting({
    group: 'Questions',
    schema: z.coerce.number().min(0).optional(),
    example: '0.015',
    help: 'Price of 1,000 tokens that the model writes. Default: none.',
  }),
  HEED_QUERY_COST_LIMIT: setting({
    group: 'Questions',
    schema: z.coerce.number().min(0).default(5_000_000),
    example: '1000000',
    help: 'Most that a question may cost by the estimate of Postgres (EXPLAIN) before it is refused with what to narrow; 0: no limit but that of time. Default: 5000000.',
  }),
  QUICKCHART_URL: setting({
    group: 'Charts',
    schema: z.url().optional(),
    example: 'http://quickchart.internal:3400',
    help: 'Your own QuickChart host. Set: charts are drawn there (the public host is refused: figures must not leave). Default: drawn in process.',
  }),
  HEED_SALESFORCE_URL: setting({
    group: 'Sources',
    schema: liveAddress('https://acme.my.salesforce.com').optional(),
    example: 'https://acme.my.salesforce.com',
    help: 'Salesforce org to read live (docs/guides/salesforce.md). Needs the two client keys below, or an access token. Default: none.',
  }),
  HEED_SALESFORCE_CLIENT_ID: setting({
    group: 'Sources',
    schema: z.string().min(1).optional(),
    example: '3MVG9…',
    help: 'Consumer key of a connected app with the client credentials flow.',
  }),
  HEED_SALESFORCE_CLIENT_SECRET: setting({
    group: 'Sources',
    schema: z.string().min(1).optional(),
    example: '8A1C…',
    secret: true,
    help: 'Consumer secret of that connected app.',
  }),
  HEED_SALESFORCE_ACCESS_TOKEN: setting({
    group: 'Sources',
    schema: z.string().min(1).optional(),
    example: '00D…',
    secret: true,
    help: 'Instead of the client keys: an access token that somebody else renews.',
  }),
  HEED_SALESFORCE_API_VERSION: setting({
    group: 'Sources',
    schema: z
      .string()
      .regex(/^\d{2}\.0$/, { error: 'must be a version such as 62.0' })
      .default('62.0'),
    example: '62.0',
    help: 'Version of the Salesforce API. Default: 62.0.',
  }),
  HEED_ZENDESK_URL: setting({
    group: 'Sources',
    schema: liveAddress('https://acme.zendesk.com').optional(),
    example: 'https://acme.zendesk.com',
    help: 'Zendesk account to read live (docs/guides/zendesk.md). Needs the address and the API token below. Default: none.',
  }),
  HEED_ZENDESK_EMAIL: setting({
    group: 'Sources',
    schema: z.email({ error: 'must be an e-mail address' }).optional(),
    example: 'heed@acme.example',
    help: 'Address of the Zendesk agent whose API token is used.',
  }),
  HEED_ZENDESK_API_TOKEN: setting({
    group: 'Sources',
    schema: z.string().min(8).optional(),
    example: '6wiIBW…',
    secret: true,
    help: 'API token of Zendesk (Admin Center, Apps and integrations, Zendesk API).',
  }),
  HEED_SYNC_CRON: setting({
    group: 'Schedule',
    schema: cron.default('*/10 * * * *'),
    example: '*/10 * * * *',
    help: 'When live sources are read, if any are set. Default: every 10 minutes.',
  }),
  HEED_ANALYSIS_CRON: setting({
    group: 'Schedule',
    schema: cron.default('*/10 * * * *'),
    example: '*/10 * * * *',
    help: 'When the analyser runs. Default: every 10 minutes.',
  }),
  HEED_ALERTS_CRON: setting({
    group: 'Schedule',
    schema: cron.default('* * * * *'),
    example: '* * * * *',
    help: 'When alert rules are evaluated. Default: every minute.',
  }),
  HEED_PRUNE_CRON: setting({
    group: 'Schedule',
    schema: cron.default('17 3 * * *'),
    example: '17 3 * * *',
    help: 'When rows that are older than catalogue/retention.yml says are deleted. Default: 03:17 every night.',
  }),
  HEED_HTTP_PORT: setting({
    group: 'Webhook',
    schema: port().optional(),
    example: '8088',
    help: 'Port of Heed’s own HTTP server: POST /ingest/v1/<kind>, GET /healthz and GET /metrics. Default: 8088 when there are webhook secrets, else no server.',
  }),
  HEED_HTTP_HOST: setting({
    group: 'Webhook',
    schema: z.string().min(1).default('127.0.0.1'),
    example: '0.0.0.0',
    help: 'Address that the HTTP server listens on. Default: 127.0.0.1, this machine only; put a TLS proxy in front before you open it.',
  }),
  HEED_INGEST_SECRETS: setting({
    group: 'Webhook',
    schema: list(
      z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}:\S{24,}$/, {
        error: 'must be <source>:<secret> with a secret of at least 24 characters, separated by commas',
      }),
    ),
    example: 'crm:0f3c…,crm:9a77…,telemetry:51be…',
    secret: true,
    help: 'Who may send events: source and secret, separated by commas. A source may stand twice while its secret is changed. Default: nobody.',
  }),
  HEED_INGEST_SECRETS_FILE: setting({
    group: 'Webhook',
    schema: z.string().min(1).optional(),
    example: '/run/secrets/heed-ingest',
    help: 'File with further <source>:<secret> lines, for secrets that should not stand in the environment. Read at start. Default: none.',
  }),
} as const;

export type SettingName = keyof typeof settings;
export type Environment = { readonly [Name in SettingName]: z.output<(typeof settings)[Name]['schema']> };

function port() {
  return z.coerce.number().int().min(1).max(65535, { error: 'must be a port between 1 and 65535' });
}

function list(item: z.ZodType<string, string>) {
  return z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item));
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
