import { Choices } from '../form/choices';
import { SelectField, TextArea } from '../form/field';

const scopes = [
  { value: 'repository:read', label: 'pull', isChosen: true },
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

/** What a credential may do, where, and until when. A robot administers nothing. */
export function CredentialFields({ hasSettings }: { hasSettings: boolean }) {
  return (
    <>
      <Choices
        choices={hasSettings ? [...scopes, settings] : scopes}
        legend="May"
        name="scope"
        type="checkbox"
      />
      <TextArea
        className="field font-mono text-md"
        hint="Names, or beginnings with a star: team/app, team/*. One a line; none for all."
        label="Only these repositories"
        name="repositories"
        rows={2}
        spellCheck={false}
      />
      <div className="max-w-[220px]">
        <SelectField defaultValue="90" label="Ends in" name="days" options={ends} />
      </div>
    </>
  );
}
