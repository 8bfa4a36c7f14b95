import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef, useState } from 'react';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { PipelineGraph } from '#renderer/ui/pipeline-graph/pipeline-graph.tsx';
import type { TemplateOffer } from '#shared/api/template-schemas.ts';
import { readingExtensions } from '../text/text-extensions.ts';
import styles from './templates.module.css';

const READ_ONLY = [
  ...readingExtensions,
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.contentAttributes.of({ 'aria-label': 'Text of the template', tabindex: '0' }),
];

/** A template as graph and as text, before it is a file. */
export function TemplatePreview({ offer }: { readonly offer: TemplateOffer }) {
  const [selected, setSelected] = useState<string | null>(null);
  const line = offer.stages.find(({ id }) => id === selected)?.line ?? null;
  return (
    <>
      <div className={styles['graph']}>
        {offer.stages.length === 0 ? (
          <EmptyState title="No stages yet">The editor opens with an empty canvas.</EmptyState>
        ) : (
          <PipelineGraph
            label={`Stages of ${offer.title}`}
            stages={offer.stages}
            selectedId={selected}
            onSelect={setSelected}
          />
        )}
      </div>
      <TemplateText text={offer.text} line={line} />
    </>
  );
}

function TemplateText({ text, line }: { readonly text: string; readonly line: number | null }) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  useEffect(() => {
    const mounted = new EditorView({
      state: EditorState.create({ doc: text, extensions: READ_ONLY }),
      parent: box.current!,
    });
    view.current = mounted;
    return () => mounted.destroy();
  }, [text]);
  useEffect(() => {
    const shown = view.current;
    if (shown === null || line === null || line > shown.state.doc.lines) return;
    const { from } = shown.state.doc.line(line);
    shown.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'start', yMargin: 20 }) });
  }, [line, text]);
  return <div ref={box} className={styles['text']} />;
}
