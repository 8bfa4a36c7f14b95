import { FilePanel } from './panel/file-panel.tsx';
import { StagePanel } from './panel/stage-panel.tsx';
import { StagesPanel } from './panel/stages-panel.tsx';
import { useChosenStages } from './panel/use-chosen-stages.ts';
import { ShowTextContext } from './use-show-in-text.ts';

export interface PropertyPanelProps {
  /** Brings the text beside the form, where it is not in view. */
  readonly onShowText: () => void;
}

/** The settings of what is chosen: of one stage, of several at once, or of the file while none is. */
export function PropertyPanel({ onShowText }: PropertyPanelProps) {
  return (
    <ShowTextContext value={onShowText}>
      <ChosenPanel />
    </ShowTextContext>
  );
}

function ChosenPanel() {
  const stages = useChosenStages();
  const [first, ...others] = stages;
  if (first === undefined) return <FilePanel />;
  return others.length === 0 ? <StagePanel stage={first} /> : <StagesPanel stages={stages} />;
}
