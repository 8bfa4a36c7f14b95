import type { DesktopNotice } from './notice-schema.ts';

/** `unavailable` asks why the keychain cannot be used; what is sealed is base64. */
export type KeychainRequest =
  | { readonly type: 'unavailable' }
  | { readonly type: 'seal'; readonly text: string }
  | { readonly type: 'open'; readonly sealed: string };

export type KeychainAnswer =
  | { readonly ok: true; readonly value: string | null }
  /** One sentence. */
  | { readonly ok: false; readonly message: string };

/**
 * What the desktop shell and the engine host say to each other beside the contract. Two carriers:
 * a utility process gets a `MessagePortMain` with every `connect`; a host forked with an external Node gets no ports,
 * so the shell carries each connection in `frame` messages over the child's IPC channel.
 * The host is started as `host.cjs --mode desktop [--data DIR] [--template DIR]`, where the template is the sample project.
 * It ends itself when the shell is gone (`disconnect`, or the parent port closes).
 */
export type ShellMessage =
  /** A window opened connection `id`; ids are never used twice. With a utility process the port comes along. */
  | { readonly type: 'connect'; readonly id: number }
  /** Forked hosts only: one message of connection `id`, as it came from the window's port. */
  | { readonly type: 'frame'; readonly id: number; readonly data: string | Uint8Array }
  /** Forked hosts only: the window's end of connection `id` is closed. */
  | { readonly type: 'close'; readonly id: number }
  /** What came of the `keychain` request with this id. */
  | { readonly type: 'keychain-answer'; readonly id: number; readonly answer: KeychainAnswer }
  /** Finish: stop what runs (whole process trees), store it, exit with 0. The shell kills the host after a grace period. */
  | { readonly type: 'shutdown' };

export type HostMessage =
  /** Connections are served from now on; those that came earlier were kept. */
  | { readonly type: 'ready'; readonly version: string; readonly dataDir: string }
  /** It cannot start; one sentence and the way out. The host exits right after. */
  | { readonly type: 'failed'; readonly message: string; readonly hint: string | null }
  /** How many runs this host is running now; sent at each change. */
  | { readonly type: 'activity'; readonly runningRuns: number }
  /** What a person is to be told who is not looking at the window. */
  | ({ readonly type: 'notice' } & DesktopNotice)
  /** Asks something of the system's keychain; `keychain-answer` follows. */
  | { readonly type: 'keychain'; readonly id: number; readonly request: KeychainRequest }
  /** Forked hosts only. */
  | { readonly type: 'frame'; readonly id: number; readonly data: string | Uint8Array }
  /** Forked hosts only: the host's end of connection `id` is closed. */
  | { readonly type: 'close'; readonly id: number };
