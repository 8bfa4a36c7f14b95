import '@xterm/xterm/css/xterm.css';
import '#renderer/theme/ansi-colours.css';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { readToken } from '#renderer/theme/read-token.ts';
import { useTheme } from '#renderer/theme/theme-store.ts';
import { isMac } from '#renderer/ui/shortcuts/platform.ts';
import { connectShell, type ShellRequest, type ShellState } from '../shell-connection.ts';
import { useShellSettings } from '../shell-settings.ts';
import { shellMemory } from '../shell-memory.ts';
import { terminalKey } from '../terminal-keys.ts';
import { readTerminalTheme } from '../terminal-theme.ts';

const SCROLLBACK_LINES = 10_000;

export interface ShellTerminal {
  /** Where the terminal is drawn. */
  readonly element: RefObject<HTMLDivElement | null>;
  readonly state: ShellState;
}

type About = Pick<ShellRequest, 'runId' | 'stage' | 'attempt' | 'withSecrets'>;

/** A terminal with a shell in it, for as long as it is mounted. @param onLeave the person wants out of the terminal */
export function useTerminal(about: About, onLeave: () => void): ShellTerminal {
  const { client } = useBridge();
  const element = useRef<HTMLDivElement>(null);
  const terminalRef = useRef<Terminal | null>(null);
  const leave = useRef(onLeave);
  const [state, setState] = useState<ShellState>({ type: 'opening' });
  const theme = useTheme((shown) => shown.theme);
  const screenReader = useShellSettings((settings) => settings.screenReader);
  const { runId, stage, attempt, withSecrets } = about;

  useEffect(() => {
    leave.current = onLeave;
  });

  useEffect(() => {
    const parent = element.current;
    if (parent === null) return undefined;
    const terminal = createTerminal(parent, () => leave.current());
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(parent);
    fit.fit();
    terminalRef.current = terminal;
    let isReplaying = false;
    const size = { columns: terminal.cols, rows: terminal.rows };
    const shell = connectShell(
      client,
      { runId, stage, withSecrets, ...size, ...(attempt !== undefined && { attempt }) },
      {
        onState: setState,
        onData(text, isReplay, shown) {
          isReplaying ||= isReplay;
          terminal.write(text, () => {
            if (isReplay) isReplaying = false;
            shown();
          });
        },
      },
      shellMemory(`${runId} ${stage} ${attempt ?? 0} ${withSecrets}`),
    );
    // What it answers to questions that were answered before is nothing that anyone typed.
    terminal.onData((text) => {
      if (!isReplaying) shell.write(text);
    });
    terminal.onResize(({ cols, rows }) => shell.resize(cols, rows));
    // A shell of before may have had another window around it.
    shell.resize(terminal.cols, terminal.rows);
    terminal.focus();
    const observer = new ResizeObserver(() => fit.fit());
    observer.observe(parent);
    return () => {
      observer.disconnect();
      shell.close();
      terminalRef.current = null;
      terminal.dispose();
    };
  }, [client, runId, stage, attempt, withSecrets]);

  useEffect(() => {
    if (terminalRef.current !== null) terminalRef.current.options.theme = readTerminalTheme();
  }, [theme]);

  useEffect(() => {
    if (terminalRef.current !== null) terminalRef.current.options.screenReaderMode = screenReader;
  }, [screenReader]);

  return { element, state };
}

function createTerminal(parent: HTMLElement, onLeave: () => void): Terminal {
  const terminal = new Terminal({
    theme: readTerminalTheme(),
    fontFamily: readToken('--font-mono'),
    fontSize: 13,
    lineHeight: 1.25,
    scrollback: SCROLLBACK_LINES,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    screenReaderMode: useShellSettings.getState().screenReader,
    // Programs choose colours for a ground that they do not know.
    minimumContrastRatio: 4.5,
  });
  terminal.attachCustomKeyEventHandler((event) => {
    const key = terminalKey(event, terminal.hasSelection(), isMac);
    if (key === null) return true;
    // The browser pastes by itself.
    if (key === 'paste') return false;
    event.preventDefault();
    if (key === 'leave') {
      event.stopPropagation();
      onLeave();
    } else if (terminal.hasSelection()) {
      void navigator.clipboard.writeText(terminal.getSelection()).catch(() => undefined);
      terminal.clearSelection();
    }
    return false;
  });
  parent.replaceChildren();
  return terminal;
}
