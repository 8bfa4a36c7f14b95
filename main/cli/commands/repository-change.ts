import path from 'node:path';
import { placeArtifact } from '#main/artifacts/place.ts';
import { identitiesOf } from '#main/host/runs/identity.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findPublished, requirePackage } from '../find-published.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

/** Writes the files below `--output`, each checked against its hash. */
export function getVersionCommand(
  context: CliContext,
  word: string,
  options: { readonly output?: string },
): Promise<ExitCode> {
  return withHost(context, async ({ repository, blobs }) => {
    const { output, cwd } = context;
    const version = findPublished(repository, word);
    const { name, sha256, sizeBytes, fileCount } = version;
    const dir = path.resolve(cwd, options.output ?? name.replace(/^.*\//, ''));
    await placeArtifact(blobs, { name, sha256, sizeBytes, fileCount }, dir, new AbortController().signal);
    const files = (await repository.files(version)).map((file) => file.path);
    if (output.format !== 'pretty') output.json({ name, version: version.version, dir, files });
    else for (const file of files) output.line(path.join(path.relative(cwd, dir), file));
    return EXIT.succeeded;
  });
}

export function promoteCommand(context: CliContext, word: string, channel: string): Promise<ExitCode> {
  return withHost(context, async ({ repository }) => {
    const { output } = context;
    const { name, version } = findPublished(repository, word);
    const move = repository.promote({ name, version, channel }, await identitiesOf(context.projectDir));
    if (output.format !== 'pretty') output.json(move);
    else {
      const before = move.from === null || move.from === version ? '' : ` (before: ${plainText(move.from)})`;
      output.note(`${plainText(channel)} of ${plainText(name)} points to ${plainText(version)}${before}.`);
    }
    return EXIT.succeeded;
  });
}

export interface AccessOptions {
  readonly channel?: string;
  readonly allow: readonly string[];
  readonly anybody?: boolean;
}

export function accessCommand(
  context: CliContext,
  name: string,
  { channel, allow, anybody = false }: AccessOptions,
): Promise<ExitCode> {
  if (anybody && allow.length > 0) {
    throw new AppError('usage', '--anybody and --allow say different things.');
  }
  return withHost(context, ({ repository }) => {
    const { output } = context;
    if (anybody || allow.length > 0)
      repository.setRule({ name, channel: channel ?? null, allowed: anybody ? null : allow });
    const rules = repository.rules(name);
    if (output.format !== 'pretty') {
      output.json(rules);
      return EXIT.succeeded;
    }
    for (const rule of rules) {
      const what = rule.channel === null ? 'publish' : `move ${plainText(rule.channel)}`;
      output.line(`${what}: ${rule.allowed.map(plainText).join(', ') || 'nobody'}`);
    }
    if (rules.length === 0) output.note(`Anybody may publish ${plainText(name)} and move its channels.`);
    return EXIT.succeeded;
  });
}

export interface PruneOptions {
  readonly keep?: number;
  /** Milliseconds. */
  readonly maxAge?: number;
  readonly dryRun?: boolean;
}

export function pruneCommand(
  context: CliContext,
  name: string | null,
  { keep, maxAge, dryRun = false }: PruneOptions,
): Promise<ExitCode> {
  if (keep === undefined && maxAge === undefined) {
    throw new AppError('usage', 'Nothing says which versions may go.', {
      hint: 'Use --keep, --max-age or both.',
    });
  }
  return withHost(context, ({ repository }) => {
    const { output } = context;
    if (name !== null) requirePackage(repository, name);
    const result = repository.prune(name, { keep: keep ?? null, maxAgeMs: maxAge ?? null }, dryRun);
    if (output.format !== 'pretty') {
      output.json(result);
      return EXIT.succeeded;
    }
    const verb = dryRun ? 'would go' : 'removed';
    for (const one of result.removed) {
      output.line(`${verb}: ${plainText(one.name)} ${plainText(one.version)}  ${formatSize(one.sizeBytes)}`);
    }
    for (const { version, because } of result.kept) {
      output.line(
        output.colors.dim(
          `stays: ${plainText(version.name)} ${plainText(version.version)}, because ${plainText(because)}`,
        ),
      );
    }
    if (result.removed.length === 0) output.note('No version goes.');
    else if (!dryRun) output.note('`pipewright gc` gives the space back.');
    return EXIT.succeeded;
  });
}
