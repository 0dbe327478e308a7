import { publicUrl } from '@/lib/env';
import type { Repository } from '@/lib/registry-api/types';
import { CommandBox } from '../command/command-box';
import { Empty } from '../empty/empty';

/** An empty repository, and the commands that fill it for who may. */
export function NothingPushed({ repository }: { repository: Repository }) {
  const image = `${publicUrl.host}/${repository.name}:1.0`;
  if (!repository.permissions.includes('push'))
    return (
      <Empty title="Nothing has been pushed here yet">
        <p>Its tags appear here as soon as there are any.</p>
      </Empty>
    );
  return (
    <Empty title="Nothing has been pushed here yet. Push the first image:">
      <CommandBox text={`docker login ${publicUrl.host}`} />
      <CommandBox text={`docker tag my-app ${image}`} />
      <CommandBox text={`docker push ${image}`} />
    </Empty>
  );
}
