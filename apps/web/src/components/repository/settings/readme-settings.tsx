import { changeReadme } from '@/app/r/[...path]/repository-actions';
import { ActionForm } from '@/components/form/action-form';
import { SubmitButton } from '@/components/form/submit-button';
import { ReadmeEditor } from '@/components/markdown/readme-editor';
import { Panel } from '@/components/panel/panel';
import type { Repository } from '@/lib/registry-api/types';

export function ReadmeSettings({ repository }: { repository: Repository }) {
  return (
    <div id="readme">
      <Panel title="README">
        <ActionForm action={changeReadme.bind(null, repository.name)}>
          <ReadmeEditor text={repository.readme} />
          <div>
            <SubmitButton>Save</SubmitButton>
          </div>
        </ActionForm>
      </Panel>
    </div>
  );
}
