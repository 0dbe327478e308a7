import { Choices } from '../form/choices';
import { SelectField, TextArea } from '../form/field';

const scopes = [
  { value: 'repository:read', label: 'pull' },
  { value: 'repository:write', label: 'push' },
  { value: 'repository:delete', label: 'delete' },
];
const settings = {
  value: 'admin',
  label: 'settings',
  hint: 'Change descriptions, visibility, people and tokens.',
};

const ends = [
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', '365 days'],
  ['', 'never'],
] as const;

interface CredentialFieldsProps {
  readonly hasSettings: boolean;
  /** Of one that is there already. */
  readonly now?: { readonly scopes: readonly string[]; readonly repositories: readonly string[] | null };
}

/** What a credential may do, where, and until when. A robot administers nothing. */
export function CredentialFields({ hasSettings, now }: CredentialFieldsProps) {
  const chosen = now?.scopes ?? ['repository:read'];
  const choices = (hasSettings ? [...scopes, settings] : scopes).map((choice) => ({
    ...choice,
    isChosen: chosen.includes(choice.value),
  }));
  return (
    <>
      <Choices choices={choices} legend="May" name="scope" type="checkbox" />
      <TextArea
        className="field font-mono text-md"
        defaultValue={now?.repositories?.join('\n')}
        hint="Names, or beginnings with a star: team/app, team/*. One a line; none for all."
        label="Only these repositories"
        name="repositories"
        rows={2}
        spellCheck={false}
      />
      <div className="max-w-[220px]">
        <SelectField
          defaultValue={now ? KEEP : '90'}
          label="Ends in"
          name="days"
          options={now ? [[KEEP, 'as it is'], ...ends] : ends}
        />
      </div>
    </>
  );
}

const KEEP = 'keep';
