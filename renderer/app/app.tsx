import { Compass } from 'lucide-react';
import { Suspense } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorBoundary } from '#renderer/ui/error-boundary.tsx';
import { navigate, useRoute } from '#renderer/ui/navigation/navigate.ts';
import { formatRoute, type Route } from '#renderer/ui/navigation/route.ts';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { ToastRegion } from '#renderer/ui/toast-region.tsx';
import { TooltipProvider } from '#renderer/ui/tooltip.tsx';
import { FolderChooser } from '#renderer/features/projects/folder-chooser.tsx';
import { RunForm } from '#renderer/features/editor/run/run-form.tsx';
import { TrustDialog } from '#renderer/features/trust/trust-dialog.tsx';
import { ApprovalsInbox } from './approvals-inbox.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ConnectionOverlay } from './connection-overlay.tsx';
import { CrashScreen } from './crash-screen.tsx';
import { Frame } from './frame.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { NewPipeline } from './new-pipeline.tsx';
import { PlaceMenu } from './place-menu.tsx';
import { navItems, screens } from './registered-screens.tsx';
import { RunningRuns } from './running-runs.tsx';
import { renderScreen } from './screens.tsx';
import { useAppCommands } from './use-app-commands.tsx';
import { useApprovalToasts } from './use-approval-toasts.ts';
import { useBrowserNotices } from './use-browser-notices.tsx';
import { useFinishToasts } from './use-finish-toasts.ts';
import { useProjectCommands } from './use-project-commands.tsx';
import { useShell } from './use-shell.ts';

const shownItems = navItems.filter(({ route }) => screens[route.screen] !== undefined);

function Outlet({ route }: { readonly route: Route }) {
  const screen = renderScreen(screens, route.screen, route);
  if (screen !== undefined) return screen;
  return (
    <EmptyState
      icon={<Compass size={20} />}
      title="Nothing is at this address"
      actions={<Button onClick={() => navigate({ screen: 'projects' })}>Go to projects</Button>}
    >
      The link may be from another version of Pipewright.
    </EmptyState>
  );
}

/** What goes on, in the title bar. */
function Activity() {
  return (
    <>
      <ApprovalsInbox />
      <RunningRuns />
    </>
  );
}

/** The whole window. */
export function App() {
  const route = useRoute();
  useAppCommands(shownItems);
  useProjectCommands();
  useShell();
  useFinishToasts();
  useApprovalToasts();
  useBrowserNotices();
  return (
    <ErrorBoundary fallback={(error) => <CrashScreen error={error} />}>
      <TooltipProvider>
        <Frame navItems={shownItems} start={<PlaceMenu />} end={<Activity />}>
          <ErrorBoundary
            resetKey={formatRoute(route)}
            fallback={(error, retry) => <CrashScreen error={error} onRetry={retry} />}
          >
            <Suspense fallback={<SkeletonRows />}>
              <Outlet route={route} />
            </Suspense>
          </ErrorBoundary>
        </Frame>
        <CommandPalette />
        <KeysDialog />
        <FolderChooser />
        <NewPipeline />
        <RunForm />
        <TrustDialog />
        <ConnectionOverlay />
        <ToastRegion />
      </TooltipProvider>
    </ErrorBoundary>
  );
}
