import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeHtmlReport } from '#main/host/reports/html-report.ts';
import { systemClock } from '#main/host/system-clock.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findRun } from '../find-run.ts';
import { withHost } from '../with-host.ts';

export interface ReportOptions {
  readonly html?: boolean;
  readonly output?: string;
}

/** Writes a run as one page that needs nothing else: to a file, or to standard output. */
export function reportCommand(context: CliContext, word: string, options: ReportOptions): Promise<ExitCode> {
  if (options.html !== true) {
    throw new AppError('usage', 'A report is written as HTML.', { hint: 'Add --html.' });
  }
  return withHost(context, async (host) => {
    const { output, cwd } = context;
    const run = findRun(host.store, context, word);
    const page = await writeHtmlReport(host, run.id, systemClock.now(), new AbortController().signal);
    if (options.output === undefined) {
      await output.bytes(Buffer.from(page));
      return EXIT.succeeded;
    }
    const file = path.resolve(cwd, options.output);
    await writeFile(file, page).catch((error: unknown) => {
      throw new AppError(
        'file-not-written',
        `The report could not be written to ${file}: ${reasonOf(error)}.`,
        {
          hint: 'Choose another file with --output.',
          cause: error,
        },
      );
    });
    output.note(`The report of run #${run.number} is in ${file}.`);
    return EXIT.succeeded;
  });
}
