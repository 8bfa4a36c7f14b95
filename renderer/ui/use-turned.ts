import { useCallback, useState } from 'react';

/** The groups of a list that differ from how all of them started, and what opens or closes one of them. */
export function useTurned(): readonly [turned: ReadonlySet<string>, turn: (key: string) => void] {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const turn = useCallback((key: string): void => {
    setTurned((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  return [turned, turn];
}
