import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { keyPlace } from '../field-place.ts';
import { useFormData } from '../form-data.ts';
import { pipelineShapes } from '../schema/pipeline-shapes.ts';
import { SchemaField } from '../schema-field.tsx';
import { bodyKeysOf } from './change-body.ts';
import { CalledPipeline } from './called-pipeline.tsx';
import { KindSettings } from './kind-settings.tsx';
import styles from '../form.module.css';

const NO_SHORT_FORM = { short: null, flag: false };

/** What the stage does: its script, the settings of its kind, its steps, what it asks, or the pipeline that it calls. */
export function StageBody() {
  const { roots } = useFormData();
  const specs = pipelineShapes().stage;
  const keys = bodyKeysOf(mappingOf(roots[0]?.value));
  if (keys.length === 0)
    return <p className={styles['preview']}>It does nothing yet: choose its kind above.</p>;
  return (
    <div className={styles['fields']}>
      {keys.map((key) => {
        const spec = specs.get(key);
        const places = roots.map((root) => keyPlace(root, NO_SHORT_FORM, key));
        const settings = roots.map((root) => keyPlace(root, NO_SHORT_FORM, 'with'));
        if (spec === undefined) return null;
        if (key === 'uses') return <KindSettings key={key} kind={places} places={settings} />;
        if (key === 'pipeline') return <CalledPipeline key={key} called={places} places={settings} />;
        return <SchemaField key={key} spec={spec} places={places} bare={key !== 'run'} />;
      })}
    </div>
  );
}
