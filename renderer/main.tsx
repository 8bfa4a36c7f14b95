// First: what components say about themselves comes after it and wins.
import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { loadPartsWhenIdle } from './ui/lazy-part.ts';
import { createBridge } from './bridge/bridge.ts';
import { BridgeContext } from './bridge/bridge-context.ts';
import { startTheme } from './theme/theme-store.ts';

startTheme();
const bridge = createBridge();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <BridgeContext value={bridge}>
      <App />
    </BridgeContext>
  </StrictMode>,
);
loadPartsWhenIdle();
