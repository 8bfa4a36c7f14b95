import { RotateCcw, TerminalSquare } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { Checkbox } from '#renderer/ui/checkbox.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import { useTerminal } from '../hooks/use-terminal.ts';
import type { ShellState } from '../shell-connection.ts';
import { useShellSettings } from '../shell-settings.ts';
import { endWords } from '../shell-words.ts';
import styles from './shell-view.module.css';

export interface ShellViewProps {
  readonly runId: RunId;
  readonly stage: StageId;
  /** 1-based. */
  readonly attempt: number;
  /** Names of the secrets that the stage has. */
  readonly secrets: readonly string[];
}

/** A shell where an attempt worked. It opens at once, without secrets, and ends when one leaves. Fills its parent. */
export function ShellView(props: ShellViewProps) {
  const { secrets } = props;
  const options = useRef<HTMLDivElement>(null);
  const [withSecrets, setWithSecrets] = useState(false);
  const [opening, setOpening] = useState(1);
  const screenReader = useShellSettings((settings) => settings.screenReader);
  const leave = (): void => options.current?.querySelector<HTMLElement>('button')?.focus();
  return (
    <div className={styles['shell']}>
      <OpenShell
        // Another shell is another terminal.
        key={`${opening} ${withSecrets}`}
        {...props}
        withSecrets={withSecrets}
        onLeave={leave}
        onAgain={() => setOpening(opening + 1)}
      />
      <div ref={options} className={styles['options']} role="group" aria-label="Options of the shell">
        {secrets.length > 0 && (
          <Checkbox
            label={`With the stage’s secrets (${secrets.join(', ')})`}
            hint="Opens another shell. Their values are variables in it: whatever runs there can read, show and send them."
            checked={withSecrets}
            onCheckedChange={setWithSecrets}
          />
        )}
        <Checkbox
          label="Screen reader"
          hint="What the shell writes is read aloud. Shift+Esc leaves the terminal."
          checked={screenReader}
          onCheckedChange={(checked) => useShellSettings.setState({ screenReader: checked })}
        />
      </div>
    </div>
  );
}

interface OpenShellProps extends ShellViewProps {
  readonly withSecrets: boolean;
  readonly onLeave: () => void;
  readonly onAgain: () => void;
}

function OpenShell({ runId, stage, attempt, withSecrets, onLeave, onAgain }: OpenShellProps) {
  const { element, state } = useTerminal({ runId, stage, attempt, withSecrets }, onLeave);
  const isRefused = state.type === 'failed';
  return (
    <>
      <ShellNote state={state} onAgain={onAgain} />
      <div
        className={styles['terminal']}
        role="region"
        aria-label={`Shell in ${stage}`}
        aria-busy={state.type === 'opening'}
        hidden={isRefused}
      >
        {/* Without padding of its own: the terminal measures how many lines fit in here. */}
        <div ref={element} className={styles['screen']} />
      </div>
    </>
  );
}

/** What is to be said besides the shell's own output. */
function ShellNote({ state, onAgain }: { readonly state: ShellState; readonly onAgain: () => void }) {
  const again = (
    <Button size="small" icon={<RotateCcw size={14} />} onClick={onAgain}>
      Open again
    </Button>
  );
  if (state.type === 'ended') return <Callout title={endWords(state)} actions={again} />;
  if (state.type !== 'failed') return null;
  return (
    <EmptyState icon={<TerminalSquare size={20} />} title="No shell can be opened here" actions={again}>
      {state.failure.message} {state.failure.hint}
    </EmptyState>
  );
}
