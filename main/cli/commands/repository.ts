import type { Channel, PublishedVersion } from '#main/engine/repository-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findPublished, requirePackage, splitPackage } from '../find-published.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

/** Rows for programs: one document, or a line each. @returns whether people are to read it instead */
function writeRows({ output }: CliContext, rows: readonly unknown[]): boolean {
  if (output.format === 'json') output.json(rows);
  else if (output.format === 'ndjson') for (const row of rows) output.json(row);
  return output.format === 'pretty';
}

export function listPackagesCommand(context: CliContext): Promise<ExitCode> {
  return withHost(context, ({ repository }) => {
    const { output } = context;
    const packages = repository.packages();
    if (writeRows(context, packages)) {
      for (const { name, versions, channels } of packages) {
        const count = versions === 1 ? '1 version' : `${versions} versions`;
        output.line(`${output.colors.bold(plainText(name))}  ${count}  ${channelText(channels)}`.trimEnd());
      }
      if (packages.length === 0) {
        output.note(
          'Nothing was published here yet. A stage with `uses: publish.files` publishes a package.',
        );
      }
    }
    return EXIT.succeeded;
  });
}

const channelText = (channels: readonly Channel[]): string =>
  channels.map(({ channel, version }) => `${plainText(channel)} ${plainText(version)}`).join(', ');

export function showPackageCommand(context: CliContext, word: string): Promise<ExitCode> {
  return withHost(context, async ({ repository }) => {
    const { output } = context;
    if (splitPackage(word).version !== null) {
      const version = findPublished(repository, word);
      const files = await repository.files(version);
      if (output.format !== 'pretty') output.json({ ...version, files });
      else {
        output.line(versionLine(context, version, repository.channels(version.name)));
        for (const line of factsOf(version)) output.line(`  ${line}`);
        for (const file of files) {
          const facts = `${formatSize(file.sizeBytes)}  sha256:${file.sha256}`;
          output.line(`  ${plainText(file.path)}  ${output.colors.dim(facts)}`);
        }
      }
      return EXIT.succeeded;
    }
    requirePackage(repository, word);
    writeVersions(context, repository.versions(word), repository.channels(word));
    return EXIT.succeeded;
  });
}

function writeVersions(
  context: CliContext,
  versions: readonly PublishedVersion[],
  channels: readonly Channel[],
): void {
  if (!writeRows(context, versions)) return;
  for (const version of versions) context.output.line(versionLine(context, version, channels));
}

function versionLine({ output }: CliContext, one: PublishedVersion, channels: readonly Channel[]): string {
  const { name, version, sizeBytes, publishedAt, publishedBy } = one;
  const pointing = channels
    .filter((channel) => channel.name === name && channel.version === version)
    .map(({ channel }) => plainText(channel));
  const facts = `${formatSize(sizeBytes)}, ${publishedAt.slice(0, 10)} by ${plainText(publishedBy)}`;
  const marks = pointing.length === 0 ? '' : `  ${output.colors.green(pointing.join(', '))}`;
  return `${output.colors.bold(`${plainText(name)} ${plainText(version)}`)}${marks}  ${output.colors.dim(facts)}`;
}

function factsOf({ sha256, origin, sbom, provenance, labels }: PublishedVersion): readonly string[] {
  return [
    `digest sha256:${sha256}`,
    ...(origin === null ? [] : [`run ${origin.runId}, stage ${plainText(origin.stage)}`]),
    ...(origin?.commit == null ? [] : [`commit ${plainText(origin.commit)}`]),
    ...(sbom === null ? [] : [`sbom sha256:${sbom}`]),
    ...(provenance === null ? [] : [`provenance sha256:${provenance}`]),
    ...Object.entries(labels).map(([key, value]) => `label ${plainText(key)}=${plainText(value)}`),
  ];
}

export function searchRepositoryCommand(context: CliContext, words: readonly string[]): Promise<ExitCode> {
  return withHost(context, ({ repository }) => {
    const found = repository.search(words.join(' '));
    const names = [...new Set(found.map(({ name }) => name))];
    writeVersions(
      context,
      found,
      names.flatMap((name) => repository.channels(name)),
    );
    if (found.length === 0) context.output.note('Nothing matches.');
    return EXIT.succeeded;
  });
}

export function listChannelsCommand(context: CliContext, name: string): Promise<ExitCode> {
  return withHost(context, ({ repository }) => {
    const { output } = context;
    requirePackage(repository, name);
    const channels = repository
      .channels(name)
      .map((channel) => ({ ...channel, moves: repository.history(name, channel.channel) }));
    if (!writeRows(context, channels)) return EXIT.succeeded;
    for (const { channel, version, moves } of channels) {
      output.line(`${output.colors.bold(plainText(channel))}  ${plainText(version)}`);
      for (const move of moves) {
        const from = move.from === null ? '' : `${plainText(move.from)} -> `;
        const at = move.movedAt.slice(0, 16).replace('T', ' ');
        output.line(
          `  ${output.colors.dim(at)}  ${from}${plainText(move.version)}  by ${plainText(move.movedBy)}`,
        );
      }
    }
    if (channels.length === 0) {
      output.note(`${plainText(name)} has no channels. Make one with \`pipewright repository promote\`.`);
    }
    return EXIT.succeeded;
  });
}

export function showRecordCommand(context: CliContext, word: string): Promise<ExitCode> {
  return withHost(context, ({ repository }) => {
    const { output } = context;
    const records = repository.records(word);
    if (records.length === 0) {
      throw new AppError('artifact-not-found', `Nothing is recorded of ${plainText(word)}.`, {
        hint: 'A stage with `uses: artifact.record` records a digest.',
      });
    }
    if (!writeRows(context, records)) return EXIT.succeeded;
    for (const { name, version, sha256, origin, source, tests, deployments, recordedAt } of records) {
      output.line(
        `${output.colors.bold(`${plainText(name)} ${plainText(version ?? '')}`.trim())}  sha256:${sha256}`,
      );
      output.line(`  recorded ${recordedAt} by run ${origin.runId}, stage ${plainText(origin.stage)}`);
      output.line(
        `  from ${plainText(source)}${origin.commit === null ? '' : `, commit ${plainText(origin.commit)}`}`,
      );
      if (tests !== null) output.line(`  tests: ${tests.passed} of ${tests.total} passed`);
      for (const { environment, at } of deployments)
        output.line(`  deployed to ${plainText(environment)} at ${at}`);
    }
    return EXIT.succeeded;
  });
}
