import { CircleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { VisuallyHidden } from '#renderer/ui/visually-hidden.tsx';
import { useCanvas, useCanvasStore, type CanvasState } from './canvas-store.ts';
import styles from './editor-canvas.module.css';

const SHOWN_MS = 6_000;
const selectSaid = ({ said }: CanvasState) => said;
const selectConnecting = ({ connecting }: CanvasState) => connecting;

/** What the last action came to: said to screen readers, and shown when it was refused. */
export function CanvasNotice() {
  const store = useCanvasStore();
  const said = useCanvas(selectSaid);
  const connecting = useCanvas(selectConnecting);
  useEffect(() => {
    if (said?.isRefusal !== true) return undefined;
    const timer = setTimeout(() => {
      if (store.getState().said === said) store.setState({ said: null });
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [store, said]);
  return (
    <>
      <VisuallyHidden>
        <span role="status">{said?.text}</span>
      </VisuallyHidden>
      {said?.isRefusal === true ? (
        <div className={styles['notice']} data-refused aria-hidden>
          <CircleAlert size={14} />
          {said.text}
        </div>
      ) : (
        connecting !== null && (
          <div className={styles['notice']} aria-hidden>
            {connecting.target === null ? `Connect ${connecting.source} to …` : said?.text}
            <span className={styles['noticeKeys']}>
              <Kbd keys="arrowright" /> walk <Kbd keys="/" /> find <Kbd keys="enter" /> connect{' '}
              <Kbd keys="escape" /> leave
            </span>
          </div>
        )
      )}
    </>
  );
}
