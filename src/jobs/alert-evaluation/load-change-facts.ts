import type { Candidate, FindingHead } from '../../alerting/candidate.ts';
import type { ChangeContext } from '../../alerting/changes.ts';
import { parseChartSpec } from '../../charts/chart-spec-schema.ts';
import type { ChartSpec } from '../../domain/chart-data.ts';
import {
  type FindingDetail,
  listAccountBriefs,
  listFindingDetails,
  listPersonBriefs,
} from '../../store/alert-findings.ts';
import type { Store } from '../../store/database.ts';

type Transaction = Parameters<Parameters<Store['transaction']>[0]>[0];

const noDetail: FindingDetail = { evidence: { caption: '', columns: [], rows: [] }, chart: null };

/** What the alerts that change keep beside the finding: evidence, picture, account, owner. */
export async function loadChangeFacts(
  trx: Transaction,
  platform: 'slack' | 'teams',
  changing: readonly Candidate[],
): Promise<Pick<ChangeContext, 'detail' | 'account' | 'owner'>> {
  const findings = changing.flatMap(({ finding }) => finding ?? []);
  const [first] = findings;
  const details =
    first === undefined
      ? new Map<string, FindingDetail>()
      : await listFindingDetails(
          trx,
          first.kind,
          findings.map(({ subject }) => subject.id),
        );
  const accounts = await listAccountBriefs(trx, distinct(findings.map(({ accountId }) => accountId)));
  const owners = await listPersonBriefs(trx, platform, distinct(findings.map(({ ownerId }) => ownerId)));
  return {
    detail: (finding: FindingHead) => {
      const { evidence, chart } = details.get(finding.subject.id) ?? noDetail;
      return { evidence, chart: readChart(chart) };
    },
    account: (id) => (id === null ? null : (accounts.get(id) ?? null)),
    owner: (id) => (id === null ? null : (owners.get(id) ?? null)),
  };
}

function distinct(ids: readonly (string | null)[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}

/** A picture that cannot be drawn must not keep an alert from being sent. */
function readChart(stored: unknown): ChartSpec | null {
  if (stored === null) return null;
  try {
    return parseChartSpec(stored);
  } catch {
    return null;
  }
}
