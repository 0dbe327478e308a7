import { Plus } from 'lucide';
import type { ReactNode } from 'react';
import { rightsIn } from '@/lib/namespaces/reading';
import type { Namespace } from '@/lib/registry-api/types';
import { namespaceHref, withQuery } from '@/lib/repository/links';
import { LinkButton } from '../button/link-button';
import { Chip } from '../chip/chip';
import { Icon } from '../icon/icon';
import { PageHead } from '../page/page-head';
import { Tabs } from '../page/tabs';

export type NamespaceTab = 'repositories' | 'members' | 'robots' | 'trash' | 'settings';

const kinds = { user: 'Person', organization: 'Organization', instance: 'Of this Berth' };

/** What stands above every page of a namespace. */
export async function NamespaceFrame({
  namespace,
  current,
  children,
}: {
  namespace: Namespace;
  current: NamespaceTab;
  children: ReactNode;
}) {
  const { isMember, isOwner, isMaintainer } = await rightsIn(namespace);
  const mayPush = isOwner || namespace.role === 'writer' || namespace.role === 'maintainer';
  const path = namespaceHref(namespace.name);
  const tab = (label: string, kind: NamespaceTab, count?: number) => ({
    label,
    href: kind === 'repositories' ? path : `${path}/-/${kind}`,
    isCurrent: kind === current,
    count,
  });
  return (
    <>
      <PageHead
        beside={
          <>
            <Chip>{kinds[namespace.kind]}</Chip>
            {namespace.role && <Chip tone="on">{namespace.role}</Chip>}
          </>
        }
        end={
          mayPush && (
            <LinkButton href={withQuery('/new', { namespace: namespace.name })}>
              <Icon node={Plus} size={14} />
              New repository
            </LinkButton>
          )
        }
        title={namespace.name}
      >
        {namespace.description && <p dir="auto">{namespace.description}</p>}
      </PageHead>
      <Tabs
        label="Namespace"
        tabs={[
          tab('Repositories', 'repositories', namespace.repositoryCount),
          ...(isMember ? [tab('Members', 'members')] : []),
          ...(isOwner ? [tab('Robots', 'robots')] : []),
          ...(isMaintainer ? [tab('Trash', 'trash')] : []),
          ...(isOwner ? [tab('Settings', 'settings')] : []),
        ]}
      />
      {children}
    </>
  );
}
