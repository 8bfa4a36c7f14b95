import type { Store } from '#main/store/open-store.ts';
import type { SupplyChain } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { allFindings } from './findings-view.ts';

/** What the run's results are made of, and what is known against it. */
export function readSupplyChain({ reports }: Pick<Store, 'reports'>, runId: RunId): SupplyChain {
  return {
    bills: reports.latest(runId, 'sbom').map((head) => ({
      stage: head.stage,
      sbom: reports.whole(head).report,
    })),
    provenance: reports.latest(runId, 'provenance').map(({ stage, head }) => ({ stage, provenance: head })),
    vulnerabilities: allFindings({ reports }, runId).filter((finding) => finding.package !== null),
  };
}
