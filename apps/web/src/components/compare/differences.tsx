import type { Comparison } from '@/lib/registry-api/types';
import { Empty } from '../empty/empty';
import { Notice } from '../notice/notice';
import { ChangeTable } from './change-table';
import { ComparedLayers } from './compared-layers';

const configNames: Readonly<Record<string, string>> = {
  entrypoint: 'Entrypoint',
  cmd: 'Command',
  workingDir: 'Working directory',
  user: 'User',
  exposedPorts: 'Ports',
  volumes: 'Volumes',
  stopSignal: 'Stop signal',
  os: 'Operating system',
  architecture: 'Architecture',
  variant: 'Variant',
  author: 'Author',
  created: 'Created',
};

/** Layers first, then what is written on the two; `names`: what the two are called. */
export function Differences({
  comparison,
  names,
}: {
  comparison: Comparison;
  names: { readonly a: string; readonly b: string };
}) {
  const { a, b, layers, config, env, labels, annotations } = comparison;
  if (a.imageDigest === b.imageDigest) {
    return (
      <Empty title="No difference">
        <p>Both are the same manifest, byte for byte.</p>
      </Empty>
    );
  }
  const hasConfigs = a.hasConfig && b.hasConfig;
  const without = [a.hasConfig ? [] : names.a, b.hasConfig ? [] : names.b].flat();
  return (
    <div className="grid grid-cols-1 gap-6">
      <ComparedLayers isArtifact={a.kind === 'artifact' && b.kind === 'artifact'} layers={layers} />
      {hasConfigs ? (
        <>
          <ChangeTable changes={config} nameOf={(key) => configNames[key] ?? key} title="Config" />
          <ChangeTable changes={env} title="Environment" />
          <ChangeTable changes={labels} title="Labels" />
        </>
      ) : (
        <Notice>
          Config, environment and labels cannot be compared: {without.join(' and ')}{' '}
          {without.length === 1 ? 'has' : 'have'} no image config.
        </Notice>
      )}
      {(annotations.length > 0 || !hasConfigs) && <ChangeTable changes={annotations} title="Annotations" />}
    </div>
  );
}
