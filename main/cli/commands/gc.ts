import { readRetentionLimits } from '#main/host/storage/retention-settings.ts';
import { finish, previewCollection, runCollection } from '#main/host/storage/run-collection.ts';
import type { Collection, RetentionLimits } from '#shared/api/storage-schemas.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { onSignals } from '../on-signals.ts';
import type { Output } from '../output.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

export interface GcOptions {
  readonly dryRun?: boolean;
  /** Milliseconds; as the others in place of the settings and of what pipeline files say. */
  readonly maxAge?: number;
  readonly maxRuns?: number;
  /** Bytes. */
  readonly maxSize?: number;
  /** Milliseconds. */
  readonly maxWorkspaceAge?: number;
}

/** Removes old runs and content that nothing refers to. Results go to stdout; with `ndjson` a line for each run, then the rest. */
export function gcCommand(context: CliContext, { dryRun = false, ...given }: GcOptions): Promise<ExitCode> {
  return withHost(context, async (host) => {
    const { output } = context;
    const stopping = new AbortController();
    const stopListening = onSignals(() => stopping.abort());
    const limits = readRetentionLimits(host.store.settings);
    const options = { limits, demanded: demandOf(given), now: Date.now(), signal: stopping.signal };
    try {
      const collection = dryRun
        ? await previewCollection(host, options)
        : await finish(runCollection(host, { ...options, automatic: false }));
      if (output.format === 'json') output.json(collection);
      else if (output.format === 'ndjson') {
        const { runs, ...rest } = collection;
        for (const run of runs) output.json(run);
        output.json(rest);
      } else writePretty(collection, output);
      return EXIT.succeeded;
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
      output.note('Stopped; what was removed stays removed.');
      return EXIT.cancelled;
    } finally {
      stopListening();
    }
  });
}

function demandOf({
  maxAge,
  maxRuns,
  maxSize,
  maxWorkspaceAge,
}: Omit<GcOptions, 'dryRun'>): Partial<RetentionLimits> {
  return {
    ...(maxAge !== undefined && { maxAgeMs: maxAge }),
    ...(maxRuns !== undefined && { maxRuns }),
    ...(maxSize !== undefined && { maxBytes: maxSize }),
    ...(maxWorkspaceAge !== undefined && { maxWorkspaceAgeMs: maxWorkspaceAge }),
  };
}

const REASONS = {
  age: 'too old',
  count: 'too many of its pipeline',
  size: 'too large all together',
} as const;

function writePretty(collection: Collection, output: Output): void {
  const { dim } = output.colors;
  const { dryRun, runs, artifacts, workspaces, content, sizeBytes } = collection;
  for (const run of runs) {
    const facts = `${run.createdAt.slice(0, 10)}  ${formatSize(run.sizeBytes).padStart(8)}  ${dim(REASONS[run.reason])}`;
    output.line(`${run.id}  #${run.number} ${plainText(run.name)}  ${facts}`);
  }
  for (const { runId, number, name, sizeBytes: bytes } of artifacts) {
    const facts = `${formatSize(bytes).padStart(8)}  ${dim('expired')}`;
    output.line(`${runId}  #${number} artifact ${plainText(name)}  ${facts}`);
  }
  const would = dryRun ? 'would be removed' : 'removed';
  const parts = [
    countOf(runs.length, 'run'),
    ...(workspaces.count > 0 ? [countOf(workspaces.count, 'workspace')] : []),
    ...(artifacts.length > 0 ? [countOf(artifacts.length, 'artifact')] : []),
  ];
  const files = countOf(content.count, 'stored file');
  output.line(`${parts.join(', ')} and ${files} ${would}: ${formatSize(sizeBytes)}.`);
}

const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
