import { notFound } from 'next/navigation';
import type { Repository } from '@/lib/registry-api/types';
import { RepositoryFrame } from '../repository-frame';
import { AccessSettings } from './access-settings';
import { DeletionSettings } from './deletion-settings';
import { DescriptionSettings } from './description-settings';
import { ReadmeSettings } from './readme-settings';
import { RuleSettings } from './rule-settings';
import { VisibilitySettings } from './visibility-settings';

/** What may be changed about a repository, by who may. To others the page does not exist. */
export function RepositorySettings({ repository }: { repository: Repository }) {
  const may = (permission: Repository['permissions'][number]) => repository.permissions.includes(permission);
  if (!may('manage') && !may('delete') && !may('administer')) notFound();
  return (
    <RepositoryFrame current="settings" repository={repository}>
      <div className="grid grid-cols-1 max-w-[760px] gap-4">
        {may('manage') && <DescriptionSettings repository={repository} />}
        {may('manage') && <ReadmeSettings repository={repository} />}
        {may('administer') && <AccessSettings repository={repository} />}
        {may('manage') && <RuleSettings name={repository.name} />}
        {may('administer') && <VisibilitySettings repository={repository} />}
        {may('delete') && <DeletionSettings repository={repository} />}
      </div>
    </RepositoryFrame>
  );
}
