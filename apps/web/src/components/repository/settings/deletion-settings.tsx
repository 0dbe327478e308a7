import { deleteRepository } from '@/app/r/[...path]/repository-actions';
import { ActionForm } from '@/components/form/action-form';
import { TypedName } from '@/components/form/typed-name';
import { Panel } from '@/components/panel/panel';
import { counted } from '@/lib/format/count';
import type { Repository } from '@/lib/registry-api/types';

export function DeletionSettings({ repository: { name, tagCount } }: { repository: Repository }) {
  return (
    <Panel title="Delete">
      <ActionForm action={deleteRepository.bind(null, name)}>
        <p className="text-[13.5px]">
          Deletes the repository with {counted(tagCount, 'tag')}, all images, its history and its access. All
          of it stays in trash for some days, where maintainers of the namespace can restore it.
        </p>
        <TypedName button="Delete the repository" name={name} what="the deletion" />
      </ActionForm>
    </Panel>
  );
}
