import { publicUrl } from '@/lib/env';
import { CommandBox } from './command-box';

/** The commands that bring the first image here, for this Berth and this person or namespace. */
export function FirstPush({ username, namespace = username }: { username: string; namespace?: string }) {
  const image = `${publicUrl.host}/${namespace}/my-app:1.0`;
  return (
    <ol className="grid grid-cols-1 gap-3">
      <Step what={`docker login ${publicUrl.host} -u ${username}`}>
        Sign in, with your password or an access token
      </Step>
      <Step what={`docker tag my-app ${image}`}>Name an image for this Berth</Step>
      <Step what={`docker push ${image}`}>Push it</Step>
    </ol>
  );
}

function Step({ what, children }: { what: string; children: string }) {
  return (
    <li>
      <p className="mb-1 text-md text-ink-2">{children}</p>
      <CommandBox text={what} />
    </li>
  );
}
