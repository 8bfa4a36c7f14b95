import { collectGarbage, type Collection } from '#main/host/collect-garbage.ts';
import { readRetentionPolicy } from '#main/store/retention-policy.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Output } from '../output.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

export interface GcOptions {
  readonly dryRun?: boolean;
  /** Milliseconds; as the other two in place of the settings. */
  readonly maxAge?: number;
  readonly maxRuns?: number;
  /** Bytes. */
  readonly maxSize?: number;
}

/** Removes old runs and content that nothing refers to. Results go to stdout; with `ndjson` a line for each run, then the rest. */
export function gcCommand(context: CliContext, options: GcOptions): Promise<ExitCode> {
  return withHost(context, async (host) => {
    const { output } = context;
    const { dryRun = false, maxAge, maxRuns, maxSize } = options;
    const set = readRetentionPolicy(host.store.settings);
    const policy = {
      maxAgeDays: maxAge === undefined ? set.maxAgeDays : maxAge / DAY_MS,
      maxRunsPerPipeline: maxRuns ?? set.maxRunsPerPipeline,
      maxBytes: maxSize ?? set.maxBytes,
    };
    const collection = await collectGarbage(host, { policy, now: Date.now(), dryRun });
    if (output.format === 'json') output.json(collection);
    else if (output.format === 'ndjson') {
      const { runs, ...rest } = collection;
      for (const run of runs) output.json(run);
      output.json(rest);
    } else writePretty(collection, output);
    return EXIT.succeeded;
  });
}

const DAY_MS = 86_400_000;

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
