import { putMember } from '@/app/n/[namespace]/-/member-actions';
import type { Member } from '@/lib/registry-api/types';
import { roles } from '@/lib/roles';
import { ActionForm } from '../form/action-form';
import { SubmitButton } from '../form/submit-button';

/** A member's role, to be changed. */
export function MemberRole({ namespace, member }: { namespace: string; member: Member }) {
  return (
    <ActionForm action={putMember.bind(null, namespace)} className="flex flex-wrap gap-2">
      <input name="username" type="hidden" value={member.username} />
      <select
        aria-label={`Role of ${member.username}`}
        className="field min-h-7! w-auto py-0.5!"
        defaultValue={member.role}
        key={member.role}
        name="role"
      >
        {roles.map(([role]) => (
          <option key={role} value={role}>
            {role}
          </option>
        ))}
      </select>
      <SubmitButton isSmall kind="plain">
        Change<span className="sr-only"> the role of {member.username}</span>
      </SubmitButton>
    </ActionForm>
  );
}
