import { setThemeChoice, useTheme, type ThemeChoice } from '#renderer/theme/theme-store.ts';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { Group, Line } from './group.tsx';

const THEMES: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** How this window looks; kept in the window. */
export function AppearanceSection() {
  const choice = useTheme((state) => state.choice);
  return (
    <Group title="Appearance">
      <Line label="Theme" hint="System follows the light or dark mode of this machine.">
        <SegmentedControl label="Theme" options={THEMES} value={choice} onValueChange={setThemeChoice} />
      </Line>
    </Group>
  );
}
