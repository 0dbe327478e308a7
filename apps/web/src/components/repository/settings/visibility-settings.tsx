import { changeVisibility } from '@/app/r/[...path]/repository-actions';
import { ActionForm } from '@/components/form/action-form';
import { SubmitButton } from '@/components/form/submit-button';
import { TypedName } from '@/components/form/typed-name';
import { Panel } from '@/components/panel/panel';
import { isAnonymousPullAllowed } from '@/lib/env';
import { counted } from '@/lib/format/count';
import type { Repository } from '@/lib/registry-api/types';

/** Publishing lists what becomes visible and needs the name; hiding says what cannot be taken back. */
export function VisibilitySettings({ repository }: { repository: Repository }) {
  return (
    <Panel title="Visibility">
      {repository.visibility === 'private' ? (
        <Publish repository={repository} />
      ) : (
        <Hide name={repository.name} />
      )}
    </Panel>
  );
}

function Publish({ repository: { name, tagCount } }: { repository: Repository }) {
  const everybody = isAnonymousPullAllowed ? 'everybody' : 'everybody with an account';
  return (
    <ActionForm action={changeVisibility.bind(null, name, 'public')}>
      <div className="text-[13.5px]">
        <p>This repository is private. When it is public, {everybody} can find it, see and pull:</p>
        <ul className="mt-1.5 list-disc pl-5">
          <li>
            {counted(tagCount, 'tag')} and all images under them, with their config, labels and commands
          </li>
          <li>untagged images, signatures, SBOMs and whatever else was attached</li>
          <li>the description, the README, pull counts, and who pushed what and when</li>
        </ul>
      </div>
      <TypedName button="Make it public" kind="primary" name={name} what="that it may be seen" />
    </ActionForm>
  );
}

function Hide({ name }: { name: string }) {
  return (
    <ActionForm action={changeVisibility.bind(null, name, 'private')}>
      <p className="text-[13.5px]">
        This repository is public. When it is private, it no longer exists for anyone without access. Copies
        stay with those who have pulled it.
      </p>
      <div>
        <SubmitButton kind="plain">Make it private</SubmitButton>
      </div>
    </ActionForm>
  );
}
