import { useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import type { BridgeClient } from '#renderer/bridge/client.ts';

type TestInput = Parameters<BridgeClient['notification']['test']>[0];

/** Sends test messages one at a time and keeps what became of the last one. */
export function useTestMessage() {
  const { client } = useBridge();
  const [isBusy, setIsBusy] = useState(false);
  const [result, setResult] = useState<{ readonly sent: boolean; readonly words: string } | null>(null);
  const send = async (input: TestInput): Promise<void> => {
    if (isBusy) return;
    setIsBusy(true);
    setResult(null);
    try {
      const { sent, reason } = await client.notification.test(input);
      setResult({ sent, words: reason ?? 'Sent.' });
    } catch (error) {
      setResult({ sent: false, words: toFailure(error).message });
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, result, send, say: setResult };
}
