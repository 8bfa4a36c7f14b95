/** An image that a stage wants to be built under names of its own. */
export interface ImageWish {
  /** For people. */
  readonly name: string;
  /** Absolute. */
  readonly contextDir: string;
  /** Absolute; it may lie outside of the context. */
  readonly dockerfile: string;
  /** `name:tag`, each. */
  readonly tags: readonly string[];
  /** Stand in the image's history: never a secret. */
  readonly args: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** The stage of the Dockerfile; null: the last one. */
  readonly target: string | null;
  /** Whether steps of earlier builds may be taken over. */
  readonly usesCache: boolean;
}

export interface BuiltImage {
  /** `sha256:…`: of its configuration. */
  readonly id: string;
  /** `sha256:…` of its manifest, where a registry or the engine's store knows one. */
  readonly digest: string | null;
  readonly sizeBytes: number;
  readonly layers: number;
}

/** Builds images with the container engine of this machine. */
export interface ImageBuilds {
  /**
   * Builds and names an image; images that the Dockerfile begins with are fetched when they are not there.
   * @param onLine what the build prints, line by line
   * @throws AppError `image-build-failed` with the build's own last words, `image-missing`, `image-pull-failed`,
   * `docker-unreachable`. Rejects with the signal's reason when it aborts.
   */
  build(wish: ImageWish, onLine: (text: string) => Promise<void>, signal: AbortSignal): Promise<BuiltImage>;
}

export interface PushWish {
  /** A name or an id of an image that is there. */
  readonly image: string;
  /** `registry/repository:tag`. */
  readonly to: string;
  /** Null: those of the user's own Docker configuration. */
  readonly credential: { readonly username: string; readonly password: string } | null;
}

/** Sends images to registries with the container engine of this machine. */
export interface ImagePushes {
  /**
   * What the registry has under `to` now, `sha256:…` of its manifest; null: nothing, or it does not say.
   * @param image with its id, and the digests under which registries are known to have it
   * @throws AppError `image-missing` when the image is not there, `docker-unreachable`
   */
  look(
    wish: PushWish,
    signal: AbortSignal,
  ): Promise<{
    readonly there: string | null;
    readonly id: string;
    readonly knownDigests: readonly string[];
  }>;
  /**
   * Sends it; layers that are there are not sent again. A name that it got for this is taken away again.
   * @returns the digest of the manifest, as the engine sent it and as the registry has it afterwards; null: it does not say
   * @throws AppError `service-failed` when the registry refused (`details.status` 401) or failed
   */
  push(
    wish: PushWish,
    onLine: (text: string) => Promise<void>,
    signal: AbortSignal,
  ): Promise<{ readonly sent: string | null; readonly there: string | null }>;
}
