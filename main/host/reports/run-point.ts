import type { RunPoint } from '#shared/api/report-schemas.ts';
import type { RunSummary } from '#shared/api/schemas.ts';

/** A run as histories and trends name it. */
export const pointOf = ({ id, number, createdAt, git }: RunSummary): RunPoint => ({
  runId: id,
  number,
  at: createdAt,
  commit: git?.commit ?? null,
  branch: git?.branch ?? null,
});
