import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { HostKey } from '#shared/api/host-schemas.ts';
import styles from './hosts.module.css';

export interface AcceptKeyProps {
  readonly name: string;
  /** Null: nothing is asked. */
  readonly hostKey: HostKey | null;
  readonly onClose: () => void;
  readonly onAccepted: () => void;
}

/** Asks once more before the key of a host is taken for good: whoever holds it gets what stages send there. */
export function AcceptKey({ name, hostKey, onClose, onAccepted }: AcceptKeyProps) {
  const { client } = useBridge();
  const accept = async (fingerprint: string): Promise<void> => {
    try {
      await client.host.acceptKey({ name, fingerprint });
      onAccepted();
    } catch (error) {
      const { message, hint } = toFailure(error);
      showToast({ tone: 'failed', title: message, ...(hint === null ? {} : { body: hint }) });
    }
  };
  return (
    <ConfirmDialog
      open={hostKey !== null}
      onOpenChange={onClose}
      title={`Accept the key of ${name}?`}
      description={
        <>
          It goes into your known hosts. Accept it only if the host itself has the same fingerprint:
          <code className={styles['fingerprint']}>
            {hostKey?.type} {hostKey?.fingerprint}
          </code>
        </>
      }
      confirmLabel="Accept the key"
      onConfirm={() => {
        if (hostKey !== null) void accept(hostKey.fingerprint);
      }}
    />
  );
}
