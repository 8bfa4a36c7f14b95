import { Unplug } from 'lucide-react';
import { AlertDialog } from 'radix-ui';
import { Button } from '#renderer/ui/button.tsx';
import { Spinner } from '#renderer/ui/spinner.tsx';
import dialogStyles from '#renderer/ui/dialog.module.css';
import styles from './host-lost-overlay.module.css';

export interface HostLostOverlayProps {
  /**
   * `connected` shows nothing; `reconnecting` a small note that blocks nothing;
   * `lost` and `restarting` a dialog, since nothing on the screen is true any more.
   */
  readonly state: 'connected' | 'reconnecting' | 'lost' | 'restarting';
  /** Why, where known: an exit code, an address. */
  readonly detail?: string;
  /** Starts the engine again (desktop); without it one can only reload. */
  readonly onRestart?: () => void;
}

/** Says that the engine behind the window is gone, and brings it back. */
export function HostLostOverlay({ state, detail, onRestart }: HostLostOverlayProps) {
  if (state === 'connected') return null;
  if (state === 'reconnecting') {
    return (
      <div className={styles['note']} role="status">
        <Spinner size={14} />
        <span>
          Connection lost, trying again.
          {detail !== undefined && <span className={styles['noteDetail']}>{detail}</span>}
        </span>
        {onRestart !== undefined && (
          <Button size="small" onClick={onRestart}>
            Try now
          </Button>
        )}
      </div>
    );
  }
  const restarting = state === 'restarting';
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={`${dialogStyles['overlay']} ${styles['scrim']}`} />
        <AlertDialog.Content
          className={`${dialogStyles['dialog']} ${styles['dialog']}`}
          style={{ width: 440 }}
        >
          <div className={styles['icon']}>
            <Unplug size={20} />
          </div>
          <AlertDialog.Title className={styles['title']}>The engine has stopped</AlertDialog.Title>
          <AlertDialog.Description className={styles['text']}>
            What had happened by then is stored. Restart it to continue; unfinished runs are taken up again or
            marked as interrupted.
            {detail !== undefined && <span className={styles['detail']}>{detail}</span>}
          </AlertDialog.Description>
          <div className={styles['actions']}>
            <Button onClick={() => location.reload()}>Reload window</Button>
            {onRestart !== undefined && (
              <Button variant="primary" busy={restarting} onClick={onRestart}>
                {restarting ? 'Restarting' : 'Restart engine'}
              </Button>
            )}
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
