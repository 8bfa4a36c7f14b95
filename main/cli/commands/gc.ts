import { collectGarbage, type Collection } from '#main/host/collect-garbage.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Output } from '../output.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

export interface GcOptions {
  readonly dryRun?: boolean;
}

/** Removes old runs and content that nothing refers to. Results go to stdout; with `ndjson` a line for each run, then the rest. */
export function gcCommand(context: CliContext, { dryRun = false }: GcOptions): Promise<ExitCode> {
  return withHost(context, async (host) => {
    const { output } = context;
    const collection = await collectGarbage(host, Date.now(), dryRun);
    if (output.format === 'json') output.json(collection);
    else if (output.format === 'ndjson') {
      const { runs, ...rest } = collection;
      for (const run of runs) output.json(run);
      output.json(rest);
    } else writePretty(collection, output);
    return EXIT.succeeded;
  });
}

const REASONS = {
  age: 'too old',
  count: 'too many of its pipeline',
  size: 'too large all together',
} as const;

function writePretty({ dryRun, runs, content, sizeBytes }: Collection, output: Output): void {
  const { dim } = output.colors;
  for (const run of runs) {
    const facts = `${run.createdAt.slice(0, 10)}  ${formatSize(run.sizeBytes).padStart(8)}  ${dim(REASONS[run.reason])}`;
    output.line(`${run.id}  #${run.number} ${plainText(run.name)}  ${facts}`);
  }
  const would = dryRun ? 'would be removed' : 'removed';
  output.line(`${runs.length} runs and ${content.count} stored files ${would}: ${formatSize(sizeBytes)}.`);
}
