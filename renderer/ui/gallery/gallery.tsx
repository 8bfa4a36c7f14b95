// Every primitive on one page, for development: `vite --config build/renderer.vite.config.ts`, then /ui/gallery/gallery.html.
// It is an entry of its own and no part of the app's build.
import '#renderer/theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { setThemeChoice, startTheme, useTheme } from '#renderer/theme/theme-store.ts';
import { SegmentedControl } from '../segmented-control.tsx';
import { ToastRegion } from '../toast-region.tsx';
import { TooltipProvider } from '../tooltip.tsx';
import { PageHeader } from '../page-header.tsx';
import { ControlsGallery } from './controls-gallery.tsx';
import { FeedbackGallery } from './feedback-gallery.tsx';
import { ListsGallery } from './lists-gallery.tsx';
import styles from './gallery.module.css';

function Gallery() {
  const choice = useTheme((state) => state.choice);
  return (
    <TooltipProvider>
      <div className={styles['page']}>
        <PageHeader
          title="Primitives"
          facts="Everything that screens are made of"
          actions={
            <SegmentedControl
              label="Theme"
              value={choice}
              onValueChange={setThemeChoice}
              options={[
                { value: 'system', label: 'System' },
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
              ]}
            />
          }
        />
        <div className={styles['columns']}>
          <ControlsGallery />
          <FeedbackGallery />
          <ListsGallery />
        </div>
      </div>
      <ToastRegion />
    </TooltipProvider>
  );
}

startTheme();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
