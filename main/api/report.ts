import type { Host } from '#main/host/create-host.ts';
import { readTests } from '#main/host/runs/read-reports.ts';
import { os } from './implementer.ts';

export function reportProcedures({ store }: Host) {
  return {
    tests: os.report.tests.handler(({ input }) => {
      store.runs.get(input.runId);
      return readTests(store, input.runId);
    }),
  };
}
