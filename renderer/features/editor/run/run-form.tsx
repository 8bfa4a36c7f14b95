import { Play } from 'lucide-react';
import { useId, useState, type SubmitEvent } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import type { Failure } from '#renderer/bridge/app-failure.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Fold } from '#renderer/ui/section.tsx';
import type { PipelineView } from '#shared/api/schemas.ts';
import { InputField } from './input-field.tsx';
import { checkValues, initialValues, issuesByField, valuesToSend, type InputErrors } from './input-values.ts';
import { startRun, useRunForm, type LaunchRequest } from './launch-run.ts';
import { rememberedInputs, rememberInputs } from './remembered-inputs.ts';
import { RunOptions } from './run-options.tsx';
import styles from './run-form.module.css';

const close = (): void => useRunForm.setState({ form: null });

/** Asks for a pipeline's inputs before it runs. Mounted once; `launchRun` opens it. */
export function RunForm() {
  const form = useRunForm((state) => state.form);
  return form === null ? null : <FormDialog request={form.request} view={form.view} />;
}

const problemOfParallel = (text: string): string | undefined =>
  text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 1024)
    ? undefined
    : 'A whole number from 1 to 1024.';

const withoutField = (errors: InputErrors, name: string): InputErrors =>
  Object.fromEntries(Object.entries(errors).filter(([field]) => field !== name));

function FormDialog({ request, view }: { readonly request: LaunchRequest; readonly view: PipelineView }) {
  const bridge = useBridge();
  const id = useId();
  const { projectId, file } = request;
  const [values, setValues] = useState(() => initialValues(view.inputs, rememberedInputs(projectId, file)));
  const [stages, setStages] = useState<ReadonlySet<string>>(new Set());
  const [parallel, setParallel] = useState('');
  const [pauseOnFailure, setPause] = useState(false);
  const [reuse, setReuse] = useState(true);
  const [errors, setErrors] = useState<InputErrors>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [starting, setStarting] = useState(false);
  const parallelError = problemOfParallel(parallel);

  const submit = async (): Promise<void> => {
    const wrong = checkValues(view.inputs, values);
    setErrors(wrong);
    if (starting || Object.keys(wrong).length > 0 || parallelError !== undefined) return;
    setStarting(true);
    const refused = await startRun(bridge, {
      projectId,
      file,
      inputs: valuesToSend(view.inputs, values),
      ...(stages.size === 0 ? {} : { stages: [...stages] }),
      ...(parallel.trim() === '' ? {} : { maxParallel: Number(parallel) }),
      pauseOnFailure,
      reuse,
    });
    setStarting(false);
    if (refused === null) {
      rememberInputs(projectId, file, values);
      close();
      return;
    }
    if (refused === 'declined') return;
    const split = issuesByField(view.inputs, refused.issues);
    setErrors(split.errors);
    setFailure(Object.keys(split.errors).length > 0 && split.others.length === 0 ? null : refused);
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void submit();
  };

  return (
    <Dialog
      open
      onOpenChange={close}
      title={`Run ${view.name ?? view.file}`}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={id} variant="primary" busy={starting} icon={<Play size={14} />}>
            Run
          </Button>
        </>
      }
    >
      <form id={id} className={styles['form']} onSubmit={onSubmit} noValidate>
        {failure !== null && (
          <Callout kind="error" title={failure.message}>
            {failure.hint}
          </Callout>
        )}
        {view.inputs.map((input) => (
          <InputField
            key={input.name}
            input={input}
            value={values[input.name] ?? ''}
            error={errors[input.name]}
            onChange={(value) => {
              setValues((current) => ({ ...current, [input.name]: value }));
              setErrors((current) => withoutField(current, input.name));
            }}
          />
        ))}
        <div className={styles['more']}>
          <Fold title="More" defaultOpen={request.withOptions === true}>
            <RunOptions
              stages={view.stages}
              chosen={stages}
              onChoose={setStages}
              parallel={parallel}
              parallelError={parallelError}
              onParallel={setParallel}
              pause={pauseOnFailure}
              onPause={setPause}
              reuse={reuse}
              onReuse={setReuse}
            />
          </Fold>
        </div>
      </form>
    </Dialog>
  );
}
