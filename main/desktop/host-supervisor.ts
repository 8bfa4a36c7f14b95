import type { HostStatus } from '#shared/api/desktop-ipc.ts';
import type { KeychainAnswer, KeychainRequest } from '#shared/api/host-protocol.ts';
import type { DesktopNotice } from '#shared/api/notice-schema.ts';
import type { HostProcess, StartHost } from './host-process.ts';

/** A host that has not said `ready` by then is taken for stuck. */
const START_LIMIT_MS = 30_000;
/** Time for stopping runs when the application quits. */
const SHUTDOWN_LIMIT_MS = 10_000;
const OUTPUT_TAIL_CHARS = 4_000;

type Lost = Extract<HostStatus, { status: 'lost' }>;

/** The window's end of a connection. */
interface Closable {
  close(): void;
}

export interface HostSupervisorOptions<Port extends Closable> {
  readonly start: StartHost<Port>;
  readonly onStatus: (status: HostStatus) => void;
  readonly onOutput: (text: string) => void;
  readonly onNotice: (notice: DesktopNotice) => void;
  /** Never rejects. */
  readonly askKeychain: (request: KeychainRequest) => Promise<KeychainAnswer>;
}

/** Keeps one engine host: starts it, tells of its death, starts it again when asked. */
export class HostSupervisor<Port extends Closable> {
  #host: HostProcess<Port> | null = null;
  #status: HostStatus | { readonly status: 'starting' } = { status: 'starting' };
  #dataDir: string | null = null;
  #runningRuns = 0;
  #isQuitting = false;
  #startTimer: NodeJS.Timeout | null = null;
  readonly #waiting = new Set<() => void>();
  readonly #options: HostSupervisorOptions<Port>;

  constructor(options: HostSupervisorOptions<Port>) {
    this.#options = options;
  }

  /** Where the host keeps its data; null until it is ready. */
  get dataDir(): string | null {
    return this.#dataDir;
  }

  get runningRuns(): number {
    return this.#runningRuns;
  }

  /** Starts the host unless one lives. */
  start(): void {
    if (this.#host !== null || this.#isQuitting) return;
    this.#status = { status: 'starting' };
    let tail = '';
    // Its own last words say more than its exit code.
    let lastWords: Lost | null = null;
    this.#startTimer = setTimeout(() => {
      lastWords = {
        status: 'lost',
        message: 'The engine does not start.',
        hint: `It said nothing for ${START_LIMIT_MS / 1_000} seconds.`,
      };
      this.#host?.kill();
    }, START_LIMIT_MS);
    this.#host = this.#options.start({
      onMessage: (message) => {
        switch (message.type) {
          case 'ready':
            this.#dataDir = message.dataDir;
            this.#settle({ status: 'ready' });
            return;
          case 'failed':
            lastWords = { status: 'lost', message: message.message, hint: message.hint };
            return;
          case 'activity':
            this.#runningRuns = message.runningRuns;
            return;
          case 'notice':
            this.#options.onNotice(message);
            return;
          case 'keychain':
            void this.#options
              .askKeychain(message.request)
              .then((answer) => this.#host?.answerKeychain(message.id, answer));
        }
      },
      onOutput: (text) => {
        tail = (tail + text).slice(-OUTPUT_TAIL_CHARS);
        this.#options.onOutput(text);
      },
      onExit: (reason) => {
        this.#host = null;
        this.#runningRuns = 0;
        this.#settle(lastWords ?? { status: 'lost', message: `The engine ${reason}.`, hint: lastLine(tail) });
      },
    });
  }

  /** Connects a port as soon as the host is ready; answers with the reason when there is none. Then the port is closed. */
  async connect(port: Port): Promise<Lost | null> {
    while (this.#status.status === 'starting')
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    if (this.#status.status === 'ready' && this.#host !== null) {
      this.#host.connect(port);
      return null;
    }
    port.close();
    return this.#status.status === 'lost'
      ? this.#status
      : { status: 'lost', message: 'The engine ended.', hint: null };
  }

  /** Ends the host for good, letting it stop its runs; resolves when it is gone. */
  async quit(): Promise<void> {
    this.#isQuitting = true;
    const host = this.#host;
    if (host === null) return;
    const timer = setTimeout(() => host.kill(), SHUTDOWN_LIMIT_MS);
    const gone = new Promise<void>((resolve) => this.#waiting.add(resolve));
    host.shutdown();
    await gone;
    clearTimeout(timer);
  }

  #settle(status: HostStatus): void {
    if (this.#startTimer !== null) clearTimeout(this.#startTimer);
    this.#startTimer = null;
    this.#status = status;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
    if (!this.#isQuitting) this.#options.onStatus(status);
  }
}

/** The last line that the host wrote, without stack frames. */
function lastLine(output: string): string | null {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '' && !line.startsWith('at ')) ?? null;
}
