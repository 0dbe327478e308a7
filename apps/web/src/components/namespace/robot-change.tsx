import { changeRobot } from '@/app/n/[namespace]/-/robot-actions';
import { found, registryApi } from '@/lib/registry-api/client';
import { LinkButton } from '../button/link-button';
import { ActionForm } from '../form/action-form';
import { Field } from '../form/field';
import { SubmitButton } from '../form/submit-button';
import { CredentialFields } from '../secret/credential-fields';

/** Changes what a robot may do, where and until when; its secret stays. */
export async function RobotChange({
  namespace,
  robot,
  path,
}: {
  namespace: string;
  robot: string;
  path: string;
}) {
  const api = await registryApi();
  const now = await found(
    api.GET('/api/v1/namespaces/{namespace}/robots/{robot}', { params: { path: { namespace, robot } } }),
  );
  return (
    <ActionForm
      action={changeRobot.bind(null, namespace, robot)}
      className="mb-5 flex flex-col gap-4 rounded-m border border-line bg-panel p-4"
    >
      <h2>Change {now.name}</h2>
      <Field
        defaultValue={now.description}
        dir="auto"
        hint="Optional, one line."
        label="What it is for"
        name="description"
      />
      <CredentialFields hasSettings={false} now={now} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton>Save</SubmitButton>
        <LinkButton href={path}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
