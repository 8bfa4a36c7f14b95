import type { HostMessage, KeychainAnswer } from '#shared/api/host-protocol.ts';

/** One life of the engine host, whatever carries it. */
export interface HostProcess<Port> {
  /** Connects a window's port to the host; it stays connected until either side closes it. */
  connect(port: Port): void;
  /** Answers a `keychain` request. */
  answerKeychain(id: number, answer: KeychainAnswer): void;
  /** Asks the host to stop its runs and end; `exit` follows. */
  shutdown(): void;
  /** Ends it at once. Idempotent. */
  kill(): void;
}

export interface HostEvents {
  onMessage(message: Exclude<HostMessage, { type: 'frame' | 'close' }>): void;
  /** What it wrote to stdout and stderr. */
  onOutput(text: string): void;
  /** Once, after everything else. `reason` completes "The engine …". */
  onExit(reason: string): void;
}

/** Starts a host. Errors of the start itself come as `onExit` too. */
export type StartHost<Port> = (events: HostEvents) => HostProcess<Port>;
