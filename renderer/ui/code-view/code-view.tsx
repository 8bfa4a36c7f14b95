import { useEffect, useRef } from 'react';
import { mountCode, type CodeHandle, type CodeText } from './mount-code.ts';
import styles from './code-view.module.css';

export interface CodeViewProps extends CodeText {
  /** The line to bring into view, as of `marks`; a new object goes there again. */
  readonly at?: { readonly line: number } | null;
}

/**
 * A source text for reading, coloured by the language of its file, with what is told of its lines. Fills its parent.
 * Keep `marks` the same array: another one mounts the text anew. Import it lazily, CodeMirror is not small.
 */
export function CodeView({ text, path, label, marks, firstLine, at = null }: CodeViewProps) {
  const parent = useRef<HTMLDivElement>(null);
  const handle = useRef<CodeHandle | null>(null);
  useEffect(() => {
    if (parent.current === null) return undefined;
    const code = { text, path, label, marks, ...(firstLine !== undefined && { firstLine }) };
    const mounted = mountCode(parent.current, code);
    handle.current = mounted;
    return () => {
      handle.current = null;
      mounted.destroy();
    };
  }, [text, path, label, marks, firstLine]);
  useEffect(() => {
    if (at !== null) handle.current?.goTo(at.line);
  }, [at, text, path, marks]);
  return <div ref={parent} className={styles['code']} />;
}
