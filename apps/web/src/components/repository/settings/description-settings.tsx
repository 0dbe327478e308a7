import { changeDescription } from '@/app/r/[...path]/repository-actions';
import { ActionForm } from '@/components/form/action-form';
import { Field } from '@/components/form/field';
import { SubmitButton } from '@/components/form/submit-button';
import { Panel } from '@/components/panel/panel';
import type { Repository } from '@/lib/registry-api/types';

export function DescriptionSettings({ repository }: { repository: Repository }) {
  return (
    <Panel title="Description">
      <ActionForm action={changeDescription.bind(null, repository.name)}>
        <Field
          defaultValue={repository.description}
          dir="auto"
          hint="One line. It stands in lists, and docker search prints it."
          isLabelHidden
          label="Description"
          name="description"
        />
        <div>
          <SubmitButton>Save</SubmitButton>
        </div>
      </ActionForm>
    </Panel>
  );
}
