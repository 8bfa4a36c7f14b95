import { useEffect, useRef, useState } from 'react';

export interface Draft {
  readonly text: string;
  /** Why the last try to set it failed; null while there is nothing wrong. */
  readonly problem: string | null;
  readonly isChanged: boolean;
  readonly change: (text: string) => void;
  /** Sets what was typed, if that is anything new. */
  readonly settle: () => void;
  readonly takeBack: () => void;
}

/**
 * What is being typed into a field before it is set, which leaving the field does, too.
 * @param shown the text of the value that is set
 * @param set resolves with what is wrong with the text, or null once it is shown
 */
export function useDraft(shown: string, set: (text: string) => Promise<string | null>): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isChanged = draft !== null && draft !== shown;

  const settle = (): void => {
    if (draft === null || problem !== null) return;
    if (draft === shown) {
      setDraft(null);
      return;
    }
    void set(draft).then((fault) => {
      setProblem(fault);
      // What was typed since then stays.
      if (fault === null) setDraft((current) => (current === draft ? null : current));
    });
  };

  const latest = useRef(settle);
  useEffect(() => {
    latest.current = settle;
  });
  // A field that goes away while it has the focus gets no blur.
  useEffect(() => () => latest.current(), []);

  return {
    text: draft ?? shown,
    problem,
    isChanged,
    change(text) {
      setDraft(text);
      setProblem(null);
    },
    settle,
    takeBack() {
      setDraft(null);
      setProblem(null);
    },
  };
}
