import type { Status } from '#renderer/ui/status.ts';
import type { TestStatus } from '#shared/reports/test-report.ts';

const STATUSES = {
  passed: 'succeeded',
  failed: 'failed',
  errored: 'infra-error',
  skipped: 'skipped',
} as const satisfies Record<TestStatus, Status>;

const WORDS: Record<TestStatus, string> = {
  passed: 'Passed',
  failed: 'Failed',
  errored: 'Error',
  skipped: 'Skipped',
};

/** The icon that stands for a test's result. */
export const testIcon = (status: TestStatus): Status => STATUSES[status];

export const testWords = (status: TestStatus): string => WORDS[status];
