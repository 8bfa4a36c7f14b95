import type { Command } from 'commander';
import type { ReportOptions } from '../commands/report.ts';
import type { Does } from './does.ts';

export function addReports(program: Command, does: Does): void {
  program
    .command('reports')
    .description("show a run's tests, coverage, findings and other reports")
    .argument('<run>')
    .action((run: string, _options: unknown, command: Command) =>
      does(command, async (context) => (await import('../commands/reports.ts')).reportsCommand(context, run)),
    );
  program
    .command('report')
    .description('write a run as one page to keep or to send')
    .argument('<run>', 'its id or the start of it, `#12`, or `latest`')
    .option('--html', 'as HTML that needs nothing else')
    .option('--output <file>', 'where (default: standard output)')
    .action((run: string, options: ReportOptions, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/report.ts')).reportCommand(context, run, options),
      ),
    );
  program
    .command('compare')
    .description('show what differs between two runs of a project')
    .argument('<run>')
    .argument('<other>')
    .action((run: string, other: string, _options: unknown, command: Command) =>
      does(command, async (context) =>
        (await import('../commands/compare.ts')).compareCommand(context, run, other),
      ),
    );
}
