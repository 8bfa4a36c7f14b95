import { Plus, X } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { Checkbox } from '#renderer/ui/checkbox.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import type { TelemetrySettings } from '#shared/api/telemetry-settings.ts';
import { FormCard } from './form-card.tsx';
import { Group } from './group.tsx';
import { SecretSelect } from './secret-select.tsx';
import { readTelemetryDraft, telemetryDraft, type TelemetryDraft } from './telemetry-draft.ts';
import { useSectionForm, type SectionForm } from './use-section-form.ts';
import { useSaveSetting } from './use-settings.ts';
import styles from './settings.module.css';

/** Metrics for Prometheus and traces for OpenTelemetry, both off unless switched on. */
export function TelemetrySection({ telemetry }: { readonly telemetry: TelemetrySettings }) {
  const save = useSaveSetting();
  const form = useSectionForm({
    section: 'telemetry',
    stored: telemetryDraft(telemetry),
    read: readTelemetryDraft,
    save: (value) => save({ section: 'telemetry', value }),
  });
  const { draft, errors, change } = form;
  return (
    <Group
      title="Telemetry"
      hint="Pipewright tells nobody anything by itself. What is switched on here goes to systems of yours."
    >
      <FormCard form={form}>
        <Checkbox
          label="Metrics for Prometheus"
          hint="pipewright serve answers at /metrics, without a token, to programs of this machine; from its next start on."
          checked={draft.metrics}
          onCheckedChange={(metrics) => change({ metrics })}
        />
        <Checkbox
          label="Traces for OpenTelemetry"
          hint="Each run is a trace, each stage a span, from the next run on. No command and no secret is in them."
          checked={draft.traces}
          onCheckedChange={(traces) => change({ traces })}
        />
        {draft.traces && (
          <div className={styles['within']}>
            <TracesFault />
            <TextField
              label="Collector"
              mono
              value={draft.endpoint}
              onValueChange={(endpoint) => change({ endpoint })}
              error={errors['traces.endpoint']}
              hint="Takes OTLP over HTTP; without a path, /v1/traces is added. OTEL_EXPORTER_OTLP_ENDPOINT goes before it."
            />
            <Headers form={form} />
          </div>
        )}
      </FormCard>
    </Group>
  );
}

/** Says so when what was sent did not arrive. */
function TracesFault() {
  const { client } = useBridge();
  // Under `runs`: the end of a run is when its traces are sent.
  const info = useRemote(['runs', 'traces-fault'], (signal) => client.system.info(undefined, { signal }));
  if (info.status !== 'ready' || info.value.tracesFault === null) return null;
  return (
    <Callout kind="warning" title="The last traces did not arrive.">
      {info.value.tracesFault}
    </Callout>
  );
}

function Headers({ form }: { readonly form: SectionForm<TelemetryDraft> }) {
  const { draft, errors, change } = form;
  const { headers } = draft;
  return (
    <div className={styles['headers']} role="group" aria-label="Headers">
      {headers.map((header, index) => {
        const set = (patch: Partial<typeof header>): void =>
          change({ headers: headers.with(index, { ...header, ...patch }) });
        return (
          <div key={index} className={styles['headerRow']}>
            <TextField
              label={`Header ${index + 1}`}
              mono
              value={header.name}
              onValueChange={(name) => set({ name })}
              error={errors[`traces.headers.${index}.name`]}
              placeholder="Authorization"
            />
            <SecretSelect
              label="Its value, a secret"
              value={header.secret}
              onValueChange={(secret) => set({ secret })}
              error={errors[`traces.headers.${index}.secret`]}
            />
            <span className={styles['headerRemove']}>
              <IconButton
                label={`Remove header ${index + 1}`}
                icon={<X size={14} />}
                onClick={() => change({ headers: headers.toSpliced(index, 1) })}
              />
            </span>
          </div>
        );
      })}
      <Button
        size="small"
        icon={<Plus size={14} />}
        onClick={() => change({ headers: [...headers, { name: '', secret: '' }] })}
      >
        Add a header
      </Button>
    </div>
  );
}
