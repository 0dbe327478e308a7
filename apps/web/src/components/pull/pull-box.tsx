import { cookies } from 'next/headers';
import { publicUrl } from '@/lib/env';
import { type Pulled, pullCommands } from '@/lib/repository/pull-commands';
import { CommandBox } from '../command/command-box';
import { Panel } from '../panel/panel';
import { Switch } from '../switch/switch';

const CLIENT_COOKIE = 'berth_client';

/** How to pull something with each client that fits it; the client is remembered from page to page. */
export async function PullBox({ pulled }: { pulled: Pulled }) {
  const chosen = (await cookies()).get(CLIENT_COOKIE)?.value;
  const options = pullCommands(publicUrl, pulled).map(({ client, command }) => ({
    label: client,
    panel: <CommandBox text={command} />,
  }));
  return (
    <Panel title="Pull">
      <Switch chosen={chosen} cookie={CLIENT_COOKIE} legend="Client" name="client" options={options} />
    </Panel>
  );
}
