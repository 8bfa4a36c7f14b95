import path from 'node:path';
import { readManifest } from '#main/artifacts/manifest.ts';
import { placeArtifact } from '#main/artifacts/place.ts';
import { verifyArtifact } from '#main/artifacts/read-artifact.ts';
import type { Host } from '#main/host/create-host.ts';
import { artifactExpired } from '#main/host/runs/artifact-expired.ts';
import { listArtifacts } from '#main/host/runs/list-artifacts.ts';
import type { StoredArtifact } from '#main/store/runs.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { CliContext } from '../context.ts';
import { didYouMean } from '../did-you-mean.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findRun } from '../find-run.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

export function listArtifactsCommand(context: CliContext, word: string): Promise<ExitCode> {
  return withHost(context, async (host) => {
    const { output } = context;
    const run = findRun(host.store, context, word);
    const artifacts = await listArtifacts(host, run.id);
    if (output.format === 'json') output.json(artifacts);
    else if (output.format === 'ndjson') for (const artifact of artifacts) output.json(artifact);
    else {
      for (const { name, stage, sizeBytes, files, expired } of artifacts) {
        const facts = [`from ${plainText(stage)}`, ...(expired ? ['expired'] : [])].join(', ');
        output.line(
          `${output.colors.bold(plainText(name))}  ${formatSize(sizeBytes)}  ${output.colors.dim(facts)}`,
        );
        for (const file of files)
          output.line(`  ${plainText(file.path)}  ${output.colors.dim(formatSize(file.sizeBytes))}`);
      }
      if (artifacts.length === 0) output.note(`Run #${run.number} has no artifacts.`);
    }
    return EXIT.succeeded;
  });
}

/** Writes the files below `--output`, each checked against its hash. */
export function getArtifactCommand(
  context: CliContext,
  word: string,
  name: string,
  options: { readonly output?: string },
): Promise<ExitCode> {
  return withHost(context, async (host) => {
    const { output, cwd } = context;
    const { artifact } = findArtifact(host, context, word, name);
    const dir = path.resolve(cwd, options.output ?? name);
    await placeArtifact(host.blobs, artifact, dir, new AbortController().signal);
    const { files } = await readManifest(host.blobs, artifact.sha256);
    if (output.format !== 'pretty') output.json({ name, dir, files: files.map((file) => file.path) });
    else for (const file of files) output.line(path.join(path.relative(cwd, dir), file.path));
    return EXIT.succeeded;
  });
}

function findArtifact(host: Host, context: CliContext, word: string, name: string): StoredArtifact {
  const run = findRun(host.store, context, word);
  const artifacts = host.store.runs.artifactsOf(run.id);
  // Of stages that store the same name, the last one wins, as in a shared workspace.
  const found = artifacts.findLast(({ artifact }) => artifact.name === name);
  if (found?.isExpired) throw artifactExpired(found);
  if (found) return found;
  const names = artifacts.map(({ artifact }) => artifact.name);
  const otherwise = names.length === 0 ? 'It has none.' : `It has ${names.join(', ')}.`;
  throw new AppError('artifact-not-found', `Run #${run.number} has no artifact ${name}.`, {
    hint: didYouMean(name, names, otherwise),
  });
}

/** Reads what is stored of one run, or of all, against its hashes; exit code 1 when something is damaged. */
export function verifyArtifactsCommand(context: CliContext, word: string | undefined): Promise<ExitCode> {
  return withHost(context, async (host) => {
    const { output } = context;
    const runs = word === undefined ? everyRun(host) : [findRun(host.store, context, word)];
    const damaged: object[] = [];
    let count = 0;
    const known = new Set<string>();
    for (const run of runs) {
      for (const { stage, artifact, isExpired } of host.store.runs.artifactsOf(run.id)) {
        if (isExpired) continue;
        count += 1;
        if (known.has(artifact.sha256)) continue;
        known.add(artifact.sha256);
        for (const { path: file, error } of await verifyArtifact(host.blobs, artifact)) {
          damaged.push({ runId: run.id, stage, artifact: artifact.name, path: file, message: error.message });
          if (output.format === 'pretty') {
            output.line(
              `${run.id} ${plainText(artifact.name)} ${plainText(file ?? '')}: ${plainText(error.message)}`,
            );
          }
        }
      }
    }
    if (output.format !== 'pretty') output.json({ artifacts: count, damaged });
    else
      output.note(
        damaged.length === 0 ? `${count} artifacts are whole.` : `${damaged.length} parts are damaged.`,
      );
    return damaged.length === 0 ? EXIT.succeeded : EXIT.failed;
  });
}

function* everyRun({ store }: Host): Generator<{ readonly id: StoredRunId }> {
  const limit = 500;
  for (let offset = 0; ; offset += limit) {
    const { runs } = store.runs.list({ offset, limit });
    yield* runs;
    if (runs.length < limit) return;
  }
}
type StoredRunId = ReturnType<Host['store']['runs']['get']>['id'];
