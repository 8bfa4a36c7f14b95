import { FilePanel } from './panel/file-panel.tsx';
import { StagePanel } from './panel/stage-panel.tsx';
import { StagesPanel } from './panel/stages-panel.tsx';
import { useChosenStages } from './panel/use-chosen-stages.ts';

/** The settings of what is chosen: of one stage, of several at once, or of the file while none is. */
export function PropertyPanel() {
  const stages = useChosenStages();
  const [first, ...others] = stages;
  if (first === undefined) return <FilePanel />;
  return others.length === 0 ? <StagePanel stage={first} /> : <StagesPanel stages={stages} />;
}
