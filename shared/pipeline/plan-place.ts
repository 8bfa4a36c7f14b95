/** When an image is fetched: for each attempt, when it is not there, or never. */
export type PullPolicy = 'always' | 'missing' | 'never';

/** A folder or volume of the host inside of a container. */
export interface PlannedMount {
  /** A path of the host (relative ones are in the workspace, `~/` is the home) or the name of a volume; '': one without a name. */
  readonly from: string;
  /** Absolute, in the container. */
  readonly to: string;
  readonly isReadOnly: boolean;
}

export interface PlannedCredentials {
  readonly username: string;
  readonly password: string;
}

/** A container as the file asks for it. Texts may hold `${{ }}` and are evaluated when the attempt starts. */
export interface PlannedContainer {
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  /** As Docker writes them: `5432`, `8080:80`, `127.0.0.1:8080:80/tcp`. */
  readonly ports: readonly string[];
  readonly mounts: readonly PlannedMount[];
  /** A name or id, with a group if it says one; null: the user of Pipewright, so that the workspace's files stay theirs. */
  readonly user: string | null;
  /** A network that is there already; null: one of the run's own. */
  readonly network: string | null;
  readonly pull: PullPolicy;
  readonly isPrivileged: boolean;
  /** `linux/arm64`; absent: that of the engine. */
  readonly platform?: string;
  /** For the registry of the image; absent: what the user's Docker configuration has. */
  readonly credentials?: PlannedCredentials;
  /** Of `docker create`, as `readOptions` takes them; absent: none. */
  readonly options?: string;
}

/** A container of which nothing is said but its image. */
export const containerOf = (image: string): PlannedContainer => ({
  ...{ image, env: {}, ports: [], mounts: [], user: null, network: null },
  pull: 'missing',
  isPrivileged: false,
});

/** How it is known that a service is ready. */
export interface PlannedHealth {
  /** For `sh -c` in the container of the service; for the platform's shell on this machine, of a process. */
  readonly command: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Failures in a row after which it counts as broken. */
  readonly retries: number;
  /** From the start, how long failures do not count. */
  readonly startPeriodMs: number;
}

/** What runs beside a stage, from before its first step until after its last: a container, or processes of this machine. */
export type PlannedService = PlannedContainerService | PlannedProcessService;

export interface PlannedContainerService extends PlannedContainer {
  readonly id: string;
  readonly script?: undefined;
  /** Instead of the image's own; empty: that. */
  readonly command: readonly string[];
  readonly health: PlannedHealth | null;
}

/** Started in the workspace on this machine; told by its environment which of its ports it is to listen at. */
export interface PlannedProcessService {
  readonly id: string;
  readonly image?: undefined;
  /** For the platform's shell. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** Names for ports, such as `5432`: free ones of this machine stand for them. */
  readonly ports: readonly string[];
  readonly health: PlannedHealth | null;
}

export const isContainerService = (service: PlannedService): service is PlannedContainerService =>
  service.script === undefined;

/** What a stage may use; null is no limit. */
export interface PlannedResources {
  readonly cpus: number | null;
  readonly memoryBytes: number | null;
  readonly diskBytes: number | null;
  readonly pids: number | null;
}

/**
 * Where the steps of a stage run: this machine, a container on its engine, a host that OpenSSH knows by this name, or any
 * host that somebody has registered with all of these labels.
 */
export type PlannedPlace =
  | { readonly type: 'local' }
  | { readonly type: 'container'; readonly container: PlannedContainer }
  | { readonly type: 'ssh'; readonly host: string }
  | { readonly type: 'ssh-labels'; readonly labels: readonly string[] };

export const LOCAL: PlannedPlace = { type: 'local' };

/** Whether a stage runs on another machine, and so takes a slot of that one, not of this. */
export const isOnHost = (place: PlannedPlace | undefined): boolean =>
  place?.type === 'ssh' || place?.type === 'ssh-labels';
