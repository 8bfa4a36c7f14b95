import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { PlannedPlace } from '#shared/pipeline/plan-place.ts';

/** In characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface ShellRequest {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly attempt: number;
  /** With its expressions evaluated. */
  readonly place: PlannedPlace;
  /** The attempt waits after its failure: its container or remote folder is there still, labelled with run, stage and attempt. */
  readonly isPaused: boolean;
  /** The stage's folder on this machine: absolute, exists. */
  readonly workspace: string;
  /** Below the workspace; '' for the workspace itself, which also stands for one that is not there. */
  readonly directory: string;
  /**
   * What the stage's steps get beyond what they inherit. May hold secrets: never in arguments or labels.
   * `PIPEWRIGHT_WORKSPACE` is the folder on this machine; a place where it has another path says that instead.
   */
  readonly env: Readonly<Record<string, string>>;
  readonly size: TerminalSize;
}

/** A shell on a terminal of its own. */
export interface ShellSession {
  /** Output as it comes; one listener, called from the moment that it is set. */
  onData(listener: (text: string) => void): void;
  /** Stops and goes on reading, so that what runs in it waits for who looks at it. */
  pause(): void;
  resume(): void;
  write(text: string): void;
  resize(size: TerminalSize): void;
  /** Resolves when it has ended by itself or was closed, after the last output. Never rejects. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly signal: number | null }>;
  /** Ends it and what runs in it. Idempotent; never rejects. */
  close(): Promise<void>;
}

/** Opens shells where stages of one type of place run. */
export interface ShellPlace {
  /** @throws AppError `shell-unavailable`, or as `Places.open`, with one sentence and a way out; nothing is left then */
  open(request: ShellRequest): Promise<ShellSession>;
}
