import type { ArtifactRecord, Channel, PublishedVersion, Repository } from '#main/engine/repository-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { checkChannel, checkPackageName, checkVersion } from './names.ts';
import { orderVersions } from './order-versions.ts';
import { prunePackage } from './prune.ts';
import { matchesQuery, parseRepositoryQuery } from './query.ts';
import type { RepositoryOptions } from './repository-store.ts';

const SHA256 = /^(?:sha256:)?([0-9a-f]{64})$/;

/** The local repository of a data folder. Contract: `Repository`. */
export function createRepository(options: RepositoryOptions): Repository {
  const { store, readFiles, now } = options;
  const { versions, channels, records } = store;
  const isoNow = (): string => new Date(now()).toISOString();

  /** Who of these names may do it: the first that is allowed. @throws AppError `not-allowed` */
  function allowedName(name: string, channel: string | null, names: readonly [string, ...string[]]): string {
    const rule = channels.rules(name).find((one) => one.channel === channel);
    if (rule === undefined) return names[0];
    const allowed = rule.allowed.map((one) => one.toLowerCase());
    const found = names.find((one) => allowed.includes(one.toLowerCase()));
    if (found !== undefined) return found;
    const what = channel === null ? `publish ${name}` : `move the channel ${channel} of ${name}`;
    const hint = allowed.length === 0 ? 'Nobody may.' : `Ask ${rule.allowed.join(', ')}.`;
    throw new AppError('not-allowed', `${names[0]} may not ${what}.`, { hint });
  }

  function find(name: string, version: string): PublishedVersion | null {
    if (!version.startsWith('@')) return versions.find(name, version);
    const pointer = channels.list(name).find(({ channel }) => channel === version.slice(1));
    return pointer === undefined ? null : versions.find(name, pointer.version);
  }

  function recordsOf(word: string): readonly ArtifactRecord[] {
    const digest = SHA256.exec(word)?.[1];
    if (digest !== undefined) {
      const record = records.find(digest);
      return record === null ? [] : [record];
    }
    const at = word.lastIndexOf('@');
    return at > 0
      ? records.findByName(word.slice(0, at), word.slice(at + 1))
      : records.findByName(word, null);
  }

  return {
    packages() {
      const counts = new Map<string, number>();
      for (const { name } of versions.list(null)) counts.set(name, (counts.get(name) ?? 0) + 1);
      const all = channels.list(null);
      return [...counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, count]) => ({
          name,
          versions: count,
          channels: all.filter((one) => one.name === name),
        }));
    },
    versions: (name) => orderVersions(versions.list(name)),
    find,
    files: ({ sha256 }) => readFiles(sha256),
    search(query) {
      const terms = parseRepositoryQuery(query);
      const pointers = channels.list(null);
      return versions.list(null).filter((version) => matchesQuery(version, pointers, terms));
    },
    channels: (name) => channels.list(name),
    history: (name, channel) => channels.history(name, channel),
    async publish(wanted, names) {
      checkPackageName(wanted.name);
      checkVersion(wanted.version);
      const publishedBy = allowedName(wanted.name, null, names);
      const files = await readFiles(wanted.sha256);
      const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
      const added = versions.add({
        ...wanted,
        ...{ sizeBytes, publishedBy, publishedAt: isoNow() },
        fileCount: files.length,
      });
      if (added) return 'published';
      const { name, version } = wanted;
      if (versions.find(name, version)?.sha256 === wanted.sha256) return 'unchanged';
      throw new AppError('version-exists', `${name} ${version} is published already, with other content.`, {
        hint: 'A version never changes. Publish this content as another version.',
      });
    },
    promote({ name, channel, version }, names) {
      checkChannel(channel);
      const to = find(name, version);
      if (to === null) {
        throw new AppError('artifact-not-found', `There is no ${name} ${version} in the repository.`, {
          hint: `See \`pipewright repository show ${name}\`.`,
        });
      }
      const movedBy = allowedName(name, channel, names);
      const wish: Channel = { name, channel, version: to.version, movedBy, movedAt: isoNow() };
      const move = channels.move(wish);
      if (move !== null) return move;
      throw new AppError('artifact-not-found', `${name} ${version} was removed just now.`);
    },
    rules: (name) => channels.rules(name),
    setRule(rule) {
      checkPackageName(rule.name);
      if (rule.channel !== null) checkChannel(rule.channel);
      channels.setRule(rule);
    },
    prune(name, policy, dryRun) {
      const names = name === null ? [...new Set(versions.list(null).map((one) => one.name))].sort() : [name];
      const results = names.map((one) => prunePackage(options, one, policy, dryRun));
      return {
        removed: results.flatMap(({ removed }) => removed),
        kept: results.flatMap(({ kept }) => kept),
      };
    },
    record(wanted) {
      const { record, isNew } = records.add({ ...wanted, recordedAt: isoNow() });
      if (isNew) return 'recorded';
      if (record.source === wanted.source) return 'unchanged';
      throw new AppError(
        'version-exists',
        `sha256:${wanted.sha256} is recorded already, as made from ${record.source}.`,
        { hint: `This one is said to be made from ${wanted.source}: one of the two is not what it seems.` },
      );
    },
    recordDeployment: (deployment) => records.addDeployment({ ...deployment, at: isoNow() }),
    records: (word) =>
      recordsOf(word).map((record) => ({ ...record, deployments: records.deployments(record.sha256) })),
  };
}
