import type { ListedCase, ListedTests } from '#shared/api/report-schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { sumTestReports, type TestCase } from '#shared/reports/test-report.ts';
import { cut, fitting, html, type Markup, section, table } from './markup.ts';

export interface FailedCase {
  readonly stage: string;
  readonly suite: string;
  readonly listed: ListedCase;
  readonly test: TestCase;
}

const DETAILS_CHARS = 6_000;
const OUTPUT_CHARS = 2_000;

/** Failures with what they said, then the suites. */
export function testSection(tests: readonly ListedTests[], failures: readonly FailedCase[]): Markup | null {
  if (tests.length === 0) return null;
  const { total, passed, failed, errored, skipped, durationMs } = sumTestReports(
    tests.map(({ summary }) => summary),
  );
  const facts = `${passed} of ${total} passed, ${failed + errored} failed, ${skipped} skipped, ${formatDuration(durationMs)}`;
  const { rows, left } = fitting(failures, failure);
  // `failures` may itself be cut.
  const more = Math.max(left, failed + errored - rows.length);
  const suites = tests.flatMap(({ stage, suites }) => suites.map((suite) => ({ ...suite, stage })));
  return section(
    'Tests',
    facts,
    rows,
    more > 0 ? html`<p class="more">and ${more} more failures; Pipewright has them all.</p>` : null,
    table(
      ['Stage', 'Suite', 'Passed', 'Failed', 'Skipped', 'Time'],
      suites,
      (suite) =>
        html`<tr>
          <td>${suite.stage}</td>
          <td>${cut(suite.name, 300)}</td>
          <td class="number">${suite.passed}</td>
          <td class="number ${suite.failed + suite.errored > 0 ? 'bad' : ''}">
            ${suite.failed + suite.errored}
          </td>
          <td class="number">${suite.skipped}</td>
          <td class="number">${formatDuration(suite.durationMs)}</td>
        </tr>`,
      'suites',
    ),
  );
}

function failure({ stage, suite, listed, test }: FailedCase): Markup {
  const since = listed.failingSince ? `failing since #${listed.failingSince.number}` : 'a new failure';
  const isRepeated = test.message !== null && test.details?.startsWith(test.message) === true;
  const texts = [
    ['', isRepeated ? null : test.message && cut(test.message, DETAILS_CHARS)],
    ['', test.details && cut(test.details, DETAILS_CHARS)],
    ['Standard output', test.stdout && cut(test.stdout, OUTPUT_CHARS)],
    ['Standard error', test.stderr && cut(test.stderr, OUTPUT_CHARS)],
  ] as const;
  return html`<details open>
    <summary>
      <span class="bad">✕</span> ${cut(test.name, 500)} <small>${stage} › ${cut(suite, 200)}, ${since}</small>
    </summary>
    ${texts.map(([title, text]) =>
      text
        ? html`${title ? html`<small>${title}</small>` : null}
            <pre>${text}</pre>`
        : null,
    )}
  </details>`;
}
