// The room table: who may import whom. One row per room; everything not listed is forbidden.
// The picture and the reasons are in ARCHITECTURE.md.
const rooms = {
  toolkit: [],
  domain: ['toolkit'],
  config: ['domain', 'toolkit'],
  catalogue: ['domain', 'toolkit'],
  analysis: ['domain', 'toolkit'],
  alerting: ['domain', 'toolkit'],
  charts: ['domain', 'toolkit'],
  sources: ['domain', 'toolkit'],
  store: ['domain', 'toolkit'],
  access: ['store', 'domain', 'toolkit'],
  messages: ['charts', 'domain', 'toolkit'],
  query: ['catalogue', 'store', 'access', 'domain', 'toolkit'],
  planner: ['catalogue', 'query', 'domain', 'toolkit'],
  interactions: [
    'planner',
    'query',
    'catalogue',
    'alerting',
    'messages',
    'charts',
    'store',
    'access',
    'domain',
    'toolkit',
  ],
  delivery: ['messages', 'charts', 'store', 'domain', 'toolkit'],
  jobs: [
    'sources',
    'store',
    'access',
    'analysis',
    'alerting',
    'catalogue',
    'query',
    'messages',
    'charts',
    'delivery',
    'domain',
    'toolkit',
  ],
  cli: ['app', 'config', 'toolkit'],
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `${room} may import only: ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
}));

const chatRules = [
  ['platform', '^src/chat/platform\\.ts$', ['messages', 'charts', 'domain', 'toolkit'], []],
  ['slack', '^src/chat/slack/', ['messages', 'charts', 'interactions', 'domain', 'toolkit'], ['slack']],
  ['teams', '^src/chat/teams/', ['messages', 'charts', 'interactions', 'domain', 'toolkit'], ['teams']],
  ['sandbox', '^src/chat/sandbox/', ['messages', 'charts', 'domain', 'toolkit'], ['sandbox']],
].map(([name, from, allowed, own]) => ({
  name: `room-chat-${name}`,
  severity: 'error',
  from: { path: from },
  to: {
    path: '^src/',
    pathNot: `^src/(${allowed.map((room) => `${room}/`).join('|')}|chat/platform\\.ts$${own.map((o) => `|chat/${o}/`).join('')})`,
  },
}));

// Each SDK has one home, so that a swap touches one folder.
const homes = {
  '@slack/': '^src/chat/slack/',
  botbuilder: '^src/chat/teams/',
  '@aws-sdk/|@smithy/': '^src/planner/bedrock/',
  'pg/|@electric-sql/': '^src/store/',
  kysely: '^src/(store|query/compile|query|access)/',
  '@napi-rs/canvas|chart\\.js': '^src/charts/canvas/',
  'quickchart-js': '^src/charts/quickchart/',
  'node-cron': '^src/jobs/',
  jsforce: '^src/sources/salesforce/',
};
const homeRules = Object.entries(homes).map(([sdk, home]) => ({
  name: `home-${sdk.replace(/[^a-z]+/g, '-')}`,
  comment: `${sdk} is imported only from ${home}`,
  severity: 'error',
  from: { path: '^src/', pathNot: home },
  to: { path: `node_modules/(${sdk})` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'delivery-and-the-port',
      severity: 'error',
      from: { path: '^src/(delivery|jobs)/' },
      to: { path: '^src/chat/(slack|teams|sandbox)/' },
    },
    ...roomRules.map((rule) =>
      ['room-delivery', 'room-jobs', 'room-interactions'].includes(rule.name)
        ? { ...rule, to: { ...rule.to, pathNot: `${rule.to.pathNot}|^src/chat/platform\\.ts$` } }
        : rule,
    ),
    ...chatRules,
    ...homeRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
