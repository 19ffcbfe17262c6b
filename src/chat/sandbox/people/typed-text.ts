import { escapePattern } from '../../../toolkit/escape-pattern.ts';
import type { Workspace } from '../workspace.ts';

/**
 * What Slack makes of typed words: `&`, `<` and `>` are escaped, `@Name` and `#channel` become mentions, addresses
 * become links. Mentions that are already written as `<@U…>`, `<#C…>` or `<!here>` stay.
 */
export function fromTyped(workspace: Workspace, typed: string): string {
  return typed
    .split(/(<@[A-Z0-9]+(?:\|[^<>|]*)?>|<#[A-Z0-9]+(?:\|[^<>|]*)?>|<!(?:here|channel|everyone)>)/)
    .map((part, index) => (index % 2 === 1 ? part : plainPart(workspace, part)))
    .join('');
}

function plainPart(workspace: Workspace, part: string): string {
  const escaped = part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const linked = escaped.replace(/https?:\/\/[^\s|]+[^\s|.,;:!?)\]}'"]/g, (url) => `<${url}>`);
  return mentionChannels(workspace, mentionUsers(workspace, linked));
}

/** Longest names first, so that `@Ann Lee` is not read as `@Ann`. */
function mentionUsers(workspace: Workspace, text: string): string {
  if (!text.includes('@')) return text;
  const names = workspace.world
    .users()
    .flatMap((user) => [user.realName, user.name].map((name) => ({ name, id: user.id })))
    .filter(({ name }) => name !== '')
    .sort((a, b) => b.name.length - a.name.length);
  return names.reduce(
    (result, { name, id }) =>
      result.replace(new RegExp(`(^|[\\s(])@${escapePattern(name)}(?![\\w-])`, 'gi'), `$1<@${id}>`),
    text,
  );
}

function mentionChannels(workspace: Workspace, text: string): string {
  return text.replace(/(^|[\s(])#([a-z0-9_-]+)/g, (all, before: string, name: string) => {
    const channel = workspace.world.channelByName(name);
    return channel === undefined ? all : `${before}<#${channel.id}|${channel.name}>`;
  });
}
