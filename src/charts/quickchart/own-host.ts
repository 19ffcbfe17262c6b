import { type Issue, UserError } from '../../toolkit/issue.ts';

export interface QuickChartHost {
  /** Host name with port if needed, for example `charts.internal:3400`; no scheme, no path. */
  readonly host: string;
  /** `https` if not given; `http` is for a host inside the own network. */
  readonly scheme?: 'http' | 'https';
}

/**
 * Checks that the host is one of our own. The public service is refused: a chart holds customers' figures.
 *
 * @throws {UserError} `public-chart-host` or `invalid-chart-host`
 */
export function requireOwnHost(settings: QuickChartHost): Required<QuickChartHost> {
  const scheme = settings.scheme ?? 'https';
  const url = parseHost(scheme, settings.host);
  if (url === null) {
    throw new UserError([
      issue('invalid-chart-host', `"${settings.host}" is no host name; write it like charts.internal:3400.`),
    ]);
  }
  const name = url.hostname.replace(/\.+$/, '');
  if (name === 'quickchart.io' || name.endsWith('.quickchart.io')) {
    throw new UserError([
      issue(
        'public-chart-host',
        'quickchart.io is a public service, and charts hold customer figures. Run QuickChart on a host of your own and name that, or leave the setting empty to draw charts in process.',
      ),
    ]);
  }
  return { host: url.host, scheme };
}

function parseHost(scheme: string, host: string): URL | null {
  if (!/^[^\s/?#@\\]+$/.test(host)) return null;
  try {
    const url = new URL(`${scheme}://${host}`);
    return url.pathname === '/' && url.username === '' ? url : null;
  } catch {
    return null;
  }
}

function issue(code: string, message: string): Issue {
  return { code, path: 'charts.quickchart.host', message };
}
