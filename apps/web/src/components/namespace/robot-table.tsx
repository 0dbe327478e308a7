import { deleteRobot, rotateRobot, setRobotDisabled } from '@/app/n/[namespace]/-/robot-actions';
import { publicUrl } from '@/lib/env';
import type { Robot } from '@/lib/registry-api/types';
import { namespaceHref, withQuery } from '@/lib/repository/links';
import { LinkButton } from '../button/link-button';
import { Chip } from '../chip/chip';
import { ConfirmButton } from '../dialog/confirm-button';
import { ActionForm } from '../form/action-form';
import { SubmitButton } from '../form/submit-button';
import { CredentialCells, CredentialHeads } from '../secret/credential-cells';
import { PreviousEnd } from '../secret/previous-end';
import { RotateButton } from '../secret/rotate-button';
import { DataTable } from '../table/data-table';

/** The robots of a namespace. */
export function RobotTable({ namespace, robots }: { namespace: string; robots: readonly Robot[] }) {
  return (
    <DataTable label="Robots">
      <thead>
        <tr>
          <th scope="col">Robot</th>
          <CredentialHeads />
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {robots.map((robot) => (
          <RobotRow key={robot.name} namespace={namespace} robot={robot} />
        ))}
      </tbody>
    </DataTable>
  );
}

function RobotRow({ namespace, robot }: { namespace: string; robot: Robot }) {
  const { name, username, description, isDisabled, previousExpiresAt } = robot;
  return (
    <tr>
      <td className="min-w-[140px]">
        <b>{name}</b> {isDisabled && <Chip tone="warn">stopped</Chip>}
        <div className="text-md text-ink-3">
          <code className="break-all">{username}</code>
        </div>
        <PreviousEnd at={previousExpiresAt} />
        {description && (
          <div className="text-md text-ink-2" dir="auto">
            {description}
          </div>
        )}
      </td>
      <CredentialCells credential={robot} />
      <td>
        <span className="flex flex-wrap gap-1.5">
          <LinkButton href={withQuery(`${namespaceHref(namespace)}/-/robots`, { change: name })} isSmall>
            Change<span className="sr-only"> {name}</span>
          </LinkButton>
          <RotateButton action={rotateRobot.bind(null, namespace, name)} host={publicUrl.host} name={name} />
          <ActionForm action={setRobotDisabled.bind(null, namespace, name, !isDisabled)} className="inline">
            <SubmitButton isSmall kind="plain">
              {isDisabled ? 'Let it go on' : 'Stop'}
              <span className="sr-only"> {name}</span>
            </SubmitButton>
          </ActionForm>
          <ConfirmButton
            action={deleteRobot.bind(null, namespace, name)}
            confirm="Delete"
            label="Delete"
            of={name}
            title={`Delete ${name}?`}
          >
            <p>What signs in as {username} is refused from then on, and its access is gone.</p>
          </ConfirmButton>
        </span>
      </td>
    </tr>
  );
}
