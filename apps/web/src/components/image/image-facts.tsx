import { shellWords } from '@/lib/image/shell-words';
import type { ManifestDetail } from '@/lib/registry-api/types';
import { imageAnnotation } from '@/lib/repository/annotations';
import { Facts } from '../page/facts';
import { LinkedText } from '../page/linked-text';
import { Panel } from '../panel/panel';
import { Time } from '../time/time';

/** What one asks of an image most often. */
export function ImageFacts({
  image: { config, annotations, mediaType, artifactType },
}: {
  image: ManifestDetail;
}) {
  const maps = [annotations, config?.labels] as const;
  const revision = imageAnnotation('revision', ...maps);
  const source = imageAnnotation('source', ...maps);
  const version = imageAnnotation('version', ...maps);
  const licence = imageAnnotation('licenses', ...maps);
  return (
    <Panel>
      <h2 className="sr-only">At a glance</h2>
      <Facts
        facts={[
          [
            'Entrypoint',
            config && config.entrypoint.length > 0 && <code>{shellWords(config.entrypoint)}</code>,
          ],
          ['Command', config && config.cmd.length > 0 && <code>{shellWords(config.cmd)}</code>],
          ['User', config && <code>{config.user || 'root'}</code>],
          [
            'Ports',
            config && config.exposedPorts.length > 0 && <code>{config.exposedPorts.join(', ')}</code>,
          ],
          ['Created', config?.created && <Time at={config.created} />],
          ['Version', version && <bdi>{version}</bdi>],
          ['Revision', revision && <code title={revision}>{revision.slice(0, 12)}</code>],
          ['Source', source && <LinkedText text={source} />],
          ['Licence', licence && <bdi>{licence}</bdi>],
          ['Artifact type', artifactType && <code>{artifactType}</code>],
          ['Media type', <code key="type">{mediaType}</code>],
        ]}
      />
    </Panel>
  );
}
