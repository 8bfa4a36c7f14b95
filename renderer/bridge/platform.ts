import type { ContextCommand, DesktopApi, RequestInput, ShellCommand } from '#shared/api/desktop-ipc.ts';

/** What only the desktop can do; the browser shows other ways to the same ends. */
export interface DesktopCapabilities {
  /** As `process.platform` has it. */
  readonly platform: string;
  /** A native dialog; null when it was closed without a choice. */
  pickFolder(title: string): Promise<string | null>;
  /** Shows an existing absolute path in the file manager; false when it is gone. */
  reveal(path: string): Promise<boolean>;
  /** Colours of native parts and of the next start. */
  setTheme(theme: RequestInput<'pipewright:set-theme'>['theme']): Promise<void>;
  /** Which entries of the Run menu are possible now. */
  setCommands(available: readonly ContextCommand[]): Promise<void>;
  /** Menu entries, folders given at a second start, clicks on notifications; the returned function ends it. */
  onCommand(listener: (command: ShellCommand) => void): () => void;
}

/** Saves a file that comes in pieces; answers with its place, or null when the person chose none (or the browser keeps it to itself). */
export type SaveFile = (
  suggestedName: string,
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
) => Promise<string | null>;

/** A native dialog, then piece by piece to disk. When the pieces fail the partial file is dropped and the error passed on. */
export function desktopSaveFile(desktop: DesktopApi): SaveFile {
  return async (suggestedName, pieces) => {
    const target = await desktop.saveBegin(suggestedName);
    if (target === null) return null;
    try {
      for await (const piece of pieces) await desktop.saveAppend(target.id, piece);
    } catch (error) {
      await desktop.saveEnd(target.id, false);
      throw error;
    }
    await desktop.saveEnd(target.id, true);
    return target.path;
  };
}

/** The browser's own download; it gathers the pieces first, since a page cannot write to disk. */
export function browserSaveFile(page: Document): SaveFile {
  return async (suggestedName, pieces) => {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const piece of pieces) parts.push(piece);
    const url = URL.createObjectURL(new Blob(parts));
    const anchor = page.createElement('a');
    anchor.href = url;
    anchor.download = suggestedName;
    anchor.click();
    // The download has its own hold on the bytes once the click was handled.
    setTimeout(() => URL.revokeObjectURL(url), 0);
    return null;
  };
}
