import { useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useRef, type PointerEvent } from 'react';
import { useTheme } from '#renderer/theme/theme-store.ts';
import { useCanvas, useCanvasStore, type CanvasState } from './canvas-store.ts';
import { readColours } from './picture/picture-colours.ts';
import { CARD, type Box, type Point } from './scene/sizes.ts';
import styles from './editor-canvas.module.css';

const SIZE = { width: 160, height: 104 } as const;
const PADDING = 6;
/** A map of fewer stages would hide more than it shows. */
const LEAST_MAPPED = 13;

const selectScene = ({ scene }: CanvasState) => scene;

/** How the map shows a box of the canvas. */
function mapScale({ left, top, right, bottom }: Box) {
  const scale = Math.min(
    (SIZE.width - 2 * PADDING) / (right - left),
    (SIZE.height - 2 * PADDING) / (bottom - top),
  );
  return {
    scale,
    x: SIZE.width / 2 - ((left + right) / 2) * scale,
    y: SIZE.height / 2 - ((top + bottom) / 2) * scale,
  };
}

/** All stages in small, with the part in view; a press or a drag goes there. Only where not all is in view. */
export function CanvasMap() {
  const { bounds, places } = useCanvas(selectScene);
  const isAllInView = useStore(
    ({ transform: [x, y, zoom], width, height }) =>
      bounds === null ||
      (bounds.left * zoom + x >= 0 &&
        bounds.top * zoom + y >= 0 &&
        bounds.right * zoom + x <= width &&
        bounds.bottom * zoom + y <= height),
  );
  return bounds === null || isAllInView || places.size < LEAST_MAPPED ? null : <Map bounds={bounds} />;
}

function Map({ bounds }: { readonly bounds: Box }) {
  const store = useCanvasStore();
  const flowStore = useStoreApi();
  const scene = useCanvas(selectScene);
  const theme = useTheme((state) => state.theme);
  const stages = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const canvas = stages.current!;
    const ratio = window.devicePixelRatio;
    canvas.width = SIZE.width * ratio;
    canvas.height = SIZE.height * ratio;
    const context = canvas.getContext('2d')!;
    const { scale, x, y } = mapScale(bounds);
    const colours = readColours();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { graph } = store.getState();
    for (const [id, place] of scene.places) {
      const isBad = (graph.stages.get(id)?.errors ?? 0) > 0;
      context.fillStyle = isBad ? colours.failed : colours.border;
      context.fillRect(
        place.x * scale + x,
        place.y * scale + y,
        Math.max(1, CARD.width * scale),
        Math.max(1, CARD.height * scale),
      );
    }
  }, [store, scene, bounds, theme]);

  useEffect(() => {
    const { scale, x, y } = mapScale(bounds);
    const show = (): void => {
      const { transform, width, height } = flowStore.getState();
      const [left, top, zoom] = transform;
      // The canvas goes on for a moment while this goes away.
      const style = frame.current?.style;
      if (style === undefined) return;
      style.transform = `translate(${(-left / zoom) * scale + x}px, ${(-top / zoom) * scale + y}px)`;
      style.width = `${(width / zoom) * scale}px`;
      style.height = `${(height / zoom) * scale}px`;
    };
    show();
    return flowStore.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width) show();
    });
  }, [flowStore, bounds]);

  const go = (event: PointerEvent<HTMLElement>): void => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { scale, x, y } = mapScale(bounds);
    const to: Point = { x: (event.clientX - box.left - x) / scale, y: (event.clientY - box.top - y) / scale };
    store.getState().camera?.centre(to);
  };
  return (
    <div
      className={styles['map']}
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
    >
      <canvas ref={stages} style={SIZE} />
      <div ref={frame} className={styles['mapFrame']} />
    </div>
  );
}
