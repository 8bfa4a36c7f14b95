import { Search } from 'lucide-react';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { moveCursor } from '#renderer/ui/list-cursor.ts';
import { TextField } from '#renderer/ui/text-field.tsx';
import { useCanvasCommands } from './canvas-commands-context.ts';
import { useCanvas, useCanvasStore, type CanvasState } from './canvas-store.ts';
import { KindIcon } from './palette/kind-icon.tsx';
import { findStages } from './scene/find-stages.ts';
import styles from './editor-canvas.module.css';

const MOST_SHOWN = 12;
const selectGraph = ({ graph }: CanvasState) => graph;
const selectIsFinding = ({ isFinding }: CanvasState) => isFinding;

/** Finds a stage by name or by what it runs, and brings it into sight while one looks through the hits. */
export function FindStage({ onClose }: { readonly onClose: () => void }) {
  return useCanvas(selectIsFinding) ? <Finder onClose={onClose} /> : null;
}

function Finder({ onClose }: { readonly onClose: () => void }) {
  const id = useId();
  const store = useCanvasStore();
  const commands = useCanvasCommands();
  const graph = useCanvas(selectGraph);
  const [query, setQuery] = useState('');
  const [cursor, setCursor] = useState(0);
  const hits = findStages(graph.stages.values(), query, MOST_SHOWN);
  const current = hits[cursor]?.id;
  useEffect(() => {
    if (current !== undefined && query !== '') store.getState().camera?.reveal(current);
  }, [store, current, query]);
  const close = (): void => {
    store.setState({ isFinding: false });
    onClose();
  };
  const pick = (stage: string | undefined): void => {
    const { connecting } = store.getState();
    if (stage !== undefined && connecting !== null)
      store.setState({ connecting: { ...connecting, target: stage } });
    else if (stage !== undefined) commands.select([stage]);
    if (stage !== undefined) commands.reveal(stage);
    close();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') pick(current);
    else if (event.key === 'Escape') close();
    else {
      if (event.key.length === 1) return;
      const next = moveCursor(event.key, cursor, hits.length, MOST_SHOWN);
      if (next === null) return;
      setCursor(next);
    }
    event.preventDefault();
  };
  return (
    <div className={styles['finder']}>
      <TextField
        label="Find a stage of the file"
        hideLabel
        placeholder="Find a stage"
        leading={<Search size={14} />}
        value={query}
        onValueChange={(value) => {
          setQuery(value);
          setCursor(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={current === undefined ? undefined : `${id}-${cursor}`}
        autoFocus
      />
      <div id={id} role="listbox" aria-label="Stages found" className={styles['hits']}>
        {hits.map((stage, index) => (
          <div
            key={stage.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === cursor}
            className={styles['hit']}
            // Before the field loses the focus.
            onPointerDown={(event) => {
              event.preventDefault();
              pick(stage.id);
            }}
          >
            <KindIcon kind={stage.kind} size={14} />
            <span className={styles['hitName']}>{stage.name}</span>
            <span className={styles['hitSummary']}>{stage.summary}</span>
          </div>
        ))}
      </div>
      {hits.length === 0 && <p className={styles['noHit']}>No stage has “{query}” in it.</p>}
    </div>
  );
}
