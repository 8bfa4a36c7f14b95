import { useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { showToast } from '#renderer/ui/toast-store.ts';
import { keyHint } from './key-hint.ts';
import styles from './secrets.module.css';

/** Where the key of the secrets is kept, and the way to have the system's keychain keep it. */
export function KeyKeepingLine() {
  const { client, cache } = useBridge();
  const keeping = useRemote(['secrets', 'key'], (signal) => client.secret.key(undefined, { signal }));
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  if (keeping.status !== 'ready') return <div className={styles['key']} />;
  const { place, obstacle } = keeping.value;
  const move = async (to: 'file' | 'keychain'): Promise<void> => {
    setIsBusy(true);
    try {
      await client.secret.keepKey({ place: to });
    } catch (error) {
      const { message, hint } = toFailure(error);
      showToast({ tone: 'failed', title: message, ...(hint === null ? {} : { body: hint }) });
    } finally {
      cache.invalidate(['secrets', 'key']);
      setIsBusy(false);
    }
  };
  return (
    <div className={styles['key']}>
      <Switch
        label="Keep the key in the system's keychain"
        hint={keyHint(keeping.value)}
        checked={place === 'keychain'}
        disabled={obstacle !== null || isBusy}
        onCheckedChange={(wanted) => {
          if (wanted) setIsAsking(true);
          else void move('file');
        }}
      />
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title="Keep the key in the system's keychain?"
        description="Only this application can open the secrets then: pipewright in a terminal, Git hooks and pipewright serve cannot, unless PIPEWRIGHT_KEY holds the key. Put a copy of secrets.key in a safe place first: without it and without this keychain the secrets are lost."
        confirmLabel="Move the key"
        onConfirm={() => void move('keychain')}
      />
    </div>
  );
}
