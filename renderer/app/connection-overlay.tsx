import { useBridge, useConnection } from '#renderer/bridge/bridge-context.ts';
import { useState } from 'react';
import { HostLostOverlay } from './host-lost-overlay.tsx';

/** Says that the engine cannot be reached, for as long as that is so. */
export function ConnectionOverlay() {
  const bridge = useBridge();
  const connection = useConnection();
  const [restarting, setRestarting] = useState(false);
  const retry = async (): Promise<void> => {
    setRestarting(true);
    try {
      await bridge.retry();
    } finally {
      setRestarting(false);
    }
  };
  if (connection.status !== 'lost') return null;
  const detail = [connection.message, connection.hint].filter(Boolean).join(' ');
  return (
    <HostLostOverlay
      state={connection.retrying ? 'reconnecting' : restarting ? 'restarting' : 'lost'}
      detail={detail}
      onRestart={() => void retry()}
    />
  );
}
