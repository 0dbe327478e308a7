import { publicUrl } from '@/lib/env';
import { CommandBox } from '../command/command-box';

/** The two commands for the next image. */
export function NextPush({ username }: { username: string }) {
  const image = `${publicUrl.host}/${username}/my-app:1.0`;
  return (
    <section className="mt-[26px]">
      <h2 className="mb-2.5">Push your next one</h2>
      <div className="grid grid-cols-1 gap-2">
        <CommandBox text={`docker tag my-app ${image}`} />
        <CommandBox text={`docker push ${image}`} />
      </div>
    </section>
  );
}
