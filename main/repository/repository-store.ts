import type {
  AccessRule,
  ArtifactRecord,
  Channel,
  ChannelMove,
  DeploymentRecord,
  PublishedVersion,
  RepositoryFile,
} from '#main/engine/repository-ports.ts';
import type { RunId } from '#shared/lib/ids.ts';

/** The rows that a repository stands on; each call is a transaction of its own, safe beside other processes. */
export interface RepositoryStore {
  readonly versions: {
    list(name: string | null): PublishedVersion[];
    find(name: string, version: string): PublishedVersion | null;
    add(version: PublishedVersion): boolean;
    remove(name: string, version: string): boolean;
    isDeployed(sha256: string): boolean;
  };
  readonly channels: {
    list(name: string | null): Channel[];
    history(name: string, channel: string): ChannelMove[];
    move(to: Channel): ChannelMove | null;
    rules(name: string): AccessRule[];
    setRule(rule: Omit<AccessRule, 'allowed'> & { readonly allowed: readonly string[] | null }): void;
  };
  readonly records: {
    find(sha256: string): ArtifactRecord | null;
    findByName(name: string, version: string | null): ArtifactRecord[];
    add(record: ArtifactRecord): { readonly record: ArtifactRecord; readonly isNew: boolean };
    deployments(sha256: string): DeploymentRecord[];
    addDeployment(deployment: DeploymentRecord): void;
  };
}

export interface RepositoryOptions {
  readonly store: RepositoryStore;
  /** The files of a stored list. @throws AppError `artifact-not-found`, `blob-corrupt` */
  readonly readFiles: (sha256: string) => Promise<readonly RepositoryFile[]>;
  /** Whether a run brought something to an environment; false for one that is gone. */
  readonly isRunDeployed: (runId: RunId) => boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
