import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { HOSTS } from './use-hosts.ts';
import { ended, type HostTest, NEW_TEST, withEvent } from './test-words.ts';

/** Tests of connections, by host; one at a time for each, and they go on while another host is looked at. */
export interface HostTests {
  readonly of: (name: string) => HostTest | null;
  readonly start: (name: string) => void;
  readonly cancel: (name: string) => void;
}

export function useHostTests(): HostTests {
  const { client, cache } = useBridge();
  const [tests, setTests] = useState<ReadonlyMap<string, HostTest>>(new Map());
  const running = useRef(new Map<string, AbortController>());
  const change = useCallback((name: string, to: (test: HostTest) => HostTest) => {
    setTests((before) => new Map(before).set(name, to(before.get(name) ?? NEW_TEST)));
  }, []);
  const cancel = useCallback((name: string) => running.current.get(name)?.abort(), []);
  const start = useCallback(
    (name: string) => {
      running.current.get(name)?.abort();
      const end = new AbortController();
      running.current.set(name, end);
      change(name, () => NEW_TEST);
      const isCurrent = (): boolean => running.current.get(name) === end;
      const go = async (): Promise<void> => {
        try {
          for await (const event of await client.host.test({ name }, { signal: end.signal })) {
            if (isCurrent()) change(name, (test) => withEvent(test, event));
          }
          if (isCurrent()) change(name, (test) => ended(test));
        } catch (error) {
          const fault = end.signal.aborted ? null : toFailure(error).message;
          if (isCurrent()) change(name, (test) => ended(test, fault));
        }
        if (isCurrent()) running.current.delete(name);
        cache.invalidate([HOSTS]);
      };
      void go();
    },
    [cache, change, client],
  );
  useEffect(() => {
    const controllers = running.current;
    return () => {
      for (const end of controllers.values()) end.abort();
    };
  }, []);
  return useMemo(() => ({ of: (name) => tests.get(name) ?? null, start, cancel }), [cancel, start, tests]);
}
