import { MAX_DETAILS_CHARS, type TestCase, type TestReport } from '#shared/reports/test-report.ts';

/** What came of one hook. */
export interface HookResult {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Seconds, where the tool tells. */
  readonly seconds: number;
  /** What it said, or why it was skipped. */
  readonly said: string;
}

/** Reads what `pre-commit run` prints without colours: a line for each hook with dots before its status, then what it said. */
export function parsePreCommit(text: string): readonly HookResult[] {
  const results: { name: string; status: HookResult['status']; seconds: number; said: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, reason, status] = /^(.+?)\.{3,}(\([^()]*\))?(Passed|Failed|Skipped)$/.exec(line) ?? [];
    const last = results.at(-1);
    if (name !== undefined && status !== undefined) {
      const lower = status.toLowerCase() as HookResult['status'];
      results.push({ name, status: lower, seconds: 0, said: reason?.slice(1, -1) ?? '' });
    } else if (last !== undefined) {
      const seconds = /^- duration: ([\d.]+)s$/.exec(line)?.[1];
      if (seconds !== undefined) last.seconds = Number(seconds);
      else last.said += `${line}\n`;
    }
  }
  return results.map((result) => ({ ...result, said: result.said.trim() }));
}

/** Reads the summary that lefthook prints at its end; commands that it skipped stand before it. */
export function parseLefthook(text: string): readonly HookResult[] {
  const lines = text.split(/\r?\n/);
  const summary = lines.findIndex((line) => line.startsWith('summary:'));
  const skipped = lines.flatMap((line): HookResult[] => {
    const [, name, reason] = /^[│┃|\s]*([\w./ -]+?)(?::)? \(skip\)\s*(.*)$/.exec(line) ?? [];
    return name === undefined
      ? []
      : [{ name: name.trim(), status: 'skipped', seconds: 0, said: reason ?? '' }];
  });
  if (summary === -1) return skipped;
  const ran = lines.slice(summary + 1).flatMap((line): HookResult[] => {
    const [, mark, name, seconds] =
      /^\s*(✔️|✔|✓|🥊|✖️|✖|✗)\s+(.+?)(?:\s+\(([\d.]+) seconds\))?\s*$/u.exec(line) ?? [];
    if (mark === undefined || name === undefined) return [];
    return [
      { name, status: /^[✔✓]/u.test(mark) ? 'passed' : 'failed', seconds: Number(seconds ?? 0), said: '' },
    ];
  });
  return [...ran, ...skipped];
}

/** Hooks as tests, so that they have a history like others. */
export function hookReport(suite: string, results: readonly HookResult[]): TestReport {
  const cases = results.map(({ name, status, seconds, said }): TestCase => ({
    ...{ name, classname: null, file: null, line: null, status },
    durationMs: seconds * 1_000,
    message: status === 'failed' ? `The hook ${name} failed` : status === 'skipped' ? said || null : null,
    details: status === 'failed' ? said.slice(0, MAX_DETAILS_CHARS) || null : null,
    stdout: null,
    stderr: null,
  }));
  const count = (status: TestCase['status']): number => cases.filter((one) => one.status === status).length;
  const sums = {
    total: cases.length,
    passed: count('passed'),
    failed: count('failed'),
    errored: 0,
    skipped: count('skipped'),
    durationMs: cases.reduce((sum, one) => sum + one.durationMs, 0),
  };
  return {
    ...sums,
    suites: [{ ...sums, name: suite, file: null, timestamp: null, cases, stdout: null, stderr: null }],
  };
}
