import { Clock, Copy, Download, ListEnd, WrapText } from 'lucide-react';
import { useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { useShortcut } from '#renderer/ui/shortcuts/use-shortcut.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { LogView } from '../hooks/use-log-view.ts';
import type { TimestampMode } from '../line-time.ts';
import { logFileName, type LogRef } from '../log-ref.ts';
import { useLogSettings } from '../log-settings.ts';
import { logPieces, readLines } from '../read-log.ts';
import { JumpDialog } from './jump-dialog.tsx';

const MOST_COPIED_BYTES = 20_000_000;
const TIMES = [
  { value: 'none', label: 'None' },
  { value: 'relative', label: 'Since the start' },
  { value: 'absolute', label: 'Time of day' },
] as const;

interface LogActionsProps {
  readonly logRef: LogRef;
  readonly view: LogView;
}

/** What can be done with a log: wrap, times, jump, copy, download. */
export function LogActions({ logRef, view }: LogActionsProps) {
  const { client, saveFile } = useBridge();
  const { wrap, timestamps } = useLogSettings();
  const [isJumping, setIsJumping] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const { log, selected, viewport } = view;
  const lineCount = log.info?.lineCount ?? 0;
  const toggleWrap = (): void => {
    useLogSettings.setState({ wrap: !wrap });
  };
  useShortcut('w', toggleWrap);
  useShortcut('mod+g', () => setIsJumping(true), { whileTyping: true });

  const copy = async (from: number, to: number): Promise<void> => {
    try {
      await navigator.clipboard.writeText(await readLines(client, logRef, from, to));
      showToast({
        title: from === to ? `Copied line ${from}` : `Copied ${to - from + 1} lines`,
        key: 'log-copy',
      });
    } catch (error) {
      showToast({ tone: 'failed', title: 'Could not copy', body: toFailure(error).message, key: 'log-copy' });
    }
  };
  const download = async (): Promise<void> => {
    setIsSaving(true);
    try {
      await saveFile(logFileName(logRef), logPieces(client, logRef));
    } catch (error) {
      showToast({ tone: 'failed', title: 'Could not download the log', body: toFailure(error).message });
    } finally {
      setIsSaving(false);
    }
  };
  const copySelected = (): void => {
    if (selected !== null) void copy(selected.from, selected.to);
  };
  const copyTextOrLines = (): void => {
    const text = getSelection()?.toString() ?? '';
    if (text === '') copySelected();
    else void navigator.clipboard.writeText(text);
  };
  useShortcut('mod+c', copyTextOrLines, { enabled: selected !== null });
  return (
    <>
      <IconButton
        label="Wrap long lines"
        shortcut="w"
        icon={<WrapText size={14} />}
        pressed={wrap}
        onClick={toggleWrap}
      />
      <DropdownMenu
        align="end"
        trigger={<IconButton label="Times" icon={<Clock size={14} />} pressed={timestamps !== 'none'} />}
        entries={[
          {
            type: 'choice',
            label: 'Times of lines',
            value: timestamps,
            options: TIMES,
            onChange: (value) => useLogSettings.setState({ timestamps: value as TimestampMode }),
          },
        ]}
      />
      <IconButton
        label="Jump to a line"
        shortcut="mod+g"
        icon={<ListEnd size={14} />}
        disabled={lineCount === 0}
        onClick={() => setIsJumping(true)}
      />
      <DropdownMenu
        align="end"
        trigger={<IconButton label="Copy" icon={<Copy size={14} />} disabled={lineCount === 0} />}
        entries={[
          {
            label:
              selected !== null && selected.to > selected.from
                ? 'Copy the selected lines'
                : 'Copy the selected line',
            shortcut: 'mod+c',
            disabled: selected === null,
            onSelect: copySelected,
          },
          {
            label:
              (log.info?.sizeBytes ?? 0) > MOST_COPIED_BYTES
                ? 'Copy all (too long: download it)'
                : 'Copy all',
            disabled: (log.info?.sizeBytes ?? 0) > MOST_COPIED_BYTES,
            onSelect: () => void copy(1, lineCount),
          },
          {
            label: 'Copy a link to here',
            onSelect: () => void navigator.clipboard.writeText(location.href),
          },
        ]}
      />
      <IconButton
        label="Download"
        icon={<Download size={14} />}
        disabled={lineCount === 0}
        busy={isSaving}
        onClick={() => void download()}
      />
      <JumpDialog
        open={isJumping}
        onOpenChange={setIsJumping}
        lineCount={lineCount}
        onJump={(line) => {
          viewport.reveal(line);
          view.setSelected({ from: line, to: line });
        }}
      />
    </>
  );
}
