import type { ImageBuilds, ImagePushes } from '#main/engine/image-ports.ts';
import type { Artifacts, Caches, Reuse } from '#main/engine/ports.ts';
import type { Repository } from '#main/engine/repository-ports.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { PluginContents } from './plugin/plugin-content.ts';

/** What kinds need of this host beside what the engine gives them. Composition roots make it. */
export interface KindServices {
  readonly caches: Caches;
  readonly reuse: Pick<Reuse, 'hashFiles'>;
  /** Stores files by content, which the repository then refers to. */
  readonly artifacts: Artifacts;
  /** Stored content of one hash. */
  readonly blobs: {
    putFile(file: string, signal: AbortSignal): Promise<{ readonly sha256: string }>;
  };
  readonly repository: Repository;
  /** The names of who uses this machine, the one that people know first. */
  readonly identities: (projectDir: string) => Promise<readonly [string, ...string[]]>;
  /** Instead of the user's own configuration of OpenSSH; null: that. */
  readonly sshConfigFile: string | null;
  /** A run so far as one HTML page that needs nothing else. */
  readonly runPage: (runId: RunId, signal: AbortSignal) => Promise<string>;
  readonly plugins: PluginContents;
  /** With the container engine of this machine, which is asked with the first build. */
  readonly images: ImageBuilds;
  readonly imagePushes: ImagePushes;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Absolute; for what must survive a run, such as tools that were installed. Kinds make folders of their own in it. */
  readonly dataDir: string;
}
