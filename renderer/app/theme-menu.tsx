import { Monitor, Moon, Sun } from 'lucide-react';
import { setThemeChoice, useTheme, type ThemeChoice } from '#renderer/theme/theme-store.ts';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { Button } from '#renderer/ui/button.tsx';
import styles from './title-bar.module.css';

const OPTIONS: readonly { readonly value: ThemeChoice; readonly label: string; readonly icon: typeof Sun }[] =
  [
    { value: 'system', label: 'As the system', icon: Monitor },
    { value: 'light', label: 'Light', icon: Sun },
    { value: 'dark', label: 'Dark', icon: Moon },
  ];

/** Chooses the theme; its icon is that of the theme in force. */
export function ThemeMenu() {
  const { choice, theme } = useTheme();
  const Icon = theme === 'dark' ? Moon : Sun;
  return (
    <DropdownMenu
      align="end"
      trigger={
        <Button
          variant="ghost"
          aria-label="Theme"
          title="Theme"
          icon={<Icon size={16} />}
          className={styles['square']}
        />
      }
      entries={[
        {
          type: 'choice',
          label: 'Theme',
          value: choice,
          options: OPTIONS,
          onChange: (value) =>
            setThemeChoice(OPTIONS.find((option) => option.value === value)?.value ?? 'system'),
        },
      ]}
    />
  );
}
