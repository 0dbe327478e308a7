import { CommandBox } from '../command/command-box';
import { Notice } from '../notice/notice';

/** What clients want to be told where a Berth has no TLS. */
export function PlainHttpHelp({ host }: { host: string }) {
  const isLocal = /^(localhost|127\.|\[::1\])/.test(host);
  return (
    <Notice tone="warn">
      <p>
        This Berth is reached over plain HTTP, so most clients need the flags that the commands below have.{' '}
        {isLocal ? 'Docker accepts it on localhost.' : 'Docker needs this in /etc/docker/daemon.json:'}
      </p>
      {!isLocal && (
        <div className="mt-2 text-ink">
          <CommandBox isPrompt={false} text={`{ "insecure-registries": ["${host}"] }`} what="setting" />
        </div>
      )}
    </Notice>
  );
}
