import '#renderer/theme/base.css';
import { createRoot } from 'react-dom/client';
import { startTheme } from '#renderer/theme/theme-store.ts';
import { TooltipProvider } from '#renderer/ui/tooltip.tsx';
import { ToastRegion } from '#renderer/ui/toast-region.tsx';
import { BridgeContext } from '#renderer/bridge/bridge-context.ts';
import { RemoteCache } from '#renderer/bridge/remote-cache.ts';
import { createMemoryFiles } from './features/editor/document/document-fixture.ts';
import { createDocument } from './features/editor/document/create-document.ts';
import { createWorkerAnalyser } from './features/editor/document/worker-analyser.ts';
import AnalysisWorker from './features/editor/document/analysis.worker.ts?worker';
import { DocumentContext } from './features/editor/document/document-context.ts';
import { EditorCanvas } from './features/editor/canvas/editor-canvas.tsx';
import { TextView } from './features/editor/text/text-view.tsx';
import { DiffView } from './features/editor/text/diff-view.tsx';

const SAMPLE = `name: shop
on:
  push: { branches: [main] }
inputs:
  target: { type: string, default: staging, description: Where to deploy }
env:
  NODE_ENV: production
secrets: [TOKEN]
stages:
  install:
    name: Install
    run: npm ci
    outputs: { version: 1.2.3 }
  unit:
    needs: [instal]
    uses: test.unit
    with:
      command: npm test # all of them
    timeout: 10m
  script:
    needs: [install, unit]
    if: success() && inputs.target == 'staging'
    env: { REF: "\${{ git.commit }}" }
    run: |
      set -eu
      if [ "$REF" != "" ]; then
        echo "deploying \${{ inputs.target }} at $REF" # say so
      fi
  gate:
    need: script
    approval:
      message: Deploy \${{ needs.install.outputs.version }}?
      timeout: 2h
`;
const big = (n: number): string => {
  const lines = ['name: big', 'stages:'];
  for (let i = 0; i < n; i += 1) {
    lines.push(`  stage-${i}:`);
    if (i >= 20) lines.push(`    needs: [stage-${i - 1 - ((i * 7) % 20)}]`);
    lines.push(`    name: Stage number ${i}`, '    run: |', `      npm run step-${i}`, `      echo "\${{ run.id }}"`);
    if (i < 20) lines.push('    timeout: 5m');
  }
  return lines.join('\n') + '\n';
};
const params = new URLSearchParams(location.search);
const count = Number(params.get('n') ?? 0);
const text = count > 0 ? big(count) : SAMPLE;
const { disk, files } = createMemoryFiles(text);
disk.head = { git: { branch: 'main', status: 'modified' }, text: SAMPLE.replace('npm ci', 'npm install').replace('    timeout: 10m\n', '').replace('gate:', 'approve:') };
const analyser = createWorkerAnalyser(() => new AnalysisWorker());
const timers = { now: () => Date.now(), after: (ms: number, run: () => void) => { const t = setTimeout(run, ms); return () => clearTimeout(t); } };
const bridge = { cache: new RemoteCache(), client: { kind: { list: () => Promise.resolve([{ id: 'test.unit', family: 'test', title: 'Unit tests', summary: 'Runs the unit tests and collects their results.', help: '', settings: { type: 'object', required: ['command'], properties: { command: { type: 'string', description: 'The script that runs the tests', default: 'npm test' }, junit: { type: 'string', description: 'Globs of JUnit files', examples: ['reports/*.xml'] } } }, outputs: [{ name: 'failed', description: 'How many failed' }], example: { command: 'npm test', junit: 'reports/*.xml' } }]) } } };
const document_ = createDocument({ analyser, files, timers, key: 'x' }, await files.read(), null);
(window as any).doc = document_;
startTheme();
const mode = params.get('mode') ?? 'text';
createRoot(document.getElementById('root')!).render(
  <BridgeContext value={bridge as any}>
    <TooltipProvider>
      <DocumentContext value={document_}>
        {mode === 'split' && <div style={{ flex: 1, display: 'flex' }}><EditorCanvas onOpenForm={() => undefined} /></div>}
        {mode === 'diff' ? <DiffView against={(params.get('against') ?? 'head') as any} /> : <TextView />}
        <ToastRegion />
      </DocumentContext>
    </TooltipProvider>
  </BridgeContext>,
);
