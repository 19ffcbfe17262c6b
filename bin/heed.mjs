#!/usr/bin/env node
// `npx heed <verb>` from the repository root. The compiled output is made by `npm run demo`, `npm test` or `npm run build`.
import { existsSync } from 'node:fs';

process.setSourceMapsEnabled(true);
const entry = new URL('../dist/cli/main.js', import.meta.url);
if (!existsSync(entry)) {
  process.stderr.write(
    'heed is not built yet. Run `npm run demo` (or `npm run build` after `npm ci`) first.\n',
  );
  process.exit(2);
}
await import(entry.href);
