// A strict local Slack: Web API, Socket Mode, signed HTTP events, uploads, and a web page that looks like Slack's client.
// In: the calls of an app under test, and people's acts through `control` or the page. Out: events, and a truth log of
// all that was accepted. It never knows which app it serves and never reaches out to anything but that app.
export type { Sandbox } from './create-sandbox.ts';
export { createSandbox } from './create-sandbox.ts';
export type { FaultAction } from './faults.ts';
export type { SandboxOptions } from './options.ts';
export type { TruthEntry } from './state/truth-log.ts';
