import { Popover } from '#renderer/ui/popover.tsx';
import { useCanvasCommands } from './canvas-commands-context.ts';
import { useCanvas, useCanvasStore, type CanvasState } from './canvas-store.ts';
import type { PaletteItem } from './palette/palette-item.ts';
import { PaletteSearch } from './palette/palette-search.tsx';
import { snapPoint } from './scene/sizes.ts';

const selectAdding = ({ adding }: CanvasState) => adding;

/** The palette at a place of the canvas. */
export function AddPopover({
  items,
  onClose,
}: {
  readonly items: readonly PaletteItem[];
  readonly onClose: () => void;
}) {
  const store = useCanvasStore();
  const commands = useCanvasCommands();
  const adding = useCanvas(selectAdding);
  const close = (): void => {
    store.setState({ adding: null });
    onClose();
  };
  if (adding === null) return null;
  const { screen, spot } = adding;
  return (
    <Popover label="Add a stage" at={screen} open onOpenChange={(open) => !open && close()}>
      <PaletteSearch
        items={items}
        onPick={(item) => {
          close();
          const at = spot.at === undefined ? {} : { at: snapPoint(spot.at, store.getState().snaps) };
          void commands.add(item, { ...spot, ...at });
        }}
      />
    </Popover>
  );
}
