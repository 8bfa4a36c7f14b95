import { z } from 'zod';

/** Everything that crosses between a window's preload script and the desktop shell; both sides use these names and schemas. */

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export const SCREENS = ['projects', 'runs', 'settings'] as const;

/** Menu entries that make sense only at times; the window says which are possible now, the menu greys out the others. */
export const CONTEXT_COMMANDS = ['run-pipeline', 'run-again', 'cancel-run'] as const;
export type ContextCommand = (typeof CONTEXT_COMMANDS)[number];

/** What the application menu, a second start or a notification asks of the window. */
export type ShellCommand =
  | { readonly type: 'open-project'; readonly dir: string }
  | { readonly type: 'open-run'; readonly runId: string }
  | { readonly type: 'go'; readonly screen: (typeof SCREENS)[number] }
  | { readonly type: 'set-theme'; readonly theme: (typeof THEME_CHOICES)[number] }
  | { readonly type: 'show-palette' }
  | { readonly type: 'show-shortcuts' }
  | { readonly type: ContextCommand };

/** Whether the engine host can be talked to. Sent on every change; a window that connects gets `failed` as its answer. */
export type HostStatus =
  | { readonly status: 'ready' }
  /** It ended or could not start: one sentence and the way out. `restartHost` tries again. */
  | { readonly status: 'lost'; readonly message: string; readonly hint: string | null };

export type ConnectResult =
  { readonly ok: true } | { readonly ok: false; readonly message: string; readonly hint: string | null };

const MAX_PIECE_BYTES = 16 * 1024 * 1024;

/**
 * Calls from a window, by channel: the shell parses the one argument with the schema and refuses everything else.
 * Marked as pure, so that the preload script and the page, which use the names only, do not carry the schemas.
 */
export const REQUESTS = /* @__PURE__ */ defineRequests();

function defineRequests() {
  const noInput = z.undefined();
  return {
    'pipewright:connect': z.object({ id: z.string().min(1).max(64) }),
    'pipewright:restart-host': noInput,
    'pipewright:pick-folder': z.object({ title: z.string().max(200) }),
    'pipewright:reveal': z.object({ path: z.string().min(1).max(4_096) }),
    'pipewright:save-begin': z.object({ suggestedName: z.string().min(1).max(255) }),
    'pipewright:save-append': z.object({
      id: z.uuid(),
      bytes: z.custom<Uint8Array>(
        (value) => value instanceof Uint8Array && value.byteLength <= MAX_PIECE_BYTES,
        'A piece is bytes, 16 MiB at most.',
      ),
    }),
    'pipewright:save-end': z.object({ id: z.uuid(), keep: z.boolean() }),
    'pipewright:set-theme': z.object({ theme: z.enum(THEME_CHOICES) }),
    'pipewright:set-commands': z.object({ available: z.array(z.enum(CONTEXT_COMMANDS)) }),
  };
}
export type RequestChannel = keyof typeof REQUESTS;
export type RequestInput<Channel extends RequestChannel> = z.infer<(typeof REQUESTS)[Channel]>;

/** What each call answers with. */
export interface RequestResults {
  'pipewright:connect': ConnectResult;
  'pipewright:restart-host': undefined;
  /** Null when the person chose none. */
  'pipewright:pick-folder': string | null;
  /** False when there is nothing at that path. */
  'pipewright:reveal': boolean;
  /** Null when the person chose no place; else the id for the pieces and the place. */
  'pipewright:save-begin': { readonly id: string; readonly path: string } | null;
  'pipewright:save-append': undefined;
  'pipewright:save-end': undefined;
  'pipewright:set-theme': undefined;
  'pipewright:set-commands': undefined;
}

/** Messages to a window. `PORT` carries a MessagePort to the host and `{ id }` of the `connect` it answers. */
export const MESSAGES = {
  PORT: 'pipewright:port',
  HOST: 'pipewright:host',
  COMMAND: 'pipewright:command',
} as const;

/** What the desktop offers beyond the contract. All of it fails with an `Error` whose message is one sentence. */
export interface DesktopApi {
  readonly platform: string;
  /** A native dialog; null when it was closed without a choice. */
  pickFolder(title: string): Promise<string | null>;
  /** Shows an existing absolute path in the file manager; false when it is gone. */
  reveal(path: string): Promise<boolean>;
  /** Asks where to save; the pieces go to a partial file that `saveEnd` puts in place (or drops with `keep` false). */
  saveBegin(suggestedName: string): Promise<{ readonly id: string; readonly path: string } | null>;
  saveAppend(id: string, bytes: Uint8Array): Promise<void>;
  saveEnd(id: string, keep: boolean): Promise<void>;
  /** Tells the shell, so that native parts and the next start have the theme's colours. */
  setTheme(theme: (typeof THEME_CHOICES)[number]): Promise<void>;
  setCommands(available: readonly ContextCommand[]): Promise<void>;
  restartHost(): Promise<void>;
  /** The returned function ends the subscription. */
  onHost(listener: (status: HostStatus) => void): () => void;
  onCommand(listener: (command: ShellCommand) => void): () => void;
}

/** `window.pipewright`: all that a page of the desktop application can reach. */
export interface PreloadApi {
  /**
   * Asks for a port to the engine host, waiting while it starts. On success the port arrives as a `message` event of this
   * window with data `{ type: MESSAGES.PORT, id }`, because a port cannot cross the context bridge. The event may come before the answer.
   */
  connect(id: string): Promise<ConnectResult>;
  readonly desktop: DesktopApi;
}
